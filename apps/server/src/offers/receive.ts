import { randomUUID } from 'node:crypto';
import type { SentOffer } from '@proviso/dossier';
import type { Purchase } from '@proviso/procurement';
import {
  checkSealedFor,
  purchaseFingerprint,
  type ReceiptPrivateKey,
  SealingError,
  type SignedReceipt,
  sha256Hex,
  signReceipt,
} from '@proviso/sealing';
import { getOffer, insertOffer, recordFile, streamOf, type TenantScope, uploadsOf } from '@proviso/store';
import type { z } from 'zod';
import type { submitBody } from '../contract/offering.ts';
import type { Deps } from '../http/deps.ts';
import { HttpProblem } from '../http/problem.ts';
import type { LinkActor } from '../http/route.ts';
import { carryOut } from '../purchases/commands.ts';
import { earlierDemands } from './earlier-demands.ts';
import { readPurchase } from './read-purchase.ts';
import { checkSealedBytes, LARGEST_SEALED_JSON } from './sealed.ts';
import { keysOf } from './view.ts';

type Part = 'quality' | 'price';
interface Sealed {
  sha256: string;
  size: number;
}

/** What is kept of an offer beside its row: every ciphertext by hash, and the receipt that was given for it. */
export interface Manifest extends SentOffer {
  schema: 'proviso.manifest/1';
  demand: string;
  parts: (Sealed & { part: Part })[];
  files: Sealed[];
  receipt: SignedReceipt;
}

/**
 * Takes an offer in: checks that it is sealed, of the purchase's own parts, and that its files came by the same link; keeps it, decides whether
 * it is late, signs the receipt. All in the caller's transaction: the receipt leaves after the commit. The very same offer sent again, after
 * a lost answer, gets the same receipt.
 * @throws HttpProblem 422 `wrong-parts`, `not-sealed`, `wrong-purchase`, `wrong-invitation`, `other-keys`, `file-not-sent`, `offer-id-taken`, `demand-corrected`, and what procurement refuses
 */
export async function receiveOffer(
  trx: TenantScope,
  deps: Deps,
  actor: LinkActor,
  body: z.infer<typeof submitBody>,
): Promise<SignedReceipt> {
  // Received is when all of it is here; waiting for others' transactions makes no offer late.
  const received = deps.now();
  const parts = body.parts.map(({ part, bytes }) => ({ part, bytes: bytesOf(bytes) }));
  for (const { bytes } of parts) checkSealedBytes(bytes);
  const hashed = parts.map(({ part, bytes }) => ({ part, sha256: sha256Hex(bytes), size: bytes.length }));
  const earlier = await getOffer(trx, body.id);
  if (earlier) return receiptAgain(earlier, actor, hashed);
  const { purchase } = await readPurchase(trx, actor.purchase);
  await checkParts(trx, actor, purchase, body, hashed);
  const files = await filesSent(trx, actor, body.files);
  for (const { bytes } of parts) await deps.files.put(streamOf(bytes));
  for (const { sha256, size } of hashed)
    await recordFile(trx, deps.files, {
      sha256: Buffer.from(sha256, 'hex'),
      bytes: size,
      media: 'application/octet-stream',
    });
  const sealed = [...hashed, ...files];
  const given = await carryOut(trx, { ...deps, now: () => received }, actor, actor.purchase, null, {
    type: 'offer.submit',
    input: {
      id: body.id,
      lot: body.lot,
      invitation: actor.invitation,
      hashes: hashed.map(({ sha256 }) => sha256),
      bytes: sealed.reduce((sum, { size }) => sum + size, 0),
      demand: body.demand,
    },
  }).catch(async (error: unknown) => {
    // Sent twice at once: the other one was first.
    const first = error instanceof HttpProblem && error.problem.code === 'twice' && (await getOffer(trx, body.id));
    if (first) return receiptAgain(first, actor, hashed);
    throw olderForm(error, purchase, body.demand);
  });
  if ('receipt' in given) return given;
  const offer = given.purchase.offers.find(({ id }) => id === body.id);
  if (!offer) throw new Error('The offer was decided on and is not there.');
  const receipt = await signReceipt(
    {
      schema: 'proviso.receipt/1',
      purchase: actor.purchase,
      lot: offer.lot,
      invitation: actor.invitation,
      offer: offer.id,
      sealed: [
        ...hashed.map(({ part, ...one }) => ({ name: part, ...one })),
        ...files.map((one, i) => ({ name: `file-${i + 1}`, ...one })),
      ],
      receivedAt: new Date(offer.at).toISOString(),
      late: offer.late,
    },
    deps.receiptKey as ReceiptPrivateKey,
  );
  const manifest: Manifest = {
    schema: 'proviso.manifest/1',
    demand: body.demand,
    parts: hashed,
    files,
    receipt,
  };
  const [first] = hashed;
  await insertOffer(trx, {
    id: offer.id,
    purchase: actor.purchase,
    lot: offer.lot,
    round: offer.round,
    supplier: actor.supplier,
    invitation: actor.invitation,
    receivedAt: offer.at,
    late: offer.late,
    sha256: Buffer.from(first?.sha256 ?? '', 'hex'),
    bytes: offer.bytes,
    manifest,
    files: [
      ...hashed.slice(1).map(({ part, sha256 }) => ({ name: `sealed ${part}`, sha256: Buffer.from(sha256, 'hex') })),
      ...files.map(({ sha256 }) => ({ name: `sealed ${sha256}`, sha256: Buffer.from(sha256, 'hex') })),
    ],
  });
  return receipt;
}

