import { type Child, fileName, fill, h, save, type TitledPart } from '@proviso/publishing/form-client';
import type { SealedOffer } from '@proviso/sealing';
import { deliver, undelivered } from './deliver.ts';
import { isOver, type OfferPage, troubleText } from './offer-page.ts';
import type { Received } from './receipt.ts';
import { type Outgoing, outgoing } from './sealed-offer.ts';

/** What `readSealedOffer` and `checkSealedFor` refuse; a message `sealed-CODE` each. */
const REFUSALS = [
  'not-a-sealed-offer',
  'cut-short',
  'changed',
  'not-sealed',
  'too-big',
  'wrong-purchase',
  'other-keys',
  'wrong-demand',
  'wrong-invitation',
  'wrong-lot',
];

/** A file that was read and may be sent; sent again without an answer, it goes as it was, so that it cannot count twice. */
interface Chosen {
  name: string;
  offer: SealedOffer & { lot: string };
  pending: Outgoing | null;
}

/** The form to take away, and the way back for what it sealed. */
export function offlinePart(page: OfferPage, received: (receipt: Received) => void): TitledPart {
  const { say, formats, sealing, api } = page;
  let chosen: Chosen | null = null;
  let sending = false;
  const saved = h('p', { class: 'small', role: 'status' });
  const formTrouble = h('p', { class: 'problem', role: 'alert' });
  const status = h('p', { class: 'send-status', role: 'status' });
  const trouble = h('p', { class: 'problem', role: 'alert', id: 'sealed-trouble' });
  const found = h('div', { class: 'file-result', tabindex: -1 });
  const bar = h('progress', { max: 1, value: 0, hidden: true, 'aria-label': say('send-sending') });

  const saveForm = async (): Promise<void> => {
    fill(formTrouble);
    try {
      const { reference, title } = page.view.purchase;
      // The number in the name is what the form fills in by itself; its content is the same for everyone.
      const name = fileName([say('offline-name'), (reference ?? title).slice(0, 25), page.view.invitation], 'html');
      save(name, 'text/html', await api.offlineForm());
      fill(saved, say('offline-saved', { file: name }));
    } catch (error) {
      fill(formTrouble, troubleText(error, say));
    }
  };

  const refusal = (error: unknown): string => {
    const { code } = (error ?? {}) as { code?: unknown };
    return typeof code === 'string' && REFUSALS.includes(code) ? say(`sealed-${code}`) : troubleText(error, say);
  };
  /** What was corrected since the form was published that a file answers. */
  const since = (demand: string, error: unknown): Child => {
    const earlier = page.view.earlier.find((one) => one.demand === demand);
    if (!earlier || (error as { code?: unknown } | null)?.code !== 'wrong-demand') return null;
    const reasons = earlier.corrections.map(({ at, reason }) => `${formats.moment(at)}: ${reason}`).join(' · ');
    const ids = (id: string, list: readonly string[]): string =>
      list.length === 0 ? '' : ` ${say(id, { ids: list.join(', ') })}`;
    return h(
      'span',
      { class: 'keep-lines' },
      ` ${say('sealed-since', { reasons })}${ids('sealed-added', earlier.added)}${ids('sealed-removed', earlier.removed)}`,
    );
  };
  const take = async (file: File | undefined): Promise<void> => {
    if (!file || sending) return;
    chosen = null;
    fill(found);
    fill(trouble);
    fill(status, say('sealed-reading'));
    let demand = '';
    try {
      const offer = await sealing.readSealedOffer(file);
      demand = offer.demand;
      const { view } = page;
      if (!view.keys) throw Object.assign(new Error('no keys'), { code: 'other-keys' });
      const keys = sealing.purchaseFingerprint(view.keys);
      const expected = { purchase: view.purchase.id, keys, demand: view.demand, invitation: view.invitation };
      sealing.checkSealedFor(offer, expected);
      const lot = view.purchase.lots.find(({ id }) => id === offer.lot)?.id;
      if (lot === undefined) throw Object.assign(new Error('no lot'), { code: 'wrong-lot' });
      chosen = { name: file.name, offer: { ...offer, lot }, pending: null };
      fill(status, say('sealed-checked'));
      fill(found, summary(chosen));
      found.focus();
    } catch (error) {
      fill(status);
      fill(trouble, file.name, ': ', refusal(error), since(demand, error));
    }
  };

  const press = async (): Promise<void> => {
    if (sending || !chosen) return;
    sending = true;
    fill(trouble);
    button.setAttribute('aria-disabled', 'true');
    try {
      const receipt = await send(chosen);
      chosen = null;
      fill(found);
      received(receipt);
      await page.refresh();
    } catch (error) {
      fill(status);
      fill(trouble, await undelivered(page, error));
    } finally {
      sending = false;
      bar.hidden = true;
      button.removeAttribute('aria-disabled');
    }
  };
  const send = async (one: Chosen): Promise<Received> => {
    const { contents, files } = one.offer;
    const all = Math.max(
      1,
      files.reduce((sum, { size }) => sum + size, 0),
    );
    let before = 0;
    fill(status, say('send-sending'));
    bar.hidden = contents.length === 0;
    for (const [i, content] of contents.entries()) {
      const kept = await api.putFile(content, (gone) => {
        bar.value = (before + gone) / all;
      });
      if (kept.sha256 !== files[i]?.sha256) throw Object.assign(new Error('changed'), { code: 'file-changed' });
      before += content.size;
    }
    one.pending ??= outgoing(one.offer);
    return deliver(page, one.pending, (text) => fill(status, text));
  };

  const button = h(
    'button',
    { type: 'button', class: 'button is-main', onclick: () => void press() },
    say('sealed-send'),
  );
  const warning = ({ offer }: Chosen): string => {
    const stands = page.view.offers.some((one) => !one.replaced && !one.withdrawn && one.lot === offer.lot);
    return isOver(page) ? say('over') : stands ? say('send-replaces') : '';
  };
  const summary = (one: Chosen): Child => {
    const { lots } = page.view.purchase;
    const size = [...one.offer.parts, ...one.offer.files].reduce((sum, { size: bytes }) => sum + bytes, 0);
    const facts: [string, string][] = [
      [say('sealed-file'), one.name],
      ...(lots.length > 1
        ? [[say('lot'), lots.find(({ id }) => id === one.offer.lot)?.title ?? ''] as [string, string]]
        : []),
      [say('files-title'), String(one.offer.files.length)],
      [say('sealed-size'), formats.bytes(size)],
    ];
    const warned = warning(one);
    return [
      h(
        'dl',
        { class: 'facts' },
        facts.map(([term, text]) => [h('dt', null, term), h('dd', null, text)]),
      ),
      warned !== '' && h('p', { class: 'problem' }, warned),
      h('p', { class: 'actions' }, button),
      bar,
    ];
  };

  const input = h('input', {
    type: 'file',
    id: 'sealed-file',
    accept: '.sealed',
    'aria-describedby': 'sealed-file-help sealed-trouble',
    onchange: () => {
      const [file] = input.files ?? [];
      void take(file).then(() => {
        input.value = '';
      });
    },
  });
  const hold = (event: Event, over: boolean): void => {
    event.preventDefault();
    drop.classList.toggle('is-over', over);
  };
  const drop = h(
    'div',
    {
      class: 'drop choose',
      ondragover: (event) => hold(event, true),
      ondragleave: (event) => hold(event, false),
      ondrop: (event) => {
        hold(event, false);
        void take((event as DragEvent).dataTransfer?.files[0]);
      },
    },
    h('label', { for: 'sealed-file' }, say('sealed-choose')),
    h('p', { class: 'help', id: 'sealed-file-help' }, say('sealed-choose-help')),
    input,
  );
  const element = h(
    'section',
    { class: 'section', id: 'offline', 'aria-labelledby': 'offline-title' },
    h('h2', { id: 'offline-title', tabindex: -1 }, say('offline-title')),
    h('p', { class: 'prose' }, say('offline-about')),
    h('dl', { class: 'facts' }, h('dt', null, say('invitation')), h('dd', null, h('code', null, page.view.invitation))),
    h(
      'p',
      { class: 'actions' },
      h('button', { type: 'button', class: 'button', onclick: () => void saveForm() }, say('offline-save')),
    ),
    saved,
    formTrouble,
    drop,
    status,
    trouble,
    found,
  );
  return { id: 'offline', title: say('offline-title'), element, sync: () => {} };
}
