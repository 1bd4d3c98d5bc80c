import { declarationPart, type FormPage, fill, h, missing, type TitledPart } from '@proviso/publishing/form-client';
import { deliver, undelivered } from './deliver.ts';
import type { OfferDraft } from './draft.ts';
import type { FilesPart } from './files-part.ts';
import { otherKeyTyped } from './key-check.ts';
import { isOver, type OfferPage } from './offer-page.ts';
import type { PricePart } from './price-part.ts';
import type { Received } from './receipt.ts';
import { type Outgoing, sealedOffer } from './sealed-offer.ts';

/** The declaration and the way out: sealed here, sent, and the receipt checked against what was sent. */
export function sendPart(
  page: OfferPage,
  form: FormPage,
  parts: { price: PricePart; files: FilesPart; check: () => void },
  received: (receipt: Received) => void,
): TitledPart {
  const { say, sealing } = page;
  const declaring = declarationPart(form);
  const status = h('p', { class: 'send-status', role: 'status' });
  const trouble = h('p', { class: 'problem', role: 'alert' });
  const warning = h('p', { class: 'problem' });
  const button = h('button', { type: 'button', class: 'button is-main', onclick: () => void press() }, say('send-now'));
  let sending = false;
  /** Sent without an answer: it goes again as it was, so that it cannot count twice. */
  let pending: { text: string; sealed: Outgoing } | null = null;

  const press = async (): Promise<void> => {
    if (sending) return;
    fill(trouble);
    const signed = declaring.complete();
    if (missing(form) > 0) return parts.check();
    if (!parts.price.complete() || !signed) return;
    if (parts.files.busy()) return fill(trouble, say('send-files-first'));
    if (page.view.keys === null) return fill(trouble, say('key-none'));
    const other = otherKeyTyped(page);
    if (other) {
      fill(trouble, say('key-other'));
      return other.focus();
    }
    sending = true;
    button.setAttribute('aria-disabled', 'true');
    try {
      await send();
    } catch (error) {
      fill(status);
      fill(trouble, await undelivered(page, error));
    } finally {
      sending = false;
      button.removeAttribute('aria-disabled');
    }
  };
  const send = async (): Promise<void> => {
    const { keys } = page.view;
    const { lot } = page.rest;
    if (keys === null || lot === null) return;
    const draft: OfferDraft & { lot: string } = { answers: form.draft, ...page.rest, lot };
    const text = JSON.stringify(draft);
    if (pending?.text !== text) {
      fill(status, say('send-sealing'));
      const ready = { form: form.form, draft, signed: await declaring.declare() };
      pending = { text, sealed: await sealedOffer(sealing, { ...page.view, keys }, ready) };
    }
    const receipt = await deliver(page, pending.sealed, (done) => fill(status, done));
    pending = null;
    received(receipt);
    await page.refresh();
  };
  return {
    id: 'send',
    title: say('send'),
    element: h(
      'section',
      { class: 'section', id: 'send', 'aria-labelledby': 'send-title' },
      h('h2', { id: 'send-title', tabindex: -1 }, say('send')),
      h('p', { class: 'prose' }, say('send-about')),
      declaring.element,
      warning,
      h(
        'p',
        { class: 'actions' },
        button,
        h('button', { type: 'button', class: 'button', onclick: () => print() }, say('print')),
      ),
      status,
      trouble,
    ),
    sync: () => {
      declaring.sync();
      const standing = page.view.offers.some((one) => !one.replaced && !one.withdrawn && one.lot === page.rest.lot);
      const text = !page.view.invited
        ? say('not-invited')
        : isOver(page)
          ? say('over')
          : standing
            ? say('send-replaces')
            : '';
      if (warning.textContent !== text) warning.textContent = text;
    },
  };
}
