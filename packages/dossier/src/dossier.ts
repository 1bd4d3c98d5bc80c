import { biddersKnown, isRevealed, type Purchase } from '@proviso/procurement';
import {
  type ChainEntry,
  type FileStore,
  getSupplier,
  listComments,
  listPeople,
  logHead,
  openingRecords,
  purchaseFiles,
  readLog,
  readOffers,
  readRequests,
  scoresOf,
  type TenantScope,
} from '@proviso/store';
import { csvLine } from '@proviso/study/csv';
import { filesOf, type SentOffer } from './kept.ts';
import { liveChecks } from './live-checks.ts';
import { dossierPage } from './page.ts';
import { safeName, type ZipFile } from './zip.ts';

/** Everything of a purchase that is written down beside its files. */
export interface Dossier {
  buyer: string;
  purchase: Purchase;
  people: Record<string, string>;
  suppliers: Record<string, string>;
  made: string;
}

/** What of a purchase gets into a dossier. */
export interface DossierView {
  /** The purchase as whoever asks may see it: what is not in it gets into no file. */
  purchase: Purchase;
  /** The log, too: its entries tell who has bid, by their links. */
  log: boolean;
  /** What requests to take part say, with their files, too. */
  requests: boolean;
  /** What was agreed to be looked at, and what was seen, of this supplier? */
  liveChecks(supplier: string): boolean;
  /** The ciphertexts of offers as they came, too, so that receipts can be checked. */
  sealed: boolean;
  /** Now, as an instant. */
  made: string;
}

/**
 * A purchase as an archive that needs no Proviso to be read: documents as JSON, files as they came, the entries of the log, and one page of
 * HTML. What may not be seen (sealed offers, offers near a conflict, blind scores) is not in it, and the page says so. `whole` is the purchase
 * as it is. The files' bytes are read after the transaction.
 */
export async function dossierOf(
  trx: TenantScope,
  files: FileStore,
  whole: Purchase,
  { purchase, log, requests, sealed, made, liveChecks: mayKnow }: DossierView,
): Promise<{ name: string; files: ZipFile[] }> {
  const { id } = whole;
  const people = Object.fromEntries((await listPeople(trx)).map((one) => [one.id, one.name ?? '(erased)']));
  const tenant = await trx.selectFrom('tenant').select('name').executeTakeFirst();
  const dossier: Dossier = {
    buyer: tenant?.name ?? '',
    purchase,
    people,
    suppliers: await suppliersOf(trx, purchase),
    made,
  };
  const { reference, title } = purchase.description;
  const checks = await liveChecks(trx, files, purchase, mayKnow);
  return {
    name: safeName(`${reference ?? ''} ${title}`.trim(), 'dossier'),
    files: [
      { name: 'index.html', content: dossierPage(dossier, checks) },
      { name: 'purchase.json', content: json(dossier) },
      { name: 'comments.json', content: json(await listComments(trx, id)) },
      ...(await demandFiles(trx, id)),
      ...(requests ? await requestFiles(trx, files, purchase) : []),
      ...(await offerFiles(trx, files, purchase, sealed)),
      ...(await scoreFiles(trx, whole, purchase)),
      ...(await documentFiles(trx, files, id)),
      ...(await namedFiles(trx, files, purchase)),
      ...checks.files,
      { name: 'openings.json', content: json(await openingRecords(trx, id)) },
      ...(log ? await logFiles(trx, id) : []),
    ],
  };
}

