import { countingOffers, decide, isRefusal, linesOfLot, type Purchase } from '@proviso/procurement';
import { keyOf, recipientOf, SealingError } from '@proviso/sealing';
import {
  addOfferFiles,
  appendLog,
  insertOpeningRecord,
  openOffer as keepOpened,
  passedTo,
  readOffers,
  recordFile,
  removeUnkept,
  type TenantScope,
  VersionConflict,
  withTenant,
} from '@proviso/store';
import type { z } from 'zod';
import type { openBody } from '../contract/offering.ts';
import type { Deps } from '../http/deps.ts';
import { HttpProblem, refused } from '../http/problem.ts';
import type { Actor } from '../http/route.ts';
import { storable } from '../library/storable.ts';
import { askedForm } from '../offers/asked-form.ts';
import { readPurchase } from '../offers/read-purchase.ts';
import { keysOf } from '../offers/view.ts';
import { deciderOf, logActor } from '../purchases/actors.ts';
import { carryOut } from '../purchases/commands.ts';
import { type ReadOffer, readOffer, readPrice } from './contents.ts';
import { roundOf } from './keys.ts';
import {
  checkFiles,
  type KeptAnswers,
  type KeptPrice,
  lateLine,
  type Opened,
  openOne,
  type ToOpen,
} from './open-offers.ts';
import { signRecord } from './signed-record.ts';

type Part = 'quality' | 'price';
type Asked = z.infer<typeof openBody>;

/**
 * Opens a part of all offers that count, with the secret that two openers put together in a browser. The secret is held in memory until
 * this ends, and written nowhere. All is kept in one transaction or nothing: answers, files, the purchase's decision, the signed record.
 * @throws HttpProblem 422 `wrong-identity`, `pass-first`, `damaged-file` (500), and what procurement refuses; VersionConflict
 */
export async function openPart(deps: Deps, actor: Actor, id: string, asked: Asked): Promise<void> {
  const within = <R>(work: (trx: TenantScope) => Promise<R>): Promise<R> =>
    withTenant(deps.store.db, actor.tenant, work);
  const { purchase, openers, offers, late } = await within((trx) => prepared(trx, deps, actor, id, asked));
  const opened: Opened[] = [];
  try {
    for (const offer of offers) opened.push(await openOne(deps.files, purchase, asked.part, asked.identity, offer));
    await checkFiles(deps.files, opened);
    await within((trx) => keep(trx, deps, actor, purchase, asked.part, { opened, late, openers }));
  } catch (error) {
    await forget(deps, actor.tenant, opened);
    throw changedHere(error);
  }
}

/** Checks everything that can be checked before a single offer is opened. */
async function prepared(trx: TenantScope, deps: Deps, actor: Actor, id: string, { version, part, identity }: Asked) {
  const found = await readPurchase(trx, id);
  if (found.version !== version) throw new VersionConflict('The purchase', version, found.version);
  const { purchase } = found;
  const dry = decide(
    purchase,
    part === 'quality' ? { type: 'offers.open', input: { offers: [] } } : { type: 'price.open', input: { prices: [] } },
    { by: deciderOf(actor), at: deps.now().toISOString(), calendar: () => false },
  );
  // "All must be opened" is the last thing to be asked: everything else is well then.
  if (isRefusal(dry) && dry.code !== 'open-all') throw refused(dry);
  const keys = await keysOf(trx, purchase);
  if (!keys || (await recipientOf(identity).catch(() => null)) !== keyOf(keys, part).recipient)
    throw new HttpProblem(422, 'wrong-identity', { where: 'identity' });
  const present = presentIn(purchase, part);
  const passers = (await passedTo(trx, roundOf(purchase), holderOf(purchase, actor.id)))
    .filter((one) => one.part === part && present.includes(one.fromPerson))
    .map(({ fromPerson }) => fromPerson);
  if (passers.length === 0) throw new HttpProblem(422, 'pass-first');
  const rows = new Map((await readOffers(trx, id)).map((row) => [row.id, row]));
  const toOpen = (list: Purchase['offers']): ToOpen[] =>
    list.flatMap((offer) => {
      const row = rows.get(offer.id);
      return row ? [{ offer, row }] : [];
    });
  const counting = countingOffers(purchase).filter(({ opened }) => part === 'quality' || opened?.contents);
  const tooLate = purchase.offers.filter((one) => one.late && one.round === purchase.round);
  return {
    purchase,
    openers: [...new Set([actor.id, ...passers])],
    offers: toOpen(counting),
    late: part === 'quality' ? toOpen(tooLate) : [],
  };
}

/** Who said they are at the opening of this part, in this round. */
export function presentIn({ openings, round }: Purchase, part: Part): string[] {
  const session = openings.find((one) => one.part === part && one.round === round);
  return (session?.present ?? []).map(({ person }) => person);
}

/** Under which name a person holds shares: as an opener her own, else the recovery share (null). */
export function holderOf({ openers, recovery }: Purchase, person: string): string | null {
  return recovery === person && !openers.includes(person) ? null : person;
}

