import { type Child, fill, h, type Say } from '@proviso/publishing/form-client';
import type { OfferView } from 'proviso-server/contract';
import { type Formats, formatsFor } from '../i18n/format.ts';
import type { Language } from '../i18n/language.ts';
import type { OfferApi } from './api.ts';
import { tools } from './masthead.ts';
import { troubleText } from './offer-page.ts';

type Consultation = OfferView['consultations'][number];
type Requirement = OfferView['form']['requirements'][number];

interface Ground {
  api: OfferApi;
  say: Say;
  formats: Formats;
  view: OfferView;
  one: Consultation;
}

/** What a supplier's link shows before publication: the draft as it was put up, with room for remarks on each requirement and on all of it. */
export function consultationPage(api: OfferApi, say: Say, language: Language, view: OfferView): void {
  const main = document.getElementById('main');
  const [one] = view.consultations;
  if (!main || !one) return;
  const ground = { api, say, formats: formatsFor(language), view, one };
  let sent = true;
  const status = h('p', { class: 'send-status', role: 'status' });
  const body = h('div', null);
  const draw = (next: Ground): void => {
    const written = remarkFields(next, () => {
      sent = false;
      fill(status);
    });
    fill(body, [outcome(next), said(next), next.one.open ? [written.elements, sendPart(next)] : draft(next)]);

    function sendPart({ one: { id } }: Ground): Child {
      const trouble = h('p', { class: 'problem', role: 'alert' });
      const send = async (): Promise<void> => {
        fill(trouble);
        const remarks = written.read();
        if (remarks.text === '' && remarks.comments.length === 0) return fill(trouble, say('fault-missing'));
        try {
          await api.reply({ kind: 'consultation', consultation: id, ...remarks });
          sent = true;
          const after = await api.view();
          draw({ ...next, view: after, one: after.consultations[0] ?? next.one });
          fill(status, say('reply-sent'));
        } catch (error) {
          fill(trouble, troubleText(error, say));
        }
      };
      return h(
        'section',
        { class: 'section' },
        trouble,
        h(
          'p',
          { class: 'actions' },
          h('button', { type: 'button', class: 'button is-main', onclick: () => void send() }, say('consult-send')),
        ),
      );
    }
  };
  draw(ground);
  fill(main, body, status);
  main.classList.remove('is-alone');
  main.before(head(ground, language));
  document.body.prepend(h('a', { class: 'skip', href: '#main' }, say('skip')));
  document.title = `${view.purchase.title} · ${view.purchase.buyer}`;
  addEventListener('beforeunload', (event) => {
    if (!sent) event.preventDefault();
  });
  addEventListener('hashchange', () => location.reload());
  document.documentElement.dataset.ready = 'yes';
}

function head({ say, formats, view, one }: Ground, language: Language): HTMLElement {
  const { purchase, supplier } = view;
  const pairs: [string, string | null][] = [
    [say('buyer'), purchase.buyer],
    [say('reference'), purchase.reference],
  ];
  return h(
    'header',
    { class: 'masthead' },
    h('p', { class: 'brand' }, say('brand-online')),
    tools(say, language, async () => {}),
    h('h1', null, purchase.title),
    h('p', { class: 'lede' }, say('consult-lede', { supplier: supplier.name, buyer: purchase.buyer })),
    h(
      'dl',
      { class: 'facts' },
      pairs.map(([term, text]) => text !== null && [h('dt', null, term), h('dd', null, text)]),
    ),
    h(
      'div',
      { class: 'closing' },
      h('p', { class: 'closing-label' }, one.open ? say('consult-until') : say('consult-ended')),
      h('p', { class: 'closing-time' }, h('time', { datetime: one.until }, formats.moment(one.until, purchase.zone))),
    ),
  );
}