/** A purchase as it may be known at a moment, whoever asks: who bids only once the bidders are known. */
export function knownBy(purchase: Purchase, at: string): Purchase {
  return biddersKnown(purchase, at) ? purchase : { ...purchase, offers: [], requests: [] };
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

/** Of each request to take part that may be known: its receipt, what it says, its files. */
async function requestFiles(trx: TenantScope, files: FileStore, { id, requests }: Purchase): Promise<ZipFile[]> {
  const known = new Set(requests.map((one) => one.id));
  return (await readRequests(trx, id))
    .filter((row) => known.has(row.id))
    .flatMap((row): ZipFile[] => {
      const folder = `requests/${row.id}`;
      const { files: proof } = row.said as { files: { name: string; sha256: string }[] };
      return [
        { name: `${folder}/receipt.json`, content: json(row.receipt) },
        { name: `${folder}/request.json`, content: json(row.said) },
        ...proof.map((file, i) => ({
          name: `${folder}/files/${i + 1} ${safeName(file.name, 'file')}`,
          content: () => files.get(file.sha256),
        })),
      ];
    });
}

/** Of each offer that may be seen: its receipt, what it says, its files. */
async function offerFiles(
  trx: TenantScope,
  files: FileStore,
  { id, offers }: Purchase,
  sealed: boolean,
): Promise<ZipFile[]> {
  const rows = new Map((await readOffers(trx, id)).map((row) => [row.id, row]));
  return offers.flatMap((offer): ZipFile[] => {
    const row = rows.get(offer.id);
    if (!row) return [];
    const folder = `offers/${offer.id}`;
    const sent = row.manifest as SentOffer;
    const asSent = [
      { name: `${folder}/receipt.json`, content: json(sent.receipt) },
      ...(sealed ? cipherFiles(files, folder, sent) : []),
    ];
    const kept = row.answers as { files: unknown } | null;
    if (!offer.opened?.contents || !kept) return asSent;
    const { files: _, ...said } = kept;
    const evidence = filesOf(row);
    return [
      ...asSent,
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

/** The ciphertexts by the names that the receipt gives them. */
function cipherFiles(files: FileStore, folder: string, { parts, files: evidence }: SentOffer): ZipFile[] {
  const named = [
    ...parts.map(({ part, sha256 }) => ({ name: part, sha256 })),
    ...evidence.map(({ sha256 }, i) => ({ name: `file-${i + 1}`, sha256 })),
  ];
  return named.map(({ name, sha256 }) => ({
    name: `${folder}/sealed/${safeName(name, 'part')}.age`,
    content: () => files.get(sha256),
  }));
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
    {
      name: `documents/${i + 1}.reading.json`,
      content: json((row.reading as { reading?: object } | null)?.reading ?? null),
    },
  ]);
}

/** What the purchase, as it is seen, names by its hash: papers that people uploaded, and long texts of suppliers. */
async function namedFiles(trx: TenantScope, files: FileStore, purchase: Purchase): Promise<ZipFile[]> {
  const seen = JSON.stringify(purchase);
  return (await purchaseFiles(trx, purchase.id))
    .map(({ sha256, ...file }) => ({ ...file, sha256: sha256.toString('hex') }))
    .filter(({ sha256 }) => seen.includes(sha256))
    .map(({ sha256, name, media }, i) => ({
      name:
        name === null
          ? `texts/${sha256}.${media.startsWith('application/json') ? 'json' : 'txt'}`
          : `papers/${i + 1} ${safeName(name, 'paper')}`,
      content: () => files.get(sha256),
    }));
}

/** The whole chain without its words, so that it can be verified; and the words of the entries on this purchase. */
async function logFiles(trx: TenantScope, purchase: string): Promise<ZipFile[]> {
  const chain: string[] = [];
  const own: ChainEntry[] = [];
  // The head first: entries that others append meanwhile come after it, and belong to a later dossier.
  const head = await logHead(trx);
  for await (const entry of readLog(trx)) {
    if (entry.seq > head.seq) break;
    chain.push(JSON.stringify({ ...entry, content: null }));
    if (entry.subjectType === 'purchase' && entry.subjectId === purchase) own.push(entry);
  }
  return [
    { name: 'log/chain.ndjson', content: `${chain.join('\n')}\n` },
    { name: 'log/head.json', content: json(head) },
    { name: 'log/purchase.json', content: json(own) },
  ];
}
