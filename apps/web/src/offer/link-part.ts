import { fill, h, type TitledPart } from '@proviso/publishing/form-client';
import { keyCheck } from './key-check.ts';
import type { OfferPage } from './offer-page.ts';

/** Why this link has to be kept, and whether the key is the published one. */
export function linkPart(page: OfferPage, isNew: boolean): TitledPart {
  const { say } = page;
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
    keyCheck(page),
  );
  return { id: 'link', title: say('link'), element, sync: () => {} };
}
