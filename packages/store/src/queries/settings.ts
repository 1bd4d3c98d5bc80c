import { sql } from 'kysely';
import { currentTenant, type TenantScope } from '../connect/tenant.ts';
import { versionAfter } from './version.ts';

/** A setting of the tenant with its version; undefined when it was never set. */
export async function getSetting(
  trx: TenantScope,
  name: string,
): Promise<{ value: unknown; version: number } | undefined> {
  return await trx.selectFrom('setting').select(['value', 'version']).where('name', '=', name).executeTakeFirst();
}

/** Sets what was read at `version` (0: never set); gives the new version. Throws `VersionConflict`. */
export async function putSetting(trx: TenantScope, name: string, version: number, value: unknown): Promise<number> {
  const text = JSON.stringify(value);
  const saved =
    version === 0
      ? await trx
          .insertInto('setting')
          .values({ tenant: currentTenant, name, value: text })
          .onConflict((conflict) => conflict.doNothing())
          .returning('version')
          .executeTakeFirst()
      : await trx
          .updateTable('setting')
          .set({ value: text, version: version + 1, updated: sql`now()` })
          .where('name', '=', name)
          .where('version', '=', version)
          .returning('version')
          .executeTakeFirst();
  return await versionAfter(saved, version, `The setting "${name}"`, () => getSetting(trx, name));
}
