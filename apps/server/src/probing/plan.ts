import type { ProbeProfile } from '@proviso/probes';
import { PROBE_EVERY, type ProbeEvery } from '@proviso/procurement';
import { getProbePlan, getSetting, type TenantScope } from '@proviso/store';
import { sayOwn } from '../http/messages.ts';
import type { Actor } from '../http/route.ts';
import { SETTINGS, UNSET_PROBES } from '../purchases/settings.ts';

/** By what and how often is probed in a purchase: as it says itself, else as the organisation has it. `version` is that of the purchase's own. */
export async function probePlan(
  trx: TenantScope,
  purchase: string,
): Promise<{ profile: string; every: ProbeEvery; version: number }> {
  const own = await getProbePlan(trx, purchase);
  const kept = SETTINGS.probes.safeParse((await getSetting(trx, 'probes'))?.value);
  const common = kept.success ? kept.data : UNSET_PROBES;
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
  return (id) => loadProbeProfile(probeProfileIds().includes(id) ? id : UNSET_PROBES.profile);
}

/** The profiles of the tree by id and title, for who chooses one. Their own title where we have no words for it. */
export async function profileLines(language: Actor['language']): Promise<{ id: string; title: string }[]> {
  const { loadProbeProfile, probeProfileIds } = await import('@proviso/probes');
  return probeProfileIds().map((id) => ({
    id,
    title: sayOwn(`profile-${id}`, language) ?? loadProbeProfile(id).title,
  }));
}
