import { fill, h } from '@proviso/publishing/form-client';
import type { SealingPage } from './offer-page.ts';

/** The fingerprint of the purchase's keys, to be compared with one that came another way. */
export function keyCheck({ say, sealing, view }: Pick<SealingPage, 'say' | 'sealing' | 'view'>): HTMLElement {
  if (!view.keys) return h('p', null, say('key-none'));
  const printed = sealing.purchaseFingerprint(view.keys);
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

/** The field where somebody typed the fingerprint of another key: nothing is sealed until that is put right or taken away. */
export function otherKeyTyped({ sealing, view }: Pick<SealingPage, 'sealing' | 'view'>): HTMLInputElement | null {
  const input = document.getElementById('notice-key');
  if (!(input instanceof HTMLInputElement) || input.value.trim() === '' || !view.keys) return null;
  return sealing.sameFingerprint(input.value.trim(), sealing.purchaseFingerprint(view.keys)) ? null : input;
}
