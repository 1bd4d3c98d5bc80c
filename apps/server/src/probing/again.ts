import type { Bundle, ProbeLanguage } from '@proviso/probes';
import type { ProbeRunRow } from '@proviso/store';
import type { JudgedAgain } from '../contract/proving.ts';
import type { Deps } from '../http/deps.ts';
import { HttpProblem } from '../http/problem.ts';

/**
 * Judges a kept look again, without a network, by a profile as it is now. Its trust is that of then: the question is what is asked, not which key
 * the root has by now.
 * @throws HttpProblem 422 `unknown` for a profile that there is not, 409 `bundle-damaged` where the proof is not what was kept
 */
export async function judgedAgainBy(
  { files }: Pick<Deps, 'files'>,
  run: ProbeRunRow,
  id: string,
  language: ProbeLanguage,
): Promise<JudgedAgain> {
  const { checkWords, loadProbeProfile, probeProfileIds, replayBundle, trustingAs } = await import('@proviso/probes');
  if (!probeProfileIds().includes(id)) throw new HttpProblem(422, 'unknown', { where: 'profile', values: { id } });
  const bundle = await keptBundle(files, run);
  const { differences } = await replayBundle(bundle, trustingAs(loadProbeProfile(id), bundle.profile));
  return {
    profile: id,
    at: run.at.toISOString(),
    differences: differences.map((one) => ({ ...one, title: checkWords(one.check, language).title })),
  };
}

/** The bundle of a run, opened: its signature fits, and it is of that name. */
export async function keptBundle(
  files: Deps['files'],
  { bundle: hash, name }: Pick<ProbeRunRow, 'bundle' | 'name'>,
): Promise<Bundle> {
  const { BundleError, openBundle } = await import('@proviso/probes');
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of await files.get(hash.toString('hex'))) chunks.push(chunk as Buffer);
    const bundle = openBundle(Buffer.concat(chunks).toString('utf8'));
    if (bundle.evidence.subject === name) return bundle;
  } catch (error) {
    const damaged = error instanceof BundleError || (error as { code?: unknown }).code === 'damaged-file';
    if (!damaged) throw error;
  }
  throw new HttpProblem(409, 'bundle-damaged');
}
