import { type Child, fill, h, type TitledPart } from '@proviso/publishing/form-client';
import { isOver, type OfferPage, troubleText } from './offer-page.ts';
import { partName } from './part-name.ts';
import { type Received, receiptOf } from './receipt.ts';
import { showReceipt } from './receipt-shown.ts';

export interface SentPart extends TitledPart {
  show(receipt: Received): void;
}

/** What was handed in, with the receipt of what was handed in last. */
export function sentPart(page: OfferPage): SentPart {
  const { say, formats } = page;
  const receipt = h('div', { class: 'receipt', tabindex: -1 });
  const list = h('div', null);
  const trouble = h('p', { class: 'problem', role: 'alert' });
  const element = h(
    'section',
    { class: 'section', id: 'sent', 'aria-labelledby': 'sent-title' },
    h('h2', { id: 'sent-title', tabindex: -1 }, say('sent-title')),
    receipt,
    list,
    trouble,
  );
  const withdraw = async (offer: string): Promise<void> => {
    if (!confirm(say('withdraw-sure'))) return;
    fill(trouble);
    try {
      await page.api.withdraw(offer);
      await page.refresh();
    } catch (error) {
      fill(trouble, troubleText(error, say));
    }
  };
  const again = async (offer: string): Promise<void> => {
    fill(trouble);
    try {
      const [signed, keys] = [await page.api.receipt(offer), await page.api.receiptKeys()];
      show(await receiptOf(page.sealing, signed, keys, []));
    } catch (error) {
      fill(trouble, troubleText(error, say));
    }
  };
  const button = (text: string, name: string, onclick: () => void): HTMLElement =>
    h('button', { type: 'button', class: 'quiet', onclick }, text, h('span', { class: 'unseen' }, `: ${name}`));
  const lotName = (id: string): string => page.view.purchase.lots.find((one) => one.id === id)?.title ?? id;
  const standing = (one: OfferPage['view']['offers'][number]): string =>
    one.withdrawn
      ? say('offer-withdrawn')
      : one.replaced
        ? say('offer-replaced')
        : say(one.late ? 'offer-late' : 'offer-counts');
  const draw = (): Child => {
    const { offers } = page.view;
    if (offers.length === 0) return h('p', { class: 'empty' }, say('sent-none'));
    return h(
      'ul',
      { class: 'sent-list' },
      offers.map((one) =>
        h(
          'li',
          null,
          h('p', null, h('strong', null, formats.moment(one.at)), ' · ', lotName(one.lot)),
          h('p', { class: 'small' }, `${standing(one)} · ${formats.bytes(one.bytes)}`),
          h(
            'p',
            { class: 'actions' },
            button(say('receipt-again'), formats.moment(one.at), () => void again(one.id)),
            !one.withdrawn &&
              !one.replaced &&
              !isOver(page) &&
              button(say('withdraw'), formats.moment(one.at), () => void withdraw(one.id)),
          ),
        ),
      ),
    );
  };
  const show = (shown: Received): void => {
    showReceipt(receipt, page, {
      heading: shown.late ? say('sent-late') : say('sent'),
      receivedAt: shown.receivedAt,
      number: [say('offer-number'), shown.offer],
      parts: shown.sealed.map(({ name, sha256 }) => ({ name: partName(say, name), sha256 })),
      file: shown.file,
    });
  };
  let drawn: unknown = null;
  return {
    id: 'sent',
    title: say('sent-title'),
    element,
    sync: () => {
      if (drawn === page.view) return;
      drawn = page.view;
      fill(list, draw());
    },
    show,
  };
}
