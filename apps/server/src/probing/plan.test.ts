import { loadProbeProfile, probeProfileIds } from '@proviso/probes';
import { expect, it } from 'vitest';
import { profileLines } from './plan.ts';

it.each(probeProfileIds())('the profile %s has its title in four languages', async (id) => {
  const titles: (string | undefined)[] = [];
  for (const language of ['en', 'fr', 'nl', 'de'] as const)
    titles.push((await profileLines(language)).find((line) => line.id === id)?.title);
  expect(titles[0]).toBe(loadProbeProfile(id).title);
  expect(new Set(titles).size).toBe(4);
});
