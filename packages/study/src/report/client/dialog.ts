import { cellView } from './cell-view.ts';
import type { CodeStore } from './code-form.ts';
import { detail } from './detail.ts';
import { type Child, fill, h } from './element.ts';
import { cellOf, nameOf, type Page } from './page.ts';

/** The drawer: a modal dialog that shows a document or the words behind a cell. The browser keeps focus in it and gives it back. */
export interface Drawer {
  element: HTMLElement;
  sync(page: Page): void;
}

export function createDrawer(page: Page, store: CodeStore): Drawer {
  const { say } = page.words;
  let current = page;
  let shown = '';
  let opener: string | undefined;
  const title = h('h2', { id: 'drawer-title', tabindex: -1 });
  const body = h('div', { class: 'drawer-body' });
  const back = h(
    'button',
    { type: 'button', class: 'quiet', onclick: () => current.go({ doc: '' }) },
    `← ${say('back')}`,
  );
  const close = h(
    'button',
    { type: 'button', class: 'quiet is-close', onclick: () => element.close() },
    say('close'),
    h('span', { 'aria-hidden': 'true' }, ' ×'),
  );
  const element: HTMLDialogElement = h(
    'dialog',
    {
      class: 'drawer',
      'aria-labelledby': 'drawer-title',
      onclose: () => {
        if (current.view.doc !== '' || current.view.cell !== '') current.go({ doc: '', cell: '' });
      },
      // A click on the backdrop is a click on the dialog itself, outside its content.
      onclick: (event) => event.target === element && element.close(),
    },
    h('div', { class: 'drawer-inner' }, h('div', { class: 'drawer-head' }, back, close), title, body),
  );

  const sync = (now: Page): void => {
    current = now;
    const content = contentOf(now, store);
    if (!content) {
      shown = '';
      if (element.open) element.close();
      if (opener !== undefined) document.querySelector<HTMLElement>(`[data-key="${CSS.escape(opener)}"]`)?.focus();
      opener = undefined;
      return;
    }
    back.hidden = now.view.doc === '' || now.view.cell === '';
    fill(title, content.title);
    fill(body, content.content);
    if (!element.open) {
      const focused = document.activeElement;
      opener = focused instanceof HTMLElement ? focused.dataset.key : undefined;
      element.showModal();
    }
    const key = `${now.view.doc}\n${now.view.cell}`;
    if (key !== shown) {
      title.focus();
      element.scrollTop = 0;
    }
    shown = key;
  };
  return { element, sync };
}

function contentOf(page: Page, store: CodeStore): { title: Child; content: Child } | null {
  if (page.view.doc !== '') {
    const doc = page.data.documents.find((entry) => entry.path === page.view.doc);
    if (doc) return { title: h('bdi', { lang: doc.language }, nameOf(doc)), content: detail(page, doc, store) };
  }
  const cell = page.view.cell === '' ? null : cellOf(page.view.cell);
  return cell ? cellView(page, cell) : null;
}
