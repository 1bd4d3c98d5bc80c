import { isRevealed, may, type Purchase } from '@proviso/procurement';
import {
  type ChainEntry,
  type FileStore,
  getSupplier,
  listComments,
  listPeople,
  logHead,
  openingRecords,
  readLog,
  readOffers,
  type TenantScope,
  withTenant,
} from '@proviso/store';
import { csvLine } from '@proviso/study';
import { filesOf } from '../evaluation/view.ts';
import type { Deps } from '../http/deps.ts';
import type { Actor } from '../http/route.ts';
import { keptOf } from '../library/kept-reading.ts';
import { tenantOf } from '../messages/tenant.ts';
import { readPurchase } from '../offers/read-purchase.ts';
import type { Manifest } from '../offers/receive.ts';
import type { KeptAnswers } from '../opening/open-offers.ts';
import { deciderOf } from '../purchases/actors.ts';
import { scoresOf } from '../purchases/rows.ts';
import { visible } from '../purchases/view.ts';
import { dossierPage } from './dossier-page.ts';
import { safeName, type ZipFile } from './zip.ts';

/** Everything of a purchase that is written down beside its files. */
export interface Dossier {
  buyer: string;
  purchase: Purchase;
  people: Record<string, string>;
  suppliers: Record<string, string>;
  made: string;
}

/**
 * A purchase as an archive that needs no Proviso to be read: documents as JSON, files as they came, the entries of the log, and one page of
 * HTML. What the asker may not see (sealed offers, offers near a conflict, blind scores) is not in it, and the page says so.
 */
export async function dossierOf(deps: Deps, actor: Actor, id: string): Promise<{ name: string; files: ZipFile[] }> {
  return await withTenant(deps.store.db, actor.tenant, async (trx) => {
    const { purchase: whole } = await readPurchase(trx, id);
    const at = deps.now().toISOString();
    const purchase = visible(whole, deciderOf(actor), at);
    const people = Object.fromEntries((await listPeople(trx)).map((one) => [one.id, one.name ?? '(erased)']));
    const dossier: Dossier = {
      buyer: (await tenantOf(trx)).name,
      purchase,
      people,
      suppliers: await suppliersOf(trx, purchase),
      made: at,
    };
    const files: ZipFile[] = [
      { name: 'index.html', content: dossierPage(dossier) },
      { name: 'purchase.json', content: json(dossier) },
      { name: 'comments.json', content: json(await listComments(trx, id)) },
      ...(await demandFiles(trx, id)),
      ...(await offerFiles(trx, deps.files, purchase)),
      ...(await scoreFiles(trx, whole, purchase)),
      ...(await documentFiles(trx, deps.files, id)),
      { name: 'openings.json', content: json(await openingRecords(trx, id)) },
      // Entries tell who has bid, by their links: for who may read the log.
      ...(may(actor.roles, 'log.read') ? await logFiles(trx, id) : []),
    ];
    const { reference, title } = purchase.description;
    return { name: safeName(`${reference ?? ''} ${title}`.trim(), 'dossier'), files };
  });
}

const json = (value: unknown): string =>
  `${JSON.stringify(value, (_, one: unknown) => (one instanceof Uint8Array ? Buffer.from(one).toString('hex') : plain(one)), 2)}\n`;

/** A buffer has turned itself into an object by the time it is asked about. */
function plain(value: unknown): unknown {
  const { type, data } = (value ?? {}) as { type?: unknown; data?: unknown };
  return type === 'Buffer' && Array.isArray(data) ? Buffer.from(data as number[]).toString('hex') : value;
}

async function suppliersOf(trx: TenantScope, { offers, requests }: Purchase): Promise<Record<string, string>> {
  const names: Record<string, string> = {};
  for (const id of new Set([...offers, ...requests].map(({ supplier }) => supplier)))
    names[id] = (await getSupplier(trx, id))?.name ?? '';
  return names;
}