/** What came of it, or that it is not told yet. */
function outcome({ say, one, view }: Ground): Child {
  if (one.open) return h('div', { class: 'note' }, h('p', null, say('consult-about')));
  if (!one.outcome) return h('div', { class: 'note' }, h('p', null, say('consult-over')));
  const titles = new Map(view.form.requirements.map(({ id, title }) => [id, title]));
  return h(
    'div',
    { class: 'note' },
    h('h2', null, say('consult-outcome')),
    h('p', { class: 'answer-text' }, one.outcome.summary),
    one.outcome.changed.length > 0 && [
      h('p', null, say('consult-changed')),
      h(
        'ul',
        null,
        one.outcome.changed.map((id) => h('li', null, `${id} ${titles.get(id) ?? ''}`)),
      ),
    ],
  );
}

/** The supplier's own answers so far. */
function said({ say, formats, one }: Ground): Child {
  if (one.said.length === 0) return null;
  return h(
    'section',
    { class: 'section', 'aria-labelledby': 'said-title' },
    h('h2', { id: 'said-title' }, say('consult-said')),
    one.said.map(({ at, text, comments }) =>
      h(
        'div',
        { class: 'note' },
        h('h3', null, formats.moment(at)),
        text !== '' && h('p', { class: 'answer-text' }, text),
        comments.map((comment) =>
          h('p', { class: 'answer-text' }, h('strong', null, `${comment.requirement}: `), comment.text),
        ),
      ),
    ),
  );
}

/** The requirements without room for remarks. */
function draft(ground: Ground): Child {
  return sections(ground, () => null);
}

function remarkFields(
  ground: Ground,
  changed: () => void,
): { elements: Child; read(): { text: string; comments: { requirement: string; text: string }[] } } {
  const { say, view } = ground;
  const fields = new Map<string, HTMLTextAreaElement>();
  const field = (id: string, name: string, maxlength: number): HTMLElement => {
    const area = h('textarea', { id: `remark-${id}`, rows: 4, maxlength, oninput: changed });
    fields.set(id, area);
    return h('div', { class: 'field is-wide' }, h('label', { for: `remark-${id}` }, name), area);
  };
  const general = field('all', say('consult-general'), 100_000);
  const elements = [
    sections(ground, ({ id }) =>
      h(
        'details',
        null,
        h('summary', null, say('consult-remark', { requirement: id })),
        field(id, say('consult-yours', { requirement: id }), 10_000),
      ),
    ),
    h(
      'section',
      { class: 'section', 'aria-labelledby': 'general-title' },
      h('h2', { id: 'general-title' }, say('consult-whole')),
      general,
    ),
  ];
  const textOf = (id: string): string => fields.get(id)?.value.trim() ?? '';
  return {
    elements,
    read: () => ({
      text: textOf('all'),
      comments: view.form.requirements.flatMap(({ id }) => {
        const text = textOf(id);
        return text === '' ? [] : [{ requirement: id, text }];
      }),
    }),
  };
}

/** The draft by its sections, each requirement with what `more` puts under it. */
function sections({ say, view }: Ground, more: (one: Requirement) => Child): Child {
  const byId = new Map(view.form.requirements.map((one) => [one.id, one]));
  return view.form.sections.map(({ id, title, requirements }) =>
    h(
      'section',
      { class: 'section', 'aria-labelledby': `section-${id}` },
      h('h2', { id: `section-${id}` }, title),
      requirements.map((own) => {
        const one = byId.get(own);
        if (!one) return null;
        return h(
          'article',
          { class: 'requirement', 'aria-labelledby': `title-${own}` },
          h(
            'header',
            null,
            h('h3', { id: `title-${own}` }, h('span', { class: 'req-id' }, own), ' ', one.title),
            h(
              'p',
              { class: 'marks-line' },
              one.knockout && h('strong', { class: 'flag is-knockout' }, say('knockout')),
            ),
          ),
          h('p', null, one.sentence),
          h('p', { class: 'muted' }, one.why),
          more(one),
        );
      }),
    ),
  );
}
