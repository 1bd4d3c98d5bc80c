import { h } from '@proviso/study/page/element';
import type { FormSetting, SurroundingParts, TitledPart } from './form.ts';
import { elementId, type FormPage, type Part } from './page.ts';

/** Beside the form: how far it has come, the contents, and how what is written is kept. */
export function contentsPart(
  page: FormPage,
  { keeping, saveDraft }: Pick<FormSetting, 'keeping' | 'saveDraft'>,
  { above, between, below }: SurroundingParts,
  jump: (event: Event, id: string) => void,
): Part {
  const { say, form } = page;
  const total = form.requirements.length;
  const bar = h('progress', { max: Math.max(1, total), value: 0, 'aria-labelledby': 'progress' });
  const progress = h('p', { id: 'progress', class: 'progress' });
  const kept = h('p', { class: 'kept', role: 'status' });
  const counts = form.sections.map(() => h('span', { class: 'contents-n' }));
  const linkTo = ({ id, title }: TitledPart): HTMLElement => link(id, title);
  const link = (id: string, text: string, count?: HTMLElement): HTMLElement =>
    h('li', null, h('a', { href: `#${id}`, onclick: (event) => jump(event, id) }, text), count);
  const element = h(
    'aside',
    { class: 'side' },
    progress,
    bar,
    h(
      'nav',
      { 'aria-label': say('contents') },
      h(
        'ol',
        { class: 'contents-list' },
        above.map(linkTo),
        form.sections.map(({ title }, i) => link(elementId('s', i), title, counts[i])),
        between.map(linkTo),
        link('check', say('check')),
        below.map(linkTo),
      ),
    ),
    kept,
    h('button', { type: 'button', class: 'button', onclick: saveDraft }, say('save-draft')),
  );
  return {
    element,
    sync: () => {
      const { done } = page.standing;
      bar.value = done.size;
      progress.textContent = say('progress', { done: done.size, total });
      form.sections.forEach(({ requirements }, i) => {
        const own = requirements.filter((id) => done.has(id)).length;
        const count = counts[i];
        if (!count) return;
        count.textContent = say('section-progress', { done: own, total: requirements.length });
        count.classList.toggle('is-done', own === requirements.length);
      });
      const { state, trouble, busy } = keeping();
      const text = say(`keeping-${state}`);
      if (kept.textContent !== text) kept.textContent = text;
      kept.classList.toggle('problem', trouble);
      kept.classList.toggle('is-busy', busy);
    },
  };
}
