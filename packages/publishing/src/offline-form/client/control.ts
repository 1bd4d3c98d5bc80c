import type { AnswerValue, FormQuestion } from '@proviso/catalogue/answers';
import { type Attributes, h } from '@proviso/study/page/element';
import { elementId, type FormPage, type Part } from './page.ts';
import { answerText, numberOf, numberText, textOf } from './written.ts';

/** The question with its field, and below it what is wrong with the answer or known from an earlier one. */
export interface Control extends Part {
  focus(): void;
}

/** What a type of answer adds: its field, how a value gets in, and where the focus goes. */
interface Field {
  element: HTMLElement;
  show(value: AnswerValue): void;
  fault(on: boolean): void;
  focus(): void;
}

export function controlOf(page: FormPage, question: FormQuestion, index: number): Control {
  const { say } = page;
  const id = elementId('q', index);
  const fault = h('p', { class: 'problem', id: `${id}-fault` });
  const earlier = h('p', { class: 'earlier', id: `${id}-earlier` });
  const counted = h('p', { class: 'small', id: `${id}-read` });
  const help = question.help
    ? h('p', { class: 'help', id: `${id}-help` }, say('evidence-such-as', { list: question.help }))
    : null;
  const describedBy = [help && `${id}-help`, `${id}-read`, `${id}-earlier`, `${id}-fault`].filter(Boolean).join(' ');
  const make = question.type === 'choice' || question.type === 'yes-no' ? radios : writing;
  const field = make(page, question, id, { 'aria-describedby': describedBy });
  const element = h('div', { class: `control is-${question.part}` }, field.element, help, counted, earlier, fault);

  const sync = (): void => {
    const { draft, standing, checked } = page;
    const value = draft.values[question.id] ?? null;
    const shown = standing.visible.has(question.id);
    const appears = element.hidden && shown;
    element.hidden = !shown;
    field.show(value);
    counted.textContent =
      typeof value === 'number' && !Number.isInteger(value)
        ? say('counted-as', { value: answerText(question, value, { say, language: page.form.language }) })
        : '';
    const before = draft.earlier[question.id];
    earlier.textContent = before ? earlierText(page, question, before) : '';
    const kind = page.writing === question.id ? undefined : standing.faults.get(question.id);
    const wrong = shown && kind !== undefined && (kind !== 'missing' || checked);
    const text = wrong ? say(`fault-${kind}`) : '';
    if (fault.textContent !== text) {
      fault.textContent = text;
      field.fault(wrong);
      if (text && document.activeElement && element.contains(document.activeElement)) page.tell(text);
    }
    if (appears && question.required && !page.standing.done.has(question.requirement))
      page.tell(say('follow-up', { question: question.label }));
  };
  return { element, sync, focus: field.focus };
}

function earlierText(
  { say, form: { language } }: FormPage,
  question: FormQuestion,
  { kind, was }: { kind: string; was: AnswerValue },
): string {
  return kind === 'taken'
    ? say('earlier-taken')
    : say('earlier-changed', { answer: answerText(question, was, { say, language }) });
}

/** One of several, in a group that its question names. */
function radios(page: FormPage, question: FormQuestion, id: string, described: Attributes): Field {
  const { say } = page;
  const options: [value: string | boolean, text: string][] =
    question.type === 'choice'
      ? question.choices.map((one) => [one.id, one.text])
      : [
          [true, say('yes')],
          [false, say('no')],
        ];
  const inputs = options.map(([value], i) =>
    h('input', { type: 'radio', name: id, id: `${id}-${i}`, onchange: () => page.answer(question.id, value) }),
  );
  const clear = h(
    'button',
    {
      type: 'button',
      class: 'quiet clear',
      onclick: () => {
        inputs[0]?.focus();
        page.answer(question.id, null);
      },
    },
    say('clear'),
    h('span', { class: 'unseen' }, `: ${question.label}`),
  );
  const element = h(
    'fieldset',
    {
      id,
      role: 'radiogroup',
      'aria-required': String(question.required),
      'aria-labelledby': `${id}-label`,
      ...described,
    },
    h('legend', { id: `${id}-label` }, question.label),
    options.map(([, text], i) => h('label', { class: 'option', for: `${id}-${i}` }, inputs[i], h('span', null, text))),
    clear,
  );
  return {
    element,
    show: (value) => {
      inputs.forEach((input, i) => {
        input.checked = options[i]?.[0] === value;
      });
      clear.hidden = value === null;
    },
    fault: (on) => mark(element, on),
    focus: () => (inputs.find((input) => input.checked) ?? inputs[0])?.focus(),
  };
}

/** A line for a number, a day, or lines of text. */
function writing(page: FormPage, question: FormQuestion, id: string, described: Attributes): Field {
  const { say } = page;
  const { type, unit } = question;
  const read = type === 'number' ? numberOf : textOf;
  const events = {
    oninput: () => {
      page.writing = question.id;
      page.answer(question.id, read(input.value));
    },
    onchange: () => {
      page.writing = null;
      page.draw();
    },
  };
  const attributes: Attributes = { id, 'aria-required': String(question.required), ...described, ...events };
  const input: HTMLInputElement | HTMLTextAreaElement =
    type === 'text'
      ? h('textarea', { rows: question.part === 'answer' ? 4 : 3, ...attributes })
      : h(
          'input',
          type === 'date'
            ? { type: 'date', ...attributes }
            : { type: 'text', inputmode: 'decimal', autocomplete: 'off', ...attributes },
        );
  const label = h(
    'label',
    { for: id },
    question.label,
    unit && h('span', { class: 'unseen' }, ` (${say('in-unit', { unit })})`),
  );
  return {
    element: h(
      'div',
      { class: `written is-${type}` },
      label,
      h('div', { class: 'line' }, input, unit && h('span', { class: 'unit', 'aria-hidden': 'true' }, unit)),
    ),
    show: (value) => {
      // Not while it says the same: the cursor would jump, and `2.0` become `2` before its next digit.
      const text = typeof value === 'number' ? numberText(value, page.form.language) : String(value ?? '');
      if (read(input.value) !== read(text)) input.value = text;
    },
    fault: (on) => mark(input, on),
    focus: () => input.focus(),
  };
}

function mark(element: HTMLElement, wrong: boolean): void {
  if (wrong) element.setAttribute('aria-invalid', 'true');
  else element.removeAttribute('aria-invalid');
}
