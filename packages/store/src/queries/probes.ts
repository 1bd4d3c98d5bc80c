import { createHash } from 'node:crypto';
import { canonicalJson } from '@proviso/sealing/canonical';
import { type Insertable, type Selectable, sql } from 'kysely';
import type { Tables } from '../connect/tables.ts';
import { currentTenant, type TenantScope } from '../connect/tenant.ts';
import { versionAfter } from './version.ts';

export type ProbeConsentRow = Omit<Selectable<Tables['probeConsent']>, 'tenant'>;
export type ProbeRoundRow = Omit<Selectable<Tables['probeRound']>, 'tenant'>;
export type ProbeRunRow = Omit<Selectable<Tables['probeRun']>, 'tenant'>;
/** A run without what each check saw: what a history needs. */
export type ProbeRunLine = Omit<ProbeRunRow, 'results'>;
export type ProbeWaiverRow = Omit<Selectable<Tables['probeWaiver']>, 'tenant'>;

/**
 * By what the log names a consent: SHA-256 of all that was agreed to, as canonical JSON. `text` is the hash of the words that were signed, `given`
 * an instant. Fields beside these do not count.
 */
export function probeConsentHash({
  purchase,
  supplier,
  targets,
  perMinute,
  text,
  signer,
  role,
  given,
}: {
  purchase: string;
  supplier: string;
  targets: object;
  perMinute: number;
  text: string;
  signer: string;
  role: string;
  given: string;
}): Buffer {
  const agreed = { purchase, supplier, targets, perMinute, text, signer, role, given };
  return createHash('sha256').update(canonicalJson(agreed)).digest();
}

/** Every consent that was given in a purchase, the first first. */
export async function probeConsents(trx: TenantScope, purchase: string): Promise<Selectable<Tables['probeConsent']>[]> {
  return await trx
    .selectFrom('probeConsent')
    .selectAll()
    .where('purchase', '=', purchase)
    .orderBy('given')
    .orderBy('id')
    .execute();
}

/** Keeps a consent in place of the one that stood. For who holds the purchase. */
export async function giveProbeConsent(
  trx: TenantScope,
  consent: Omit<Insertable<Tables['probeConsent']>, 'tenant' | 'targets' | 'given'> & { targets: object; given: Date },
): Promise<void> {
  await endProbeConsent(trx, consent, consent.given, false);
  await trx
    .insertInto('probeConsent')
    .values({ ...consent, targets: JSON.stringify(consent.targets), tenant: currentTenant })
    .execute();
}