/** An offer to what was published before says what was changed since, so that its supplier knows what to look at. */
function olderForm(error: unknown, purchase: Purchase, demand: string): unknown {
  if (!(error instanceof HttpProblem) || error.problem.code !== 'demand-changed') return error;
  const earlier = earlierDemands(purchase).find((one) => one.demand === demand);
  if (!earlier) return error;
  const { corrections, added, removed } = earlier;
  return new HttpProblem(422, 'demand-corrected', {
    where: 'demand',
    values: {
      reasons: corrections.map(({ at, reason }) => `${at.slice(0, 10)}: ${reason}`).join(' · '),
      added: added.join(', ') || '–',
      removed: removed.join(', ') || '–',
    },
  });
}

/** Base64url without padding, and nothing else: `Buffer` alone would skip what it does not know. */
function bytesOf(text: string): Buffer {
  if (text.length > Math.ceil((LARGEST_SEALED_JSON * 4) / 3)) throw new HttpProblem(413, 'too-large');
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.toString('base64url') !== text) throw new HttpProblem(422, 'not-sealed', { where: 'parts' });
  return bytes;
}

function receiptAgain(
  earlier: NonNullable<Awaited<ReturnType<typeof getOffer>>>,
  actor: LinkActor,
  hashed: readonly (Sealed & { part: Part })[],
): SignedReceipt {
  const { parts, receipt } = earlier.manifest as Manifest;
  const same =
    earlier.invitation === actor.invitation &&
    parts.length === hashed.length &&
    parts.every(({ part, sha256 }) => hashed.some((one) => one.part === part && one.sha256 === sha256));
  // Whose it is stays unsaid.
  if (!same) throw new HttpProblem(422, 'offer-id-taken', { where: 'id' });
  return receipt;
}

/**
 * Exactly the parts that the purchase has keys for, the quality first, and sealed for this purchase, link and key as far as the sender says.
 * The demand is not compared here: a late offer may answer an older one.
 */
async function checkParts(
  trx: TenantScope,
  { invitation }: LinkActor,
  purchase: Purchase,
  { demand, sealedFor }: z.infer<typeof submitBody>,
  sent: readonly { part: Part }[],
): Promise<void> {
  const keys = purchase.notice && (await keysOf(trx, purchase));
  if (!keys) throw new HttpProblem(422, 'not-published');
  try {
    const expected = { purchase: purchase.id, invitation, keys: purchaseFingerprint(keys) };
    checkSealedFor({ demand, ...sealedFor }, expected);
  } catch (error) {
    if (!(error instanceof SealingError)) throw error;
    throw new HttpProblem(422, error.code, { where: 'sealedFor' });
  }
  const wanted = keys.parts.map(({ part }) => part);
  const names = sent.map(({ part }) => part);
  if (names.length !== wanted.length || !wanted.every((part) => names.includes(part)) || names[0] !== 'quality')
    throw new HttpProblem(422, 'wrong-parts', { where: 'parts', values: { parts: wanted.join(', ') } });
}

/** The files that an offer names, each sent by its own link before. */
async function filesSent(trx: TenantScope, actor: LinkActor, named: readonly string[]): Promise<Sealed[]> {
  const sent = new Map((await uploadsOf(trx, actor.invitation)).map((one) => [one.sha256.toString('hex'), one.bytes]));
  return [...new Set(named)].map((sha256) => {
    const size = sent.get(sha256);
    if (size === undefined) throw new HttpProblem(422, 'file-not-sent', { where: 'files', values: { sha256 } });
    return { sha256, size };
  });
}

/** A supplier withdraws its offer before the closing. What was received stays, and its receipt. */
export async function withdrawOffer(trx: TenantScope, deps: Deps, actor: LinkActor, offer: string): Promise<void> {
  await carryOut(trx, deps, actor, actor.purchase, null, { type: 'offer.withdraw', input: { offer } });
}

/** A question to the buyer; gives its id. */
export async function askQuestion(trx: TenantScope, deps: Deps, actor: LinkActor, text: string): Promise<string> {
  const id = randomUUID();
  await carryOut(trx, deps, actor, actor.purchase, null, { type: 'question.ask', input: { id, text } });
  return id;
}

/** The receipt of an offer of this supplier. @throws HttpProblem 404, also for the offers of others */
export async function receiptOf(trx: TenantScope, actor: LinkActor, offer: string): Promise<SignedReceipt> {
  const found = await getOffer(trx, offer);
  if (found?.supplier !== actor.supplier || found.purchase !== actor.purchase) throw new HttpProblem(404, 'not-found');
  return (found.manifest as Manifest).receipt;
}
