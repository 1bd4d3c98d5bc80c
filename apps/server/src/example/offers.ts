import { randomUUID } from 'node:crypto';
import { answerFileOf } from '@proviso/catalogue';
import {
  combineShares,
  keyOf,
  type OfferFile,
  openPassedShare,
  openShare,
  passShare,
  purchaseFingerprint,
  sealFile,
  sealOffer,
} from '@proviso/sealing';
import { passShares, recordFile, recordUpload, sharesOf, streamOf } from '@proviso/store';
import type { LinkActor } from '../http/route.ts';
import { askedForm } from '../offers/asked-form.ts';
import { receiveOffer } from '../offers/receive.ts';
import { keysOf } from '../offers/view.ts';
import { roundOf } from '../opening/keys.ts';
import { openPart } from '../opening/open.ts';
import { answersOf, type ExampleBidder } from './bidders.ts';
import type { Stage } from './stage.ts';
import { tell } from './words.ts';

/** Seals an offer as the supplier's page does, and hands it in. */
export async function bid(stage: Stage, id: string, link: LinkActor, bidder: ExampleBidder): Promise<void> {
  const { deps, language, within } = stage;
  const { purchase } = await stage.read(id);
  const [keys, asked] = await within(async (trx) => [
    await keysOf(trx, purchase),
    await askedForm(trx, id, purchase.demand?.hash ?? '', language),
  ]);
  if (!keys || !asked) throw new Error('The purchase of the example has no keys or no demand.');
  const text = tell('file.content', language, { supplier: bidder.name });
  const made = await sealFile(new File([text], tell('file', language), { type: 'text/plain' }), keys, 'quality');
  const bytes = new Uint8Array(await new Response(made.stream).arrayBuffer());
  const file: OfferFile = await made.file;
  await deps.files.put(streamOf(bytes));
  await within(async (trx) => {
    const sha256 = Buffer.from(file.sealed.sha256, 'hex');
    await recordFile(trx, deps.files, { sha256, bytes: bytes.length, media: 'application/octet-stream' });
    await recordUpload(trx, link.invitation, sha256);
  });
  const values = answersOf(bidder, asked.form, asked.file, language);
  const signed = { name: bidder.name, role: '–', date: deps.now().toISOString().slice(0, 10) };
  const price = { schema: 'proviso.price/1', amount: bidder.price, currency: 'EUR' };
  const lot = purchase.lots[0]?.id ?? '';
  const parts = await sealOffer(
    {
      binding: { purchase: id, lot, invitation: link.invitation, demand: asked.form.demand },
      parts: {
        quality: {
          answers: answerFileOf(asked.form, bidder.name, values, null),
          declaration: { ...signed, price: null },
          files: [file],
        },
        price: { answers: price, declaration: signed, files: [] },
      },
    },
    keys,
  );
  await within((trx) =>
    receiveOffer(trx, deps, link, {
      id: randomUUID(),
      lot,
      demand: asked.form.demand,
      sealedFor: { purchase: id, invitation: link.invitation, keys: purchaseFingerprint(keys) },
      parts: parts.map(({ part, bytes: sealed }) => ({ part, bytes: Buffer.from(sealed).toString('base64url') })),
      files: [file.sealed.sha256],
    }),
  );
}

/** The opening of a part by the two openers, share by share. */
export async function open(stage: Stage, id: string, part: 'quality' | 'price'): Promise<void> {
  const { people, identities, give, within } = stage;
  for (const who of ['opener', 'opener2'] as const) await give(who, id, 'opening.attend', { part });
  const { purchase } = await stage.read(id);
  const of = roundOf(purchase);
  const identity = await within(async (trx) => {
    const keys = await keysOf(trx, purchase);
    if (!keys) throw new Error('The purchase of the example has no keys.');
    const { fingerprint, recipient } = keyOf(keys, part);
    const share = async (who: 'opener' | 'opener2') => {
      const encrypted = (await sharesOf(trx, of, people[who])).find((one) => one.part === part)?.ciphertext;
      const expected = { purchase: id, part, holder: people[who], fingerprint };
      return await openShare(String(encrypted), identities[who].identity, expected);
    };
    const to = { id: people.opener2, recipient: identities.opener2.recipient };
    const [passed] = await passShare(await share('opener'), [to]);
    const encrypted = passed?.encrypted ?? '';
    const shares = [{ to: people.opener2, ciphertext: Buffer.from(encrypted) }];
    await passShares(trx, of, { part, from: people.opener, shares });
    const own = await share('opener2');
    return await combineShares(own, await openPassedShare(encrypted, identities.opener2.identity, own), recipient);
  });
  const { version } = await stage.read(id);
  await openPart(stage.deps, stage.actor('opener2'), id, { version, part, identity });
  const opened = (await stage.read(id)).purchase.openings.find((one) => one.part === part);
  await give('opener', id, 'opening.confirm', { part, hash: opened?.done?.hash });
}
