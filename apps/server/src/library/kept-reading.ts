import type { Catalogue, Context } from '@proviso/catalogue';
import type { Purchase } from '@proviso/procurement';
import type { DossierLint, Finding, MessageLanguage, TenderFacts } from '@proviso/reading';
import { type DocumentRow, getPurchase, readingMembers, type TenantScope } from '@proviso/store';
import { demandFile } from '../offers/asked-form.ts';
import { documentOf } from '../purchases/rows.ts';
import type { ReadDocument } from './child-job.ts';

/** What is kept of a document that was read, in `document.reading`. */
export interface KeptReading extends Omit<ReadDocument, 'passages'> {
  schema: 'proviso.read-document/1';
  /** Of the findings' words. */
  language: MessageLanguage;
}

/** The kept reading of a document; null while it waits to be read. */
export function keptOf(row: Pick<DocumentRow, 'reading'>): KeptReading | null {
  return row.reading as KeptReading | null;
}

/** A finding as pages show it, with the requirement whose clause would mend it where there is one. */
export type ShownFinding = Finding & { path: string; requirement?: string; absent?: true };

export interface Linted {
  findings: ShownFinding[];
  dossier: DossierLint;
}

/**
 * All that the linter finds in a document: in it alone, and beside the other documents of its purchase and what that demands. The facts of
 * documents are small; their texts are not read for it.
 */
export async function lintOf(
  trx: TenantScope,
  catalogue: Catalogue,
  row: Pick<DocumentRow, 'id' | 'purchase' | 'name'>,
  { reading, facts, language }: KeptReading,
): Promise<Linted> {
  const found = row.purchase === null ? undefined : await getPurchase(trx, row.purchase);
  const others =
    row.purchase === null
      ? new Map<string, object>([[row.id, facts]])
      : await readingMembers(trx, row.purchase, 'facts');
  const purchase = found ? documentOf(found) : null;
  // Names may come twice; an id does not.
  const parts = [...others].map(([path, one]) => ({ ...(one as TenderFacts), path }));
  const { lintDossier } = await import('@proviso/reading');
  const dossier = lintDossier(parts, {
    catalogue,
    purchase: purchase && (await contextOf(trx, purchase)),
    country: purchase?.description.country ?? null,
    language,
  });
  const own = dossier.findings.filter(({ path }) => path === row.id);
  return {
    dossier,
    findings: [...reading.findings, ...own]
      .map((finding): ShownFinding => ({ ...finding, path: row.name }))
      .sort((a, b) => a.start - b.start),
  };
}

/** What the buyer said of the purchase; null before there is a demand. */
async function contextOf(trx: TenantScope, { id, demand }: Purchase): Promise<Context | null> {
  const file = demand && (await demandFile(trx, id, demand.hash));
  return file ? file.demand.context : null;
}
