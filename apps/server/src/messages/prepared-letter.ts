import { lastApproval, type Purchase } from '@proviso/procurement';
import type { TenantScope } from '@proviso/store';
import type { Deps } from '../http/deps.ts';
import { lettersFrom, nameOf, withRole } from './draft-letter.ts';
import { post } from './post.ts';
import { worldOf } from './world.ts';

/** Asks legal and security to approve a version of the demand that was prepared after publication; never whoever prepared it. */
export async function preparedLetter(
  trx: TenantScope,
  deps: Pick<Deps, 'jobs' | 'baseUrl'>,
  purchase: Purchase,
  { version, hash, by }: { version: number; hash: string; by: string },
): Promise<void> {
  const world = await worldOf(trx, deps, purchase);
  const roles = (['security', 'legal'] as const).filter((as) => lastApproval(purchase, as, hash) === null);
  const people = withRole(world, roles).filter((person) => person !== by);
  const values = () => ({ person: nameOf(world, by), version });
  const page = 'demand?part=approval&demand=prepared';
  await post(trx, deps, lettersFrom(purchase, { id: 'prepared', people, values, page }, world));
}