async function demandFiles(trx: TenantScope, purchase: string): Promise<ZipFile[]> {
  const rows = await trx
    .selectFrom('demandVersion')
    .select(['n', 'file'])
    .where('purchase', '=', purchase)
    .orderBy('n')
    .execute();
  return rows.map(({ n, file }) => ({ name: `demand/${n}.json`, content: json(file) }));
}

/** Of each offer that may be seen: its receipt, what it says, its files. */
async function offerFiles(trx: TenantScope, files: FileStore, { id, offers }: Purchase): Promise<ZipFile[]> {
  const rows = new Map((await readOffers(trx, id)).map((row) => [row.id, row]));
  return offers.flatMap((offer): ZipFile[] => {
    const row = rows.get(offer.id);
    if (!row) return [];
    const folder = `offers/${offer.id}`;
    const { receipt } = row.manifest as Manifest;
    const receiptFile = { name: `${folder}/receipt.json`, content: json(receipt) };
    const kept = row.answers as KeptAnswers | null;
    if (!offer.opened?.contents || !kept) return [receiptFile];
    const { files: _, ...said } = kept;
    const evidence = filesOf(row);
    return [
      receiptFile,
      { name: `${folder}/answers.json`, content: json({ ...said, price: offer.price, files: evidence }) },
      ...evidence
        .filter((file) => file.kept)
        .map((file, i) => ({
          name: `${folder}/files/${i + 1} ${safeName(file.name, 'file')}`,
          content: () => files.get(file.sha256),
        })),
    ];
  });
}

/** Scores and what was agreed, of lots in which nobody scores blind any more and whose offers the asker may read. */
async function scoreFiles(trx: TenantScope, whole: Purchase, seen: Purchase): Promise<ZipFile[]> {
  const { scores, consensus } = await scoresOf(trx, whole.id);
  const readable = new Set(
    seen.offers
      .filter(({ opened, lot }) => opened?.contents && (whole.state !== 'opened' || isRevealed(whole, lot)))
      .map(({ id }) => id),
  );
  const own = scores.filter(({ offer }) => readable.has(offer));
  const agreed = consensus.filter(({ offer }) => readable.has(offer));
  const head = ['offer', 'requirement', 'who', 'value', 'reason', 'at', 'kind'];
  const lines = [
    head,
    ...own.map((row) => [
      row.offer,
      row.requirement,
      row.evaluator,
      String(row.value),
      row.reason ?? '',
      row.at,
      'score',
    ]),
    ...agreed.map((row) => [row.offer, row.requirement, row.by, String(row.value), row.reason, row.at, 'agreed']),
  ];
  return [
    { name: 'scores.json', content: json({ scores: own, consensus: agreed }) },
    // Begins with a mark by which spreadsheets know UTF-8.
    { name: 'scores.csv', content: `\uFEFF${lines.map(csvLine).join('')}` },
  ];
}

async function documentFiles(trx: TenantScope, files: FileStore, purchase: string): Promise<ZipFile[]> {
  const rows = await trx
    .selectFrom('document')
    .select(['id', 'name', 'sha256', 'reading'])
    .where('purchase', '=', purchase)
    .orderBy('at')
    .execute();
  return rows.flatMap((row, i): ZipFile[] => [
    {
      name: `documents/${i + 1} ${safeName(row.name, 'document')}`,
      content: () => files.get(row.sha256.toString('hex')),
    },
    { name: `documents/${i + 1}.reading.json`, content: json(keptOf(row)?.reading ?? null) },
  ]);
}

/** The whole chain without its words, so that it can be verified; and the words of the entries on this purchase. */
async function logFiles(trx: TenantScope, purchase: string): Promise<ZipFile[]> {
  const chain: string[] = [];
  const own: ChainEntry[] = [];
  for await (const entry of readLog(trx)) {
    chain.push(JSON.stringify({ ...entry, content: null }));
    if (entry.subjectType === 'purchase' && entry.subjectId === purchase) own.push(entry);
  }
  return [
    { name: 'log/chain.ndjson', content: `${chain.join('\n')}\n` },
    { name: 'log/head.json', content: json(await logHead(trx)) },
    { name: 'log/purchase.json', content: json(own) },
  ];
}
