import { h } from '@proviso/study/page/element';
import type { Keeper } from './keeping.ts';
import { elementId, type FormPage, type Part } from './page.ts';

/** Beside the form: how far it has come, the contents, and whether the browser keeps what is written. */
export function contentsPart(
  page: FormPage,
  keeper: Keeper,
  saveDraft: () => void,
  jump: (event: Event, id: string) => void,
): Part {
  const { say, form } = page;
  const total = form.requirements.length;
  const bar = h('progress', { max: Math.max(1, total), value: 0, 'aria-labelledby': 'progress' });
  const progress = h('p', { id: 'progress', class: 'progress' });
  const kept = h('p', { class: 'kept', role: 'status' });
  const counts = form.sections.map(() => h('span', { class: 'contents-n' }));
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
        link('begin', say('begin')),
        form.sections.map(({ title }, i) => link(elementId('s', i), title, counts[i])),
        link('check', say('check')),
        link('sign', say('sign')),
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
      const state = keeper.state();
      const text = state === 'idle' ? say('keeping-idle') : say(`keeping-${state}`);
      if (kept.textContent !== text) kept.textContent = text;
      kept.classList.toggle('problem', state === 'refused' || state === 'elsewhere');
    },
  };
}
