import { type Child, fill, h } from '@proviso/study/page/element';
import { questionLink } from './files.ts';
import type { FormPage, Part } from './page.ts';

/** What is still missing or wrong, each with a way to its field. */
export function checkPart(page: FormPage, check: () => void): Part {
  const { say, form } = page;
  const count = h('p', { class: 'check-count', id: 'check-count', tabindex: -1 });
  const list = h('div', { class: 'missing' });
  const element = h(
    'section',
    { class: 'section', id: 'check', 'aria-labelledby': 'check-title' },
    h('h2', { id: 'check-title', tabindex: -1 }, say('check')),
    count,
    h('button', { type: 'button', class: 'button', onclick: check }, say('check-now')),
    list,
  );
  const item = (id: string, kind: string): HTMLElement =>
    h('li', null, questionLink(page, id), kind !== 'missing' && h('span', { class: 'small' }, say(`fault-${kind}`)));
  const section = ({ title, requirements }: (typeof form.sections)[number]): Child => {
    const { faults } = page.standing;
    const items = requirements.flatMap((requirement) =>
      form.questions
        .filter((one) => one.requirement === requirement && faults.has(one.id))
        .map(({ id }) => item(id, faults.get(id) ?? '')),
    );
    return items.length > 0 && [h('h3', null, title), h('ul', { class: 'links' }, items)];
  };
  const toSupplier = {
    type: 'button',
    class: 'link',
    'data-key': 'to-supplier',
    onclick: () => document.getElementById('supplier')?.focus(),
  };
  const draw = (): Child => [
    page.draft.supplier.trim() === '' && h('p', null, h('button', toSupplier, say('supplier'))),
    form.sections.map(section),
  ];
  let drawn = '';
  return {
    element,
    sync: () => {
      const n = missing(page);
      count.textContent = n === 0 ? say('check-complete') : say('check-missing', { n });
      count.classList.toggle('is-done', n === 0);
      if (!page.checked) return;
      const key = JSON.stringify([...page.standing.faults, page.draft.supplier.trim() === '']);
      if (key !== drawn) fill(list, draw());
      drawn = key;
    },
  };
}

/** How many things keep the offer from being complete. */
export function missing({ standing, draft }: FormPage): number {
  return standing.faults.size + (draft.supplier.trim() === '' ? 1 : 0);
}
