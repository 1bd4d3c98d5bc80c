import type { AnswerValue, OfferForm } from '@proviso/catalogue/answers';
import { type Child, fill, h } from '@proviso/study/page/element';
import { checkPart } from './check.ts';
import { contentsPart } from './contents.ts';
import { type Draft, EMPTY } from './draft.ts';
import { elementId, type FormPage, type Part, type Say } from './page.ts';
import { paper } from './paper.ts';
import { requirementPart, unfold } from './requirement.ts';
import { standingOf } from './standing.ts';

/** A part with a heading of its own, which the contents lead to: its element has `id`, its heading `ID-title`. */
export interface TitledPart extends Part {
  id: string;
  title: string;
}

/** Parts above the requirements, between them and the list of what is missing, and below that. */
export interface SurroundingParts {
  above: TitledPart[];
  between: TitledPart[];
  below: TitledPart[];
}

/** What the form offline and online differ in. */
export interface FormSetting {
  form: OfferForm;
  say: Say;
  draft: Draft | null;
  /** Something was written; whoever keeps it keeps it now. */
  changed(draft: Draft): void;
  /** How what is written is kept: a message `keeping-STATE`, whether it is a trouble, and whether something is on its way. */
  keeping(): { state: string; trouble: boolean; busy: boolean };
  /** The draft as a file. */
  saveDraft(): void;
  /** What stands around the requirements; `check` shows what is missing. */
  parts(page: FormPage, check: () => void): SurroundingParts;
}

export interface Form {
  page: FormPage;
  /** The parts in their order. */
  element: HTMLElement;
  /** How far it has come, and the way to each part. */
  contents: HTMLElement;
  /** Where what changed is said. */
  live: HTMLElement;
  /** Something was written since the draft left the page last. */
  unsaved(): boolean;
  /** Puts another draft in the place of this one, without keeping it. */
  load(draft: Draft): void;
  jump(event: Event, id: string): void;
  /** The whole form with its answers as text. */
  paper(): Child;
}

/** Builds a form; from then on each change only brings its parts up to date. */
export function createForm(setting: FormSetting): Form {
  const { form, say } = setting;
  const live = h('p', { class: 'unseen', role: 'status' });
  let unsaved = false;
  let parts: Part[] = [];

  const page: FormPage = {
    form,
    say,
    draft: setting.draft ?? EMPTY,
    standing: standingOf(form, {}),
    checked: false,
    writing: null,
    signed: null,
    answer: (question: string, value: AnswerValue) => {
      const { [question]: before, ...earlier } = page.draft.earlier;
      // What was taken over is the supplier's own once it is changed; an answer to the older question stays in sight.
      const kept = before?.kind === 'changed' ? page.draft.earlier : earlier;
      page.change({ values: { ...page.draft.values, [question]: value }, earlier: kept });
    },
    change: (change) => {
      page.draft = { ...page.draft, ...change };
      unsaved = true;
      setting.changed(page.draft);
      page.draw();
    },
    draw: () => {
      page.standing = standingOf(form, page.draft.values);
      for (const part of parts) part.sync();
    },
    tell: (text) => {
      // The same words again are only spoken when something about them is new.
      live.textContent = live.textContent === text ? `${text}\u00a0` : text;
    },
    focusQuestion: (question) => {
      const control = requirements.find(({ controls }) => controls.has(question))?.controls.get(question);
      if (!control) return;
      unfold(control.element);
      control.focus();
      control.element.scrollIntoView({ block: 'center' });
    },
    saved: () => {
      unsaved = false;
    },
  };
  const check = (): void => {
    page.checked = true;
    page.draw();
    document.getElementById('check-count')?.focus();
  };
  const jump = (event: Event, id: string): void => {
    event.preventDefault();
    const heading = document.getElementById(`${id}-title`);
    heading?.scrollIntoView();
    heading?.focus({ preventScroll: true });
  };

  const requirements = form.requirements.map((asked, i) => requirementPart(page, asked, i));
  const byId = new Map(form.requirements.map(({ id }, i) => [id, requirements[i]]));
  const around = setting.parts(page, check);
  const { above, between, below } = around;
  const checking = checkPart(page, check);
  const contents = contentsPart(page, setting, around, jump);
  parts = [...above, ...requirements, ...between, checking, ...below, contents];
  const element = h(
    'div',
    { class: 'form' },
    above.map((part) => part.element),
    form.sections.map(({ title, requirements: own }, i) => {
      const id = elementId('s', i);
      return h(
        'section',
        { class: 'section', id, 'aria-labelledby': `${id}-title` },
        h('h2', { id: `${id}-title`, tabindex: -1 }, title),
        own.map((one) => byId.get(one)?.element),
      );
    }),
    between.map((part) => part.element),
    checking.element,
    below.map((part) => part.element),
  );
  page.draw();
  return {
    page,
    element,
    contents: contents.element,
    live,
    unsaved: () => unsaved,
    load: (draft) => {
      Object.assign(page, { draft, checked: false, signed: null });
      page.saved();
      page.draw();
    },
    jump,
    paper: () => paper(page),
  };
}

/** Puts the whole form onto paper when the page is printed; fields would cut long answers off. */
export function printOnPaper(form: Form): HTMLElement {
  const onPaper = h('div', { class: 'paper' });
  addEventListener('beforeprint', () => fill(onPaper, form.paper()));
  addEventListener('afterprint', () => fill(onPaper));
  return onPaper;
}
