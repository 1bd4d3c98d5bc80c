import { type Child, fill, h, type TitledPart } from '@proviso/publishing/form-client';
import { type LinkPage, troubleText } from './offer-page.ts';

/** What other suppliers and this one asked, with the buyer's answers; and a way to ask. */
export function questionsPart(page: LinkPage, tell: (text: string) => void): TitledPart {
  const { say, formats } = page;
  const list = h('div', { class: 'asked' });
  const fault = h('p', { class: 'problem', id: 'ask-fault', role: 'alert' });
  const until = h('p', { class: 'help', id: 'ask-help' });
  const text = h('textarea', { id: 'ask', rows: 4, maxlength: 10_000, 'aria-describedby': 'ask-help ask-fault' });
  const send = async (): Promise<void> => {
    fill(fault);
    if (text.value.trim() === '') {
      fill(fault, say('ask-empty'));
      text.focus();
      return;
    }
    button.disabled = true;
    try {
      await page.api.ask(text.value.trim());
      text.value = '';
      tell(say('asked'));
      await page.refresh();
    } catch (error) {
      fill(fault, troubleText(error, say));
    } finally {
      button.disabled = false;
    }
  };
  const button = h('button', { type: 'button', class: 'button', onclick: () => void send() }, say('ask-send'));
  const element = h(
    'section',
    { class: 'section', id: 'questions', 'aria-labelledby': 'questions-title' },
    h('h2', { id: 'questions-title', tabindex: -1 }, say('questions')),
    h('p', { class: 'prose' }, say('questions-about')),
    list,
    h(
      'div',
      { class: 'field is-wide' },
      h('label', { for: 'ask' }, say('ask')),
      until,
      text,
      fault,
      h('p', { class: 'actions' }, button),
    ),
  );
  const draw = (): Child => {
    const { questions, own } = page.view;
    const waiting = own.filter(({ answered }) => !answered);
    if (questions.length + waiting.length === 0) return h('p', { class: 'empty' }, say('questions-none'));
    return h(
      'ul',
      { class: 'question-list' },
      questions.map(({ question, answer, answered }) =>
        h(
          'li',
          null,
          h('p', { class: 'question-text' }, question),
          h('p', { class: 'answer-text' }, answer),
          h('p', { class: 'small' }, say('answered-at', { time: formats.moment(answered) })),
        ),
      ),
      waiting.map((one) =>
        h(
          'li',
          null,
          h('p', { class: 'question-text' }, one.text),
          h('p', { class: 'small' }, say('asked-at', { time: formats.moment(one.at) })),
        ),
      ),
    );
  };
  let drawn: unknown = null;
  return {
    id: 'questions',
    title: say('questions'),
    element,
    sync: () => {
      if (drawn === page.view) return;
      drawn = page.view;
      const { questionsUntil } = page.view.purchase;
      const late = questionsUntil !== null && page.now() > new Date(questionsUntil);
      const time = questionsUntil === null ? '' : formats.moment(questionsUntil);
      until.textContent = questionsUntil === null ? say('ask-any') : say(late ? 'ask-late' : 'ask-until', { time });
      fill(list, draw());
    },
  };
}
