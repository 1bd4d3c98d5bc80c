import { fill, h, type TitledPart } from '@proviso/publishing/form-client';
import type { OfferPage } from './offer-page.ts';

/** Why this link has to be kept, and whether the key is the published one. */
export function linkPart(page: OfferPage, isNew: boolean): TitledPart {
  const { say, sealing, view } = page;
  const copied = h('p', { class: 'small', role: 'status' });
  const copy = (): void => {
    navigator.clipboard.writeText(location.href).then(
      () => fill(copied, say('link-copied')),
      () => fill(copied, say('link-not-copied')),
    );
  };
  const element = h(
    'section',
    { class: 'section', id: 'link', 'aria-labelledby': 'link-title' },
    h('h2', { id: 'link-title', tabindex: -1 }, say('link')),
    h(
      'div',
      { class: isNew ? 'note is-warm' : 'note' },
      h('p', null, isNew ? say('link-new') : say('link-known')),
      h('p', null, say('link-why')),
      h(
        'p',
        { class: 'actions' },
        h('button', { type: 'button', class: 'button is-main', onclick: copy }, say('link-copy')),
      ),
      copied,
    ),
    h('h3', null, say('key')),
    view.keys ? fingerprint(page, sealing.purchaseFingerprint(view.keys)) : h('p', null, say('key-none')),
  );
  return { id: 'link', title: say('link'), element, sync: () => {} };
}

function fingerprint({ say, sealing }: OfferPage, printed: string): HTMLElement {
  const verdict = h('p', { class: 'verdict', role: 'status' });
  const input = h('input', {
    type: 'text',
    id: 'notice-key',
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-describedby': 'notice-key-verdict',
    oninput: () => {
      const text = input.value.trim();
      const same = sealing.sameFingerprint(text, printed);
      verdict.className = text === '' ? 'verdict' : same ? 'verdict is-good' : 'verdict problem';
      fill(verdict, text === '' ? '' : same ? `✓ ${say('key-same')}` : say('key-other'));
    },
  });
  verdict.id = 'notice-key-verdict';
  return h(
    'div',
    { class: 'key' },
    h('p', { class: 'prose' }, say('key-why')),
    h(
      'p',
      { class: 'fingerprint' },
      printed.split(' ').map((group) => [h('span', null, group), ' ']),
    ),
    h('div', { class: 'field is-wide' }, h('label', { for: 'notice-key' }, say('key-compare')), input),
    verdict,
  );
}