interface Outcome {
  opened: readonly Opened[];
  late: readonly ToOpen[];
  openers: readonly string[];
}

async function keep(
  trx: TenantScope,
  deps: Deps,
  actor: Actor,
  before: Purchase,
  part: Part,
  { opened, late, openers }: Outcome,
): Promise<void> {
  const input =
    part === 'quality'
      ? { offers: await keepAnswers(trx, deps, before, opened) }
      : { prices: await keepPrices(trx, deps, opened) };
  const type = part === 'quality' ? 'offers.open' : 'price.open';
  const { purchase } = await carryOut(trx, deps, actor, before.id, null, { type, input });
  const keys = await keysOf(trx, before);
  const record = signRecord(
    {
      schema: 'proviso.opening/1',
      purchase: before.id,
      part,
      fingerprint: keys ? keyOf(keys, part).fingerprint : '',
      openedAt: new Date(purchase.updated).toISOString(),
      openers: [...openers],
      offers: [...opened.map(({ line }) => line), ...late.map((one) => lateLine(one, part))],
    },
    deps.receiptKey,
  );
  await insertOpeningRecord(trx, {
    purchase: before.id,
    round: purchase.round,
    part,
    record,
    sha256: Buffer.from(record.sha256, 'hex'),
  });
  await appendLog(trx, {
    actor: logActor(actor),
    action: 'opening.recorded',
    subject: { type: 'purchase', id: before.id },
    content: { part, record: record.sha256, signature: record.signature },
  });
}

/** Writes down what the offers say; gives what the decision needs of it. */
async function keepAnswers(trx: TenantScope, deps: Deps, purchase: Purchase, opened: readonly Opened[]) {
  const apart = purchase.plan?.priceApart === true;
  const decided: { offer: string; contents: unknown; problem: string | null; price: number | null }[] = [];
  for (const one of opened) {
    const read = one.part && (await readIt(trx, purchase, one));
    const problem = one.problem ?? read?.problem ?? null;
    const well = read?.problem === null ? read : null;
    const kept: KeptAnswers = {
      schema: 'proviso.opened/1',
      problem,
      answers: well?.answers ?? null,
      declaration: one.part?.declaration ?? null,
      files: one.files,
      submission: one.part?.submission ?? null,
      others: one.part?.others ?? [],
    };
    await keepFiles(trx, deps, one);
    await keepOpened(trx, one.row.id, one.row.version, { at: deps.now(), answers: storable(kept) });
    const price = well && !apart ? well.price : null;
    decided.push({ offer: one.offer.id, contents: storable(well?.contents ?? null), problem, price });
  }
  return decided;
}

async function readIt(trx: TenantScope, purchase: Purchase, { offer, part }: Opened): Promise<ReadOffer> {
  const asked = part && (await askedForm(trx, purchase.id, offer.demand, purchase.description.language));
  return part && asked ? readOffer(part, asked, linesOfLot(purchase, offer.lot)) : { problem: 'wrong-demand' };
}

async function keepPrices(trx: TenantScope, deps: Deps, opened: readonly Opened[]) {
  const prices: { offer: string; price: number | null }[] = [];
  for (const one of opened) {
    const { offer, row, part, problem } = one;
    const amount = part && readPrice(part);
    const price: KeptPrice = {
      schema: 'proviso.opened-price/1',
      amount,
      problem: problem ?? (amount === null ? 'no-price' : null),
      files: one.files,
    };
    await keepFiles(trx, deps, one);
    await keepOpened(trx, row.id, row.version, { at: deps.now(), price: storable(price) });
    prices.push({ offer: offer.id, price: amount });
  }
  return prices;
}

async function keepFiles(trx: TenantScope, deps: Deps, { row, files }: Opened): Promise<void> {
  const kept = files.filter((file) => file.kept);
  // What a browser is told of it comes from its bytes, never from the supplier.
  for (const { sha256, bytes } of kept)
    await recordFile(trx, deps.files, { sha256: Buffer.from(sha256, 'hex'), bytes, media: 'application/octet-stream' });
  const named = kept.map(({ sha256 }) => ({ name: `opened ${sha256}`, sha256: Buffer.from(sha256, 'hex') }));
  await addOfferFiles(trx, row.id, named);
}

/** Takes back the files that an opening has laid down when the rest of it could not be kept. */
async function forget({ store, files }: Deps, tenant: string, opened: readonly Opened[]): Promise<void> {
  for (const { sha256, kept } of opened.flatMap((one) => one.files)) {
    if (!kept) continue;
    await withTenant(store.db, tenant, (trx) => removeUnkept(trx, files, Buffer.from(sha256, 'hex')));
  }
}

/** An offer that was received and is not here as it came: nobody's offer is opened then. */
function changedHere(error: unknown): unknown {
  const { code } = error as { code?: unknown };
  const lost = (error instanceof SealingError && code === 'changed') || code === 'no-file' || code === 'damaged-file';
  return lost ? new HttpProblem(500, 'damaged-file') : error;
}
