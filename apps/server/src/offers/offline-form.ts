import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type DemandFile, LANGUAGES, type Language } from '@proviso/catalogue';
import type { Purchase } from '@proviso/procurement';
import { purchaseFingerprint, sha256Hex } from '@proviso/sealing';
import type { TenantScope } from '@proviso/store';
import type { OfflineFormFile } from '../contract/offering.ts';
import { HttpProblem } from '../http/problem.ts';
import { demandFile } from './asked-form.ts';
import { keysOf, offerAsked } from './view.ts';

/** What the build of `apps/web` leaves for the form: its script, and the words that it says beside those of the form without a key. */
interface Built {
  script: string;
  words: Record<Language, Record<string, string>>;
}

let kept: { path: string; changed: number; built: Built } | null = null;

/** Can the form be made here? */
export const hasForm = (pages: string | null): pages is string =>
  pages !== null && existsSync(join(pages, 'offline-form.json'));

/** @throws HttpProblem 404 `no-pages` where the pages are not built */
function builtForm(pages: string | null): Built {
  const path = pages === null ? null : join(pages, 'offline-form.json');
  const changed = path === null ? undefined : statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  if (path === null || changed === undefined) throw new HttpProblem(404, 'no-pages');
  if (kept?.path !== path || kept.changed !== changed)
    kept = { path, changed, built: JSON.parse(readFileSync(path, 'utf8')) };
  return kept.built;
}

/**
 * The offline form of a published purchase: it seals to the purchase's keys. The same bytes for every supplier, so that its checksum can be
 * published.
 * @param pages folder of the built pages
 * @throws HttpProblem 409 `not-published`, `candidates-first` while no offers are asked for; 404 `no-pages`
 */
export async function sealingForm(
  trx: TenantScope,
  pages: string | null,
  purchase: Purchase,
  language: Language,
): Promise<string> {
  const { file, asked } = await published(trx, purchase);
  const { script, words } = builtForm(pages);
  const { offlineForm } = await import('@proviso/publishing');
  return offlineForm(file, language, { script, words: words[language], asked });
}

/** Its checksum in each language. @throws as `sealingForm` does */
export async function formChecksums(
  trx: TenantScope,
  pages: string | null,
  purchase: Purchase,
): Promise<OfflineFormFile[]> {
  const files: OfflineFormFile[] = [];
  for (const language of LANGUAGES) {
    const bytes = Buffer.from(await sealingForm(trx, pages, purchase, language));
    files.push({ language, sha256: sha256Hex(bytes), bytes: bytes.length });
  }
  return files;
}

async function published(trx: TenantScope, purchase: Purchase) {
  const keys = purchase.notice && (await keysOf(trx, purchase));
  const file: DemandFile | null = purchase.demand && (await demandFile(trx, purchase.id, purchase.demand.hash));
  if (!keys || !file || !purchase.demand) throw new HttpProblem(409, 'not-published');
  if (purchase.notice?.stage !== 'tender') throw new HttpProblem(409, 'candidates-first');
  return { file, asked: offerAsked(purchase, purchase.demand.hash, keys) };
}

/** The fingerprint that papers of a published purchase name; null where offers are not sealed yet. */
export async function publishedFingerprint(trx: TenantScope, purchase: Purchase): Promise<string | null> {
  const keys = purchase.notice && (await keysOf(trx, purchase));
  return keys && purchaseFingerprint(keys);
}
