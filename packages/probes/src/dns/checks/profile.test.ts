import { expect, it } from 'vitest';
import internetNl from '../data/profile-internet-nl.json' with { type: 'json' };
import strict from '../data/profile-strict.json' with { type: 'json' };
import { newKey } from '../testing/signing-key.ts';
import { goodZone } from '../testing/stage.ts';
import { Shown } from '../testing/table.ts';
import { denialSettings } from './denial-settings.ts';
import { dnsProfile } from './profile.ts';
import { algorithms } from './signing.ts';

it('profiles that come along say every part, and nothing unknown', () => {
  const parts = Object.keys(dnsProfile.parse({})).sort();
  for (const profile of [strict, internetNl]) {
    expect(Object.keys(profile).sort()).toEqual(parts);
    expect(dnsProfile.parse(profile)).toEqual(profile);
  }
});

it('the same zone is judged otherwise by another profile', async () => {
  const zone = goodZone({ keys: [newKey(8, 257, 1024)], denial: { iterations: 5, salt: 'ab' } });
  const shown = new Shown();
  const verdicts = [];
  for (const profile of [strict, internetNl] as NonNullable<Parameters<Shown['run']>[2]>['profile'][])
    for (const check of [algorithms, denialSettings])
      verdicts.push((await shown.run(check, 'good.test', { zone, ...(profile ? { profile } : {}) })).verdict);
  expect(verdicts).toEqual(['fail', 'fail', 'pass', 'pass']);
});

it('a profile with a wrong word is refused, and says where', () => {
  const { error } = dnsProfile.safeParse({ ...strict, caa: { absent: 'perhaps' } });
  expect(error?.issues[0]?.path).toEqual(['caa', 'absent']);
});
