import type { KeptFile } from '@proviso/dossier';
import type { Offer, Purchase } from '@proviso/procurement';
import { type OfferFile, type OpenedPart, type Opening, openOffer, SealingError } from '@proviso/sealing';
import type { FileStore, OfferRow } from '@proviso/store';
import type { Manifest } from '../offers/receive.ts';
import { checkedFile, openOfferFile } from './offer-files.ts';

type Part = 'quality' | 'price';
type RecordLine = Opening['offers'][number];

/** An offer with its row, on the way to be opened. */
export interface ToOpen {
  offer: Offer;
  row: Pick<OfferRow, 'id' | 'manifest' | 'answers' | 'version'>;
}

/** What came of one offer. `part` is null where `problem` says why it could not be opened; those are the supplier's doing. */
export interface Opened extends ToOpen {
  part: OpenedPart | null;
  problem: string | null;
  files: KeptFile[];
  line: RecordLine;
}

/** What is kept of an opened quality part, in `offer.answers`. */
export interface KeptAnswers {
  schema: 'proviso.opened/1';
  problem: string | null;
  /** The answer file; null where the offer could not be read. */
  answers: unknown;
  declaration: unknown;
  files: KeptFile[];
  submission: string | null;
  /** The other sealed parts, as this one names them. */
  others: OpenedPart['others'];
}

/** What is kept of an opened price, in `offer.price`. */
export interface KeptPrice {
  schema: 'proviso.opened-price/1';
  amount: number | null;
  problem: string | null;
  files: KeptFile[];
}

/**
 * Opens one part of an offer, and its files. Nothing of it is written down but the files, under their hashes; the caller removes those when
 * it does not get to keep the rest.
 * @throws StoreError, or SealingError `changed`, where what was received is not what is here: then a backup is needed, and nothing is opened
 */
export async function openOne(
  files: FileStore,
  purchase: Purchase,
  part: Part,
  identity: string,
  { offer, row }: ToOpen,
): Promise<Opened> {
  const manifest = row.manifest as Manifest;
  const sealed = manifest.parts.find((one) => one.part === part);
  const line = (content: string | null, refused: string | null, opened: OfferFile[] = []): RecordLine => ({
    offer: offer.id,
    invitation: offer.invitation ?? '-',
    lot: offer.lot,
    late: offer.late,
    sealed: { sha256: sealed?.sha256 ?? '', size: sealed?.size ?? 0 },
    content,
    files: opened.map(({ size, sha256, sealed: cipher }) => ({ size, sha256, sealed: cipher })),
    refused,
  });
  if (!sealed) throw new Error(`Offer ${offer.id} has no ${part} part.`);
  const bytes = await bytesOf(files, sealed.sha256);
  try {
    const earlier = part === 'price' ? (row.answers as KeptAnswers | null) : null;
    const opened = await openOffer(bytes, identity, {
      purchase: purchase.id,
      lot: offer.lot,
      invitation: offer.invitation ?? '',
      demand: offer.demand,
      part,
      sha256: sealed.sha256,
      submission: earlier?.submission ?? null,
      // The quality part names the one price it was sealed with.
      ...(earlier && { others: earlier.others }),
    });
    const sent = new Set(manifest.files.map(({ sha256 }) => sha256));
    const kept: KeptFile[] = [];
    for (const file of opened.files) kept.push(await openOfferFile(files, file, identity, sent));
    const whole = opened.files.filter((_, i) => kept[i]?.kept);
    return { offer, row, part: opened, problem: null, files: kept, line: line(opened.contentSha256, null, whole) };
  } catch (error) {
    if (!(error instanceof SealingError) || error.code === 'changed') throw error;
    return { offer, row, part: null, problem: error.code, files: [], line: line(null, error.code) };
  }
}

/** The record's line of an offer that came late: it stays sealed. */
export function lateLine({ offer, row }: ToOpen, part: Part): RecordLine {
  const sealed = (row.manifest as Manifest).parts.find((one) => one.part === part);
  return {
    offer: offer.id,
    invitation: offer.invitation ?? '-',
    lot: offer.lot,
    late: true,
    sealed: { sha256: sealed?.sha256 ?? '', size: sealed?.size ?? 0 },
    content: null,
    files: [],
    refused: 'late',
  };
}

/** Looks at all files in the sandbox, two at a time. */
export async function checkFiles(files: FileStore, opened: readonly Opened[]): Promise<void> {
  const waiting = opened.flatMap((one) => one.files.map((_, i) => ({ one, i })));
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { one, i } = next;
      const file = one.files[i];
      if (file) one.files[i] = await checkedFile(files, file);
    }
  };
  await Promise.all([work(), work()]);
}

async function bytesOf(files: FileStore, sha256: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of await files.get(sha256)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