/** Ends the consent that stands: it was withdrawn, or another takes its place. Gives its id; null where none stood. */
export async function endProbeConsent(
  trx: TenantScope,
  { purchase, supplier }: { purchase: string; supplier: string },
  at: Date,
  withdrawn: boolean,
): Promise<string | null> {
  const row = await trx
    .updateTable('probeConsent')
    .set({ ended: at, withdrawn })
    .where('purchase', '=', purchase)
    .where('supplier', '=', supplier)
    .where('ended', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
}

/** The last consent of each supplier of a purchase, whether it stands or not; of one supplier where it is named. */
export async function lastProbeConsents(
  trx: TenantScope,
  purchase: string,
  supplier?: string,
): Promise<ProbeConsentRow[]> {
  let query = trx
    .selectFrom('probeConsent')
    .distinctOn('supplier')
    .selectAll()
    .where('purchase', '=', purchase)
    .orderBy('supplier')
    .orderBy(sql`ended IS NULL`, 'desc')
    .orderBy('given', 'desc')
    // Of two within one moment.
    .orderBy('withdrawn', 'desc');
  if (supplier !== undefined) query = query.where('supplier', '=', supplier);
  return await query.execute();
}

/** The consent that stands; undefined where none does. `hold`: nobody ends it until the transaction does. */
export async function standingProbeConsent(
  trx: TenantScope,
  { purchase, supplier }: { purchase: string; supplier: string },
  hold = false,
): Promise<ProbeConsentRow | undefined> {
  let query = trx
    .selectFrom('probeConsent')
    .selectAll()
    .where('purchase', '=', purchase)
    .where('supplier', '=', supplier)
    .where('ended', 'is', null);
  if (hold) query = query.forShare();
  return await query.executeTakeFirst();
}

/** Is a consent over, by itself or with its purchase; before a moment where one is given? */
function isOver(before: Date | null) {
  const past = (column: 'ended' | 'updated') => (before === null ? sql`` : sql`AND ${sql.ref(column)} < ${before}`);
  return sql<boolean>`((ended IS NOT NULL ${past('ended')}) OR EXISTS (SELECT FROM proviso.purchase p
    WHERE p.tenant = probe_consent.tenant AND p.id = probe_consent.purchase AND p.state IN ('ended', 'stopped') ${past('updated')}))`;
}

/** Erases who signed the consents of a supplier that are over; one that stands keeps its name. Gives how many. */
export async function eraseConsentSigners(
  trx: TenantScope,
  { purchase, supplier }: { purchase: string; supplier: string },
): Promise<number> {
  const { numUpdatedRows } = await trx
    .updateTable('probeConsent')
    .set({ signer: null, role: null })
    .where('purchase', '=', purchase)
    .where('supplier', '=', supplier)
    .where(isOver(null))
    .where('signer', 'is not', null)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Erases who signed consents that were over before a moment, by themselves or with their purchase. Gives how many. */
export async function expireConsentSigners(trx: TenantScope, before: Date): Promise<number> {
  const { numUpdatedRows } = await trx
    .updateTable('probeConsent')
    .set({ signer: null, role: null })
    .where('signer', 'is not', null)
    .where(isOver(before))
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** By what and how often is probed, with the version of the row; undefined where nothing was said. */
export async function getProbePlan(
  trx: TenantScope,
  purchase: string,
): Promise<Pick<Selectable<Tables['probePlan']>, 'profile' | 'every' | 'version'> | undefined> {
  return await trx
    .selectFrom('probePlan')
    .select(['profile', 'every', 'version'])
    .where('purchase', '=', purchase)
    .executeTakeFirst();
}

/** Sets what was read at `version` (0: nothing was said yet). Throws `VersionConflict`. */
export async function putProbePlan(
  trx: TenantScope,
  purchase: string,
  version: number,
  { profile, every }: { profile: string | null; every: string | null },
): Promise<number> {
  const saved =
    version === 0
      ? await trx
          .insertInto('probePlan')
          .values({ tenant: currentTenant, purchase, profile, every })
          .onConflict((conflict) => conflict.doNothing())
          .returning('version')
          .executeTakeFirst()
      : await trx
          .updateTable('probePlan')
          .set({ profile, every, version: version + 1, updated: sql`now()` })
          .where('purchase', '=', purchase)
          .where('version', '=', version)
          .returning('version')
          .executeTakeFirst();
  return await versionAfter(saved, version, 'The plan of probes', () => getProbePlan(trx, purchase));
}

/** Begins a round over the names of a consent. */
export async function insertProbeRound(
  trx: TenantScope,
  round: Omit<Insertable<Tables['probeRound']>, 'tenant'>,
): Promise<void> {
  await trx
    .insertInto('probeRound')
    .values({ ...round, tenant: currentTenant })
    .execute();
}

export async function getProbeRound(trx: TenantScope, id: string): Promise<ProbeRoundRow | undefined> {
  return await trx.selectFrom('probeRound').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The last round of each supplier of a purchase. */
export async function lastProbeRounds(trx: TenantScope, purchase: string): Promise<ProbeRoundRow[]> {
  return await trx
    .selectFrom('probeRound')
    .distinctOn('supplier')
    .selectAll()
    .where('purchase', '=', purchase)
    .orderBy('supplier')
    .orderBy('at', 'desc')
    .execute();
}

export async function endProbeRound(trx: TenantScope, id: string, at: Date): Promise<void> {
  await trx.updateTable('probeRound').set({ done: at }).where('id', '=', id).where('done', 'is', null).execute();
}

/** Keeps what one look found. Its bundle must be named as a file of the purchase (`namePurchaseFile`). */
export async function insertProbeRun(
  trx: TenantScope,
  run: Omit<Insertable<Tables['probeRun']>, 'tenant' | 'counts' | 'results'> & { counts: object; results: object },
): Promise<void> {
  await trx
    .insertInto('probeRun')
    .values({
      ...run,
      counts: JSON.stringify(run.counts),
      results: JSON.stringify(run.results),
      tenant: currentTenant,
    })
    .execute();
}

export async function getProbeRun(trx: TenantScope, id: string): Promise<ProbeRunRow | undefined> {
  return await trx.selectFrom('probeRun').selectAll().where('id', '=', id).executeTakeFirst();
}

/** What has been looked at in a round. */
export async function namesOfRound(trx: TenantScope, round: string): Promise<{ kind: string; name: string }[]> {
  return await trx.selectFrom('probeRun').select(['kind', 'name']).where('round', '=', round).execute();
}

/** The last runs of each name of a purchase's suppliers, `most` of each, the newest first, without what each check saw. */
export async function probeHistory(trx: TenantScope, purchase: string, most: number): Promise<ProbeRunLine[]> {
  const { rows } = await sql<ProbeRunLine>`
    SELECT id, purchase, supplier, round, kind, name, at, bundle, profile, asked, place, counts FROM (
      SELECT r.*, row_number() OVER (PARTITION BY supplier, kind, name ORDER BY at DESC, id) AS place_in_line
      FROM probe_run r WHERE purchase = ${purchase}) AS ranked
    WHERE place_in_line <= ${most} ORDER BY at DESC, id`.execute(trx);
  return rows;
}

/** What each check saw in some runs, by the run's id. */
export async function probeResults(trx: TenantScope, ids: readonly string[]): Promise<Map<string, object>> {
  if (ids.length === 0) return new Map();
  const rows = await trx.selectFrom('probeRun').select(['id', 'results']).where('id', 'in', ids).execute();
  return new Map(rows.map(({ id, results }) => [id, results]));
}

/** Accepts a failing check of a name, in place of an earlier acceptance. */
export async function giveProbeWaiver(
  trx: TenantScope,
  waiver: Omit<Insertable<Tables['probeWaiver']>, 'tenant' | 'at'> & { at: Date },
): Promise<void> {
  await trx
    .updateTable('probeWaiver')
    .set({ ended: waiver.at })
    .where('purchase', '=', waiver.purchase)
    .where('supplier', '=', waiver.supplier)
    .where('name', '=', waiver.name)
    .where('checkId', '=', waiver.checkId)
    .where('ended', 'is', null)
    .execute();
  await trx
    .insertInto('probeWaiver')
    .values({ ...waiver, tenant: currentTenant })
    .execute();
}

export async function getProbeWaiver(trx: TenantScope, id: string): Promise<ProbeWaiverRow | undefined> {
  return await trx.selectFrom('probeWaiver').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Takes an acceptance back before its day. */
export async function endProbeWaiver(trx: TenantScope, id: string, at: Date): Promise<void> {
  await trx.updateTable('probeWaiver').set({ ended: at }).where('id', '=', id).where('ended', 'is', null).execute();
}

/** What is accepted in a purchase and was not taken back, the next to end first. */
export async function probeWaivers(trx: TenantScope, purchase: string): Promise<ProbeWaiverRow[]> {
  return await trx
    .selectFrom('probeWaiver')
    .selectAll()
    .where('purchase', '=', purchase)
    .where('ended', 'is', null)
    .orderBy('until')
    .orderBy('id')
    .execute();
}

/** What is accepted in some purchases and ends from one day to another. */
export async function probeWaiversEnding(
  trx: TenantScope,
  purchases: readonly string[],
  { from, to }: { from: string; to: string },
): Promise<ProbeWaiverRow[]> {
  if (purchases.length === 0) return [];
  return await trx
    .selectFrom('probeWaiver')
    .selectAll()
    .where('purchase', 'in', purchases)
    .where('ended', 'is', null)
    .where('until', '>=', from)
    .where('until', '<=', to)
    .orderBy('until')
    .execute();
}
