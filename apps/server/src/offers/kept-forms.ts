import { LANGUAGES } from '@proviso/catalogue';
import type { Happened, Purchase } from '@proviso/procurement';
import { sha256Hex } from '@proviso/sealing';
import {
  insertOfflineForms,
  namePurchaseFile,
  type OfflineFormRow,
  offlineFormsOf,
  recordFile,
  streamOf,
  type TenantScope,
} from '@proviso/store';
import type { KeptForm, OfflineFormFile } from '../contract/offering.ts';
import type { Deps } from '../http/deps.ts';
import { hasForm, sealingForm } from './offline-form.ts';

/** After these the form is another: it carries what is asked, the keys and the closing. */
const CHANGES: readonly Happened['type'][] = [
  'purchase.published',
  'corrigendum.published',
  'candidates.decided',
  'round.started',
  'question.answered',
];

/** A listener: the forms that were published are kept, since the next correction makes others. */
export async function keepForms(
  trx: TenantScope,
  deps: Deps,
  purchase: Purchase,
  events: readonly Happened[],
): Promise<void> {
  if (events.some(({ type }) => CHANGES.includes(type))) await standingForms(trx, deps, purchase);
}

/**
 * The offline form of a published purchase as it is now, in each language; kept where it is another than the last, also because Proviso
 * itself makes another since. Nothing where no offers are asked for, or the server has no pages to make it with.
 */
export async function standingForms(trx: TenantScope, deps: Deps, purchase: Purchase): Promise<OfflineFormFile[]> {
  const { notice, demand } = purchase;
  const pages = deps.pages ?? null;
  if (purchase.state !== 'published' || notice?.stage !== 'tender' || !demand || !hasForm(pages)) return [];
  const made = await Promise.all(
    LANGUAGES.map(async (language) => {
      const bytes = Buffer.from(await sealingForm(trx, pages, purchase, language));
      return { language, bytes, sha256: sha256Hex(bytes) };
    }),
  );
  const before = newest(await offlineFormsOf(trx, purchase.id));
  const known = new Set(before.map(({ sha256 }) => sha256.toString('hex')));
  if (made.some(({ sha256 }) => !known.has(sha256))) {
    const version = (before[0]?.version ?? 0) + 1;
    const rows = [];
    for (const { language, bytes, sha256 } of made) {
      const hash = Buffer.from(sha256, 'hex');
      await deps.files.put(streamOf(bytes));
      await recordFile(trx, deps.files, { sha256: hash, bytes: bytes.length, media: 'text/html' });
      await namePurchaseFile(trx, purchase.id, hash);
      rows.push({
        version,
        language,
        sha256: hash,
        bytes: bytes.length,
        demand: Buffer.from(demand.hash, 'hex'),
        closing: new Date(notice.closing.instant),
        at: deps.now(),
      });
    }
    await insertOfflineForms(trx, purchase.id, rows);
  }
  return made.map(({ language, bytes, sha256 }) => ({ language, bytes: bytes.length, sha256 }));
}

/** Earlier forms of a purchase, the newest first; those of the version that stands are not among them. */
export async function earlierForms(trx: TenantScope, purchase: string): Promise<KeptForm[]> {
  const all = await offlineFormsOf(trx, purchase);
  const standing = all[0]?.version;
  return all
    .filter(({ version }) => version !== standing)
    .map(({ version, language, sha256, bytes, closing, at }) => ({
      version,
      language: language as KeptForm['language'],
      sha256: sha256.toString('hex'),
      bytes,
      closing: closing.toISOString(),
      at: at.toISOString(),
    }));
}

const newest = (rows: readonly OfflineFormRow[]): OfflineFormRow[] =>
  rows.filter(({ version }) => version === rows[0]?.version);
