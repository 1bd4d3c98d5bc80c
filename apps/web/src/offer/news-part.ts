import { type Child, fill, h, type TitledPart } from '@proviso/publishing/form-client';
import type { Reply } from './api.ts';
import { asksFirst, type LinkPage, troubleText } from './offer-page.ts';

/** What the buyer changed since publication, and what it asks of this supplier alone. */
export function newsPart(page: LinkPage, tell: (text: string) => void): TitledPart {
  const { say, formats } = page;
  const body = h('div', { class: 'news' });
  const element = h(
    'section',
    { class: 'section', id: 'news', 'aria-labelledby': 'news-title' },
    h('h2', { id: 'news-title', tabindex: -1 }, say('news')),
    body,
  );
  let fields = 0;

  /** A field for a reply with its buttons; what was typed stays until it has gone. */
  const answering = (
    label: string,
    buttons: [text: string, reply: (text: string) => Reply, needed: boolean][],
  ): Child => {
    fields += 1;
    const id = `reply-${fields}`;
    const fault = h('p', { class: 'problem', id: `${id}-fault`, role: 'alert' });
    const field = h('textarea', { id, rows: 4, maxlength: 100_000, 'aria-describedby': `${id}-fault` });
    const send = async (reply: (text: string) => Reply, needed: boolean): Promise<void> => {
      const text = field.value.trim();
      fill(fault, needed && text === '' && say('fault-missing'));
      if (needed && text === '') return field.focus();
      try {
        await page.api.reply(reply(text));
        tell(say('reply-sent'));
        await page.refresh();
      } catch (error) {
        fill(fault, troubleText(error, say));
      }
    };
    return h(
      'div',
      { class: 'field is-wide' },
      h('label', { for: id }, label),
      field,
      fault,
      h(
        'p',
        { class: 'actions' },
        buttons.map(([text, reply, needed]) =>
          h('button', { type: 'button', class: 'button', onclick: () => void send(reply, needed) }, text),
        ),
      ),
    );
  };
  const note = (title: string, ...more: Child[]): Child => h('div', { class: 'note' }, h('h3', null, title), more);

  const draw = (): Child => {
    const { corrigenda, consultations, deviations, explanations, selection } = page.view;
    const decision = selection?.decision ?? null;
    const moved = asksFirst(page.view) ? 'corrigendum-closing-request' : 'corrigendum-closing';
    const parts = [
      ...(decision
        ? [
            note(
              say(`candidate-${decision.verdict}`),
              h('p', { class: 'small' }, formats.moment(decision.at)),
              h('p', { class: 'answer-text' }, decision.reason),
            ),
          ]
        : []),
      ...corrigenda.map((one) =>
        note(
          say('corrigendum', { time: formats.moment(one.at) }),
          h('p', { class: 'answer-text' }, one.reason),
          one.closing !== null && h('p', null, say(moved, { time: formats.moment(one.closing) })),
          h(
            'ul',
            null,
            one.changed.map(({ what, from, to }) => h('li', null, `${what}: `, h('s', null, from), ' → ', to)),
          ),
        ),
      ),
      ...consultations.flatMap(({ outcome }) =>
        outcome
          ? [
              note(
                say('consult-outcome'),
                h('p', { class: 'muted' }, formats.moment(outcome.at)),
                h('p', { class: 'answer-text' }, outcome.summary),
              ),
            ]
          : [],
      ),
      ...deviations
        .filter(({ status }) => status === 'countered')
        .map(({ offer, requirement, proposal, counter }) =>
          note(
            say('deviation', { requirement }),
            h(
              'dl',
              { class: 'facts' },
              h('dt', null, say('deviation-yours')),
              h('dd', { class: 'answer-text' }, proposal),
              h('dt', null, say('deviation-theirs')),
              h('dd', { class: 'answer-text' }, counter),
            ),
            answering(say('deviation-reason'), [
              [
                say('deviation-agree'),
                (reason) => ({ kind: 'deviation', offer, requirement, agrees: true, reason }),
                false,
              ],
              [
                say('deviation-decline'),
                (reason) => ({ kind: 'deviation', offer, requirement, agrees: false, reason }),
                true,
              ],
            ]),
          ),
        ),
      ...deviations
        .filter(({ status }) => status !== 'countered')
        .map(({ requirement, proposal, status, reason }) =>
          note(
            say('deviation-decided', { requirement }),
            h(
              'dl',
              { class: 'facts' },
              h('dt', null, say('deviation-yours')),
              h('dd', { class: 'answer-text' }, proposal),
              h('dt', null, say('deviation-decision')),
              h('dd', null, say(`deviation-${status}`)),
              reason !== '' && [h('dt', null, say('deviation-why')), h('dd', { class: 'answer-text' }, reason)],
            ),
          ),
        ),
      ...explanations
        .filter(({ replied }) => !replied)
        .map(({ offer }) =>
          note(
            say('explanation'),
            h('p', null, say('explanation-about')),
            answering(say('explanation-text'), [
              [say('reply-send'), (text) => ({ kind: 'explanation', offer, text }), true],
            ]),
          ),
        ),
    ];
    return parts.length > 0 ? parts : h('p', { class: 'empty' }, say('news-none'));
  };
  let drawn: unknown = null;
  return {
    id: 'news',
    title: say('news'),
    element,
    sync: () => {
      if (drawn === page.view) return;
      drawn = page.view;
      fill(body, draw());
    },
  };
}
