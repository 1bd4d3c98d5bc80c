import { type Child, fill, h, type Say } from '@proviso/publishing/form-client';
import { fragmentOf, readLink } from './link.ts';

/** A page that cannot go on as it is: says why, and what to do. */
export function stopPage(say: Say, why: string, more: Child = null): void {
  const main = document.getElementById('main');
  if (!main) return;
  fill(
    main,
    h(
      'div',
      { class: 'stop' },
      h('h1', { id: 'stop-title', tabindex: -1 }, say(`stop-${why}`)),
      h('p', { class: 'prose' }, say(`stop-${why}-about`)),
      more,
    ),
  );
  document.title = say(`stop-${why}`);
  document.getElementById('stop-title')?.focus();
  document.documentElement.dataset.ready = 'stopped';
}

/** A field for the whole link as it was kept. */
export function pasteLink(say: Say): HTMLElement {
  const fault = h('p', { class: 'problem', id: 'paste-fault', role: 'alert' });
  const input = h('input', {
    type: 'text',
    id: 'paste',
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-describedby': 'paste-fault',
  });
  const go = (event: Event): void => {
    event.preventDefault();
    const link = readLink(input.value);
    if (!link) {
      fill(fault, say('paste-fault'));
      input.focus();
      return;
    }
    history.replaceState(null, '', fragmentOf(link));
    location.reload();
  };
  return h(
    'form',
    { onsubmit: go },
    h('div', { class: 'field is-wide' }, h('label', { for: 'paste' }, say('paste')), input, fault),
    h('p', { class: 'actions' }, h('button', { type: 'submit', class: 'button is-main' }, say('paste-go'))),
  );
}

export function actionButton(text: string, onclick: () => void): HTMLElement {
  return h('p', { class: 'actions' }, h('button', { type: 'button', class: 'button is-main', onclick }, text));
}
