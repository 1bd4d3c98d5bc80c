import { type Insertable, type Selectable, sql } from 'kysely';
import type { Tables } from '../connect/tables.ts';
import { currentTenant, type Database, type TenantScope } from '../connect/tenant.ts';
import { versionAfter } from './version.ts';

export type InvitationRow = Selectable<Tables['invitation']>;

/** Whose link it is, before a tenant is known; null when nobody's. `tokenHash` is the sha256 of the token. */
export async function findInvitation(db: Database, tokenHash: Buffer): Promise<{ tenant: string; id: string } | null> {
  const { rows } = await sql<{
    tenant: string;
    id: string;
  }>`SELECT tenant, id FROM proviso.invitation_of(${tokenHash})`.execute(db);
  return rows[0] ?? null;
}

/** The invitation, with the names for the supplier's page. Whether it expired or was revoked is for the caller to say. */
export async function getInvitation(trx: TenantScope, id: string): Promise<InvitationRow | undefined> {
  return await trx.selectFrom('invitation').selectAll().where('id', '=', id).executeTakeFirst();
}

/** All invitations to a purchase, with the suppliers' names. */
export async function listInvitations(trx: TenantScope, purchase: string) {
  return await trx
    .selectFrom('invitation as i')
    .innerJoin('supplier as s', (join) => join.onRef('s.tenant', '=', 'i.tenant').onRef('s.id', '=', 'i.supplier'))
    .select(['i.id', 'i.supplier', 's.name as supplierName', 'i.created', 'i.expires', 'i.revoked', 'i.lastUsed'])
    .where('i.purchase', '=', purchase)
    .orderBy('s.name')
    .orderBy('i.created')
    .execute();
}

/** Invites a supplier to a purchase of the same tenant; the database refuses any other. */
export async function insertInvitation(
  trx: TenantScope,
  invitation: Omit<Insertable<Tables['invitation']>, 'tenant'>,
): Promise<void> {
  await trx
    .insertInto('invitation')
    .values({ ...invitation, tenant: currentTenant })
    .execute();
}

/** Ends a link at a moment; one that has ended stays as it was. False when there is no such invitation. */
export async function revokeInvitation(trx: TenantScope, id: string, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('invitation')
    .set({ revoked: sql`coalesce(revoked, ${at})` })
    .where('id', '=', id)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** All parts of a supplier's draft, encrypted as they came. */
export async function readDraft(
  trx: TenantScope,
  invitation: string,
): Promise<{ part: string; ciphertext: Buffer; version: number }[]> {
  return await trx
    .selectFrom('draft')
    .select(['part', 'ciphertext', 'version'])
    .where('invitation', '=', invitation)
    .orderBy('part')
    .execute();
}

/**
 * Saves a part of a draft that was read at `version` (0: there was none); gives the new version. Throws `VersionConflict` when it
 * was saved elsewhere meanwhile.
 */
export async function saveDraft(
  trx: TenantScope,
  { invitation, part, ciphertext, version }: { invitation: string; part: string; ciphertext: Buffer; version: number },
): Promise<number> {
  const saved =
    version === 0
      ? await trx
          .insertInto('draft')
          .values({ tenant: currentTenant, invitation, part, ciphertext })
          .onConflict((conflict) => conflict.doNothing())
          .returning('version')
          .executeTakeFirst()
      : await trx
          .updateTable('draft')
          .set({ ciphertext, version: version + 1, updated: sql`now()` })
          .where('invitation', '=', invitation)
          .where('part', '=', part)
          .where('version', '=', version)
          .returning('version')
          .executeTakeFirst();
  return await versionAfter(saved, version, 'The draft', () =>
    trx
      .selectFrom('draft')
      .select('version')
      .where('invitation', '=', invitation)
      .where('part', '=', part)
      .executeTakeFirst(),
  );
}
