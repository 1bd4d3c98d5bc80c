import { h, type TitledPart } from '@proviso/publishing/form-client';
import { keyCheck } from '../offer/key-check.ts';
import { closingTime } from '../offer/masthead.ts';
import type { SealingPage } from '../offer/offer-page.ts';

/** Until when, to which key, and for what this very file seals: before a word is written. */
export function keyPart(page: SealingPage): TitledPart {
  const { say, view } = page;
  const time = closingTime(page);
  const facts: [string, string][] = [
    [say('purchase-number'), view.purchase.id],
    [say('demand'), view.demand],
  ];
  const element = h(
    'section',
    { class: 'section', id: 'key', 'aria-labelledby': 'key-title' },
    h('h2', { id: 'key-title', tabindex: -1 }, say('key')),
    time.element,
    keyCheck(page),
    h('p', { class: 'prose' }, say('key-file')),
    h(
      'dl',
      { class: 'facts' },
      facts.map(([term, text]) => [h('dt', null, term), h('dd', null, h('code', null, text))]),
    ),
  );
  let minute = '';
  return {
    id: 'key',
    title: say('key'),
    element,
    sync: () => {
      // Drawn anew by the minute, not by the letter.
      const now = page.now().toISOString().slice(0, 16);
      if (now === minute) return;
      minute = now;
      time.sync();
    },
  };
}
