import type { ProbeProfile } from '@proviso/probes';
import { PROBE_EVERY, type ProbeEvery } from '@proviso/procurement';
import { getProbePlan, getSetting, type TenantScope } from '@proviso/store';
import { SETTINGS } from '../purchases/settings.ts';

/** The profile by which is probed where nobody said otherwise, and how often. */
const UNSET = { profile: 'internet-nl', every: 'weekly' } as const;

/** By what and how often is probed in a purchase: as it says itself, else as the organisation has it. `version` is that of the purchase's own. */
export async function probePlan(
  trx: TenantScope,
  purchase: string,
): Promise<{ profile: string; every: ProbeEvery; version: number }> {
  const own = await getProbePlan(trx, purchase);
  const kept = SETTINGS.probes.safeParse((await getSetting(trx, 'probes'))?.value);
  const common = kept.success ? kept.data : UNSET;
  return {
    profile: own?.profile ?? common.profile,
    every: PROBE_EVERY.find((one) => one === own?.every) ?? common.every,
    version: own?.version ?? 0,
  };
}

/** Profiles by their id: those of the tree, or a test's own. An id that is no more, as after an update, is the one of who said nothing. */
export type ProfileOf = (id: string) => ProbeProfile;

export async function treeProfiles(): Promise<ProfileOf> {
  const { loadProbeProfile, probeProfileIds } = await import('@proviso/probes');
  return (id) => loadProbeProfile(probeProfileIds().includes(id) ? id : UNSET.profile);
}
