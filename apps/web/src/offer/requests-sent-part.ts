import { fileName, fill, h, save, type TitledPart } from '@proviso/publishing/form-client';
import type { RequestReceipt, Signed } from '@proviso/sealing';
import type { SignedRequestReceipt } from 'proviso-server/contract';
import { asksFirst, type LinkPage, troubleText } from './offer-page.ts';

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
    const name = fileName([say('receipt-name'), page.view.purchase.reference ?? page.view.purchase.title], 'json');
    fill(
      receipt,
      h('h3', null, said.late ? say('request-received-late') : say('request-received')),
      h('p', null, say('receipt-checked')),
      h(
        'dl',
        { class: 'facts' },
        h('dt', null, say('received-at')),
        h('dd', null, formats.moment(said.receivedAt)),
        h('dt', null, say('request-id')),
        h('dd', null, h('code', null, said.request)),
        said.received.map((one) => [h('dt', null, one.name), h('dd', null, h('code', null, one.sha256))]),
      ),
      h(
        'p',
        { class: 'actions' },
        h(
          'button',
          {
            type: 'button',
            class: 'button is-main',
            onclick: () => save(name, 'application/json', `${JSON.stringify(file, null, 2)}\n`),
          },
          say('receipt-save'),
        ),
      ),
      h('p', { class: 'small' }, say('receipt-why')),
    );
    receipt.scrollIntoView({ block: 'nearest' });
    receipt.focus({ preventScroll: true });
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
