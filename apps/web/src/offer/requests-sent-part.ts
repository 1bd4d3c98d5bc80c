import { fill, h, type TitledPart } from '@proviso/publishing/form-client';
import type { RequestReceipt, Signed } from '@proviso/sealing';
import type { SignedRequestReceipt } from 'proviso-server/contract';
import { asksFirst, type LinkPage, troubleText } from './offer-page.ts';
import { showReceipt } from './receipt-shown.ts';

/** What a request was made of, as it was sent. */
export interface Sent {
  name: string;
  sha256: string;
  size: number;
}

export interface RequestsSentPart extends TitledPart {
  /** Checks the receipt of what was just sent, and shows it. @throws SealingError */
  show(given: SignedRequestReceipt, sent: readonly Sent[]): Promise<RequestReceipt>;
}

/** Requests to take part that were handed in, with the receipt of the one that was asked for last. */
export function requestsSentPart(page: LinkPage): RequestsSentPart {
  const { say, formats, sealing } = page;
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
  const show = async (given: SignedRequestReceipt, sent: readonly Sent[]): Promise<RequestReceipt> => {
    const said = await sealing.verifyRequestReceipt(given, (await page.api.receiptKeys()) as never);
    const missing = sealing.missingIn({ sealed: said.received }, sent);
    if (missing.length > 0)
      throw new sealing.SealingError('not-a-receipt', `Not in the receipt: ${missing.join(', ')}.`);
    const { key, signature } = given;
    const file: Signed<RequestReceipt> = { receipt: said, key, signature };
    showReceipt(receipt, page, {
      heading: said.late ? say('request-received-late') : say('request-received'),
      receivedAt: said.receivedAt,
      number: [say('request-id'), said.request],
      parts: said.received,
      file,
    });
    return said;
  };
  const again = async (request: string): Promise<void> => {
    fill(trouble);
    try {
      await show(await page.api.requestReceipt(request), []);
    } catch (error) {
      fill(trouble, troubleText(error, say));
    }
  };
  let drawn: unknown = null;
  return {
    id: 'sent',
    title: say('sent-title'),
    element,
    show,
    sync: () => {
      if (drawn === page.view) return;
      drawn = page.view;
      const requests = page.view.selection?.requests ?? [];
      fill(
        list,
        requests.length === 0
          ? h('p', { class: 'empty' }, say('sent-none'))
          : h(
              'ul',
              { class: 'sent-list' },
              requests.map((one) =>
                h(
                  'li',
                  null,
                  h(
                    'p',
                    null,
                    h('strong', null, formats.moment(one.at)),
                    ' · ',
                    say(standingOf(one, asksFirst(page.view))),
                  ),
                  h(
                    'p',
                    { class: 'actions' },
                    h(
                      'button',
                      { type: 'button', class: 'quiet', onclick: () => void again(one.id) },
                      say('receipt-again'),
                      h('span', { class: 'unseen' }, `: ${formats.moment(one.at)}`),
                    ),
                  ),
                ),
              ),
            ),
      );
    },
  };
}

const standingOf = ({ late, replaced }: { late: boolean; replaced: boolean }, open: boolean): string =>
  late ? 'request-late' : replaced ? 'request-replaced' : open ? 'request-counts' : 'request-decided';
