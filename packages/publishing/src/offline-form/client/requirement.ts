import type { OfferForm } from '@proviso/catalogue/answers';
import { h } from '@proviso/study/page/element';
import { type Control, controlOf } from './control.ts';
import { elementId, type FormPage, type Part } from './page.ts';

type Asked = OfferForm['requirements'][number];

export interface RequirementPart extends Part {
  /** By question. */
  controls: ReadonlyMap<string, Control>;
}

/** One requirement: what is demanded and why, the question, and what goes with its answer. */
export function requirementPart(page: FormPage, asked: Asked, index: number): RequirementPart {
  const { say, form } = page;
  const id = elementId('r', index);
  const controls = new Map<string, Control>();
  const folded: Control[] = [];
  const open: Control[] = [];
  form.questions.forEach((question, i) => {
    if (question.requirement !== asked.id) return;
    const control = controlOf(page, question, i);
    controls.set(question.id, control);
    (question.part === 'remark' ? folded : open).push(control);
  });
  const state = h('span', { class: 'state' });
  const remark = h(
    'details',
    { class: 'fold' },
    h('summary', null, say('remark')),
    folded.map(({ element }) => element),
  );
  const element = h(
    'article',
    { class: 'requirement', id, 'aria-labelledby': `${id}-title` },
    h(
      'header',
      null,
      h('h3', { id: `${id}-title` }, h('span', { class: 'req-id' }, asked.id), ' ', asked.title),
      h(
        'p',
        { class: 'marks-line' },
        asked.knockout && h('strong', { class: 'flag is-knockout' }, say('knockout')),
        state,
      ),
    ),
    h('p', { class: 'sentence' }, asked.sentence),
    h('p', { class: 'why' }, h('span', { class: 'why-mark' }, say('why')), ' ', asked.why),
    h(
      'div',
      { class: 'ask' },
      open.map((control) => control.element),
      folded.length > 0 && remark,
    ),
  );
  return {
    element,
    controls,
    sync: () => {
      const done = page.standing.done.has(asked.id);
      state.textContent = done ? `✓ ${say('answered')}` : '';
      element.classList.toggle('is-done', done);
      for (const control of controls.values()) control.sync();
    },
  };
}

/** Whether a fold around a field is closed; focus does not reach into it. */
export function unfold(element: HTMLElement): void {
  const fold = element.closest('details');
  if (fold) fold.open = true;
}
