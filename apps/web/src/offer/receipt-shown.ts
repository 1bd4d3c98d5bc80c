import { fileName, fill, h, save } from '@proviso/publishing/form-client';
import type { LinkPage } from './offer-page.ts';

/** What a receipt that was checked says, of an offer or of a request to take part. */
export interface ShownReceipt {
  heading: string;
  receivedAt: string;
  /** What the number is of, and the number. */
  number: readonly [label: string, id: string];
  parts: readonly { name: string; sha256: string }[];
  /** What is saved: the receipt with its signature. */
  file: unknown;
}

/** Draws a receipt into `place` and leads there. */
export function showReceipt(place: HTMLElement, { say, formats, view }: LinkPage, shown: ShownReceipt): void {
  const name = fileName([say('receipt-name'), view.purchase.reference ?? view.purchase.title], 'json');
  const keep = (): void => save(name, 'application/json', `${JSON.stringify(shown.file, null, 2)}\n`);
  const [label, id] = shown.number;
  fill(
    place,
    h('h3', null, shown.heading),
    h('p', null, say('receipt-checked')),
    h(
      'dl',
      { class: 'facts' },
      h('dt', null, say('received-at')),
      h('dd', null, formats.moment(shown.receivedAt)),
      h('dt', null, label),
      h('dd', null, h('code', null, id)),
      shown.parts.map((one) => [h('dt', null, one.name), h('dd', null, h('code', null, one.sha256))]),
    ),
    h(
      'p',
      { class: 'actions' },
      h('button', { type: 'button', class: 'button is-main', onclick: keep }, say('receipt-save')),
    ),
    h('p', { class: 'small' }, say('receipt-why')),
  );
  place.scrollIntoView({ block: 'nearest' });
  place.focus({ preventScroll: true });
}
