import { fill, h, type Say, type TitledPart } from '@proviso/publishing/form-client';
import type { OfferView } from 'proviso-server/contract';
import { formatsFor } from '../i18n/format.ts';
import type { Language } from '../i18n/language.ts';
import type { OfferApi } from './api.ts';
import { masthead, tools } from './masthead.ts';
import { newsPart } from './news-part.ts';
import { asksFirst, type LinkPage, type Sealing } from './offer-page.ts';
import { questionsPart } from './questions-part.ts';
import { requestPart } from './request-part.ts';
import { requestsSentPart } from './requests-sent-part.ts';

const MINUTE = 60_000;

/** The page of a link before candidates are chosen: the request to take part. For who was not chosen, what was decided and why. */
export function buildRequestPage(materials: {
  api: OfferApi;
  sealing: Sealing;
  say: Say;
  language: Language;
  view: OfferView;
}): void {
  const { api, sealing, say, language, view } = materials;
  const skew = new Date(view.purchase.now).getTime() - Date.now();
  const page: LinkPage = {
    api,
    sealing,
    say,
    formats: formatsFor(language),
    view,
    refresh: async () => {
      const next = await api.view();
      // Once candidates are chosen this is another page.
      if (next.purchase.stage !== page.view.purchase.stage) return location.reload();
      page.view = next;
      draw();
    },
    now: () => new Date(Date.now() + skew),
  };
  const live = h('p', { class: 'unseen', role: 'status', 'aria-live': 'polite' });
  const tell = (text: string): void => fill(live, text);
  const head = masthead(
    page,
    tools(say, language, async () => {}),
  );
  const sent = requestsSentPart(page);
  const parts: TitledPart[] = asksFirst(view)
    ? [newsPart(page, tell), questionsPart(page, tell), askedPart(page), requestPart(page, tell, sent.show), sent]
    : [outcomePart(page), newsPart(page, tell), sent];
  const draw = (): void => {
    head.sync();
    for (const part of parts) part.sync();
  };
  const main = document.getElementById('main');
  if (!main) return;
  const form = h(
    'div',
    { class: 'form' },
    parts.map(({ element }) => element),
  );
  fill(main, form);
  main.before(head.element);
  main.after(live);
  document.body.prepend(h('a', { class: 'skip', href: '#main' }, say('skip')));
  document.title = `${view.purchase.title} · ${view.purchase.buyer}`;
  draw();
  setInterval(head.sync, MINUTE);
  addEventListener('hashchange', () => location.reload());
  document.documentElement.dataset.ready = 'yes';
}

/** What the buyer asks of offers later on, to read now. */
function askedPart({ say, view }: LinkPage): TitledPart {
  const { sections, requirements } = view.form;
  const known = new Map(requirements.map((one) => [one.id, one]));
  const element = h(
    'section',
    { class: 'section', id: 'asked', 'aria-labelledby': 'asked-title' },
    h('h2', { id: 'asked-title', tabindex: -1 }, say('asked-title')),
    h('p', { class: 'prose' }, say('asked-about')),
    sections.map((section) =>
      h(
        'details',
        { class: 'asked-section' },
        h('summary', null, section.title),
        h(
          'ul',
          null,
          section.requirements.map((id) => {
            const one = known.get(id);
            return one && h('li', null, h('strong', null, `${id} ${one.title}`), ' ', one.sentence);
          }),
        ),
      ),
    ),
  );
  return { id: 'asked', title: say('asked-title'), element, sync: () => {} };
}

/** Why this link can hand nothing in. */
function outcomePart({ say, view }: LinkPage): TitledPart {
  const own = view.selection?.requests.some(({ late }) => !late) ?? false;
  const why = view.selection === null ? 'outcome-closed' : own ? 'outcome-not-chosen' : 'outcome-no-request';
  const element = h(
    'section',
    { class: 'section', id: 'outcome', 'aria-labelledby': 'outcome-title' },
    h('h2', { id: 'outcome-title', tabindex: -1 }, say('outcome')),
    h('div', { class: 'note is-warm' }, h('p', null, say(why))),
  );
  return { id: 'outcome', title: say('outcome'), element, sync: () => {} };
}
