import { type Child, createTheme, fill, h } from '@proviso/publishing/form-client';
import { keepLanguage, LANGUAGE_NAMES, LANGUAGES, type Language } from '../i18n/language.ts';
import { asksFirst, isOver, type LinkPage, type SealingPage } from './offer-page.ts';

/** Language and colours. Another language loads the page again: all of it is kept by then. */
export function tools(say: LinkPage['say'], language: Language, leave: () => Promise<void>): HTMLElement {
  const select = h(
    'select',
    {
      id: 'language',
      onchange: () => {
        keepLanguage(select.value as Language);
        void leave().then(() => location.reload());
      },
    },
    LANGUAGES.map((one) => h('option', { value: one, lang: one }, LANGUAGE_NAMES[one])),
  );
  select.value = language;
  return h(
    'div',
    { class: 'tools' },
    h('div', { class: 'field is-inline' }, h('label', { for: 'language' }, say('language')), select),
    createTheme().control({ say }),
  );
}

/** What is bought, by whom, and how long there is still; the last is drawn anew each minute. */
export function masthead(page: LinkPage, controls: HTMLElement): { element: HTMLElement; sync(): void } {
  const { say } = page;
  const { view } = page;
  const lede = asksFirst(view) ? 'lede-request' : view.invited ? 'lede-online' : 'lede-outcome';
  const time = closingTime(page, asksFirst(view));
  const facts = h('dl', { class: 'facts' });
  const element = h(
    'header',
    { class: 'masthead' },
    h('p', { class: 'brand' }, say(lede === 'lede-online' ? 'brand-online' : 'brand-request')),
    controls,
    h('h1', null, page.view.purchase.title),
    h('p', { class: 'lede' }, say(lede, { supplier: page.view.supplier.name })),
    facts,
    lede !== 'lede-outcome' && time.element,
  );
  return {
    element,
    sync: () => {
      const { purchase } = page.view;
      const pairs: [string, Child][] = [
        [say('buyer'), purchase.buyer],
        [say('reference'), purchase.reference],
      ];
      if (facts.childElementCount === 0)
        fill(
          facts,
          pairs.map(([term, text]) => text && [h('dt', null, term), h('dd', null, text)]),
        );
      // Who may make no offer has no time to watch.
      if (lede !== 'lede-outcome') time.sync();
    },
  };
}

/**
 * Until when offers are taken, or requests to take part where those come `first`; from then on it says, once and aloud, that what comes is late.
 */
export function closingTime(
  page: Pick<SealingPage, 'view' | 'say' | 'formats' | 'now'>,
  first = false,
): {
  element: HTMLElement;
  sync(): void;
} {
  const element = h('div', { class: 'closing' });
  let told = false;
  return {
    element,
    sync: () => {
      const over = isOver(page);
      fill(element, closing(page, over, first));
      element.classList.toggle('is-over', over);
      element.setAttribute('role', over && !told ? 'alert' : 'group');
      told = over;
    },
  };
}

function closing(
  { view, say, formats, now }: Pick<SealingPage, 'view' | 'say' | 'formats' | 'now'>,
  over: boolean,
  first: boolean,
): Child {
  const { closing: end, zone } = view.purchase;
  if (end === null) return h('p', null, say('closing-unknown'));
  const own = formats.moment(end);
  const theirs = formats.moment(end, zone);
  return [
    h(
      'p',
      { class: 'closing-label' },
      over ? say(first ? 'closed-since-request' : 'closed-since') : say(first ? 'closing-request' : 'closing'),
    ),
    h('p', { class: 'closing-time' }, h('time', { datetime: end }, theirs)),
    own !== theirs && h('p', { class: 'small' }, say('closing-yours', { time: own })),
    h(
      'p',
      { class: over ? 'problem' : 'closing-left' },
      over ? say(first ? 'over-request' : 'over') : formats.relative(end, now()),
    ),
  ];
}
