import { describe, expect, it } from 'vitest';
import { may, rolesFor } from './permissions.ts';
import { probeDueAt, probesThrough, waiverStands } from './probing.ts';
import {
  awarded,
  evaluated,
  HASH,
  OTHER_HASH,
  offers,
  opened,
  published,
  SIGNING,
  Story,
  scored,
} from './testing/story.ts';

const CONSENT = { consent: 'c1', hash: HASH, text: OTHER_HASH };
const START = { supplier: 'acme', consent: 'c1', round: 'r1' };
const WAIVER = { supplier: 'acme', waiver: 'w1', until: '2026-03-31', hash: HASH };

describe('consent', () => {
  it('is the supplier’s to give and to withdraw, from publication on', () => {
    expect(new Story().refusal('acme', 'probe.consent', CONSENT)).toBe('wrong-state');
    const story = published();
    expect(story.refusal('bram', 'probe.consent', CONSENT)).toBe('not-permitted');
    const { version } = story.purchase;
    story.does('acme', 'probe.consent', CONSENT).does('acme', 'probe.withdraw', { consent: 'c1' });
    expect(story.events.slice(-2)).toMatchObject([
      { type: 'probe.consented', ids: { consent: 'c1', supplier: 'acme' }, hashes: [HASH, OTHER_HASH] },
      { type: 'probe.withdrawn', ids: { consent: 'c1', supplier: 'acme' } },
    ]);
    // Rows beside the purchase: its own document stays, and so does its version.
    expect(story.purchase.version).toBe(version);
  });

  it('can be given while the contract runs', () => {
    const story = awarded(evaluated(scored(opened(offers(published())))))
      .when('2026-03-02T09:00:00Z')
      .does('olga', 'contract.sign', SIGNING);
    expect(story.refusal('acme', 'probe.consent', CONSENT)).toBeNull();
  });
});

describe('probing', () => {
  it('is begun by owner, buyer or security, after the opening, of who has bid', () => {
    expect(rolesFor('probe.run')).toEqual(['owner', 'buyer', 'security', 'system']);
    const sealed = offers(published());
    expect(sealed.refusal('bram', 'probe.start', START)).toBe('wrong-state');
    const story = opened(sealed);
    expect(story.refusal('lena', 'probe.start', START)).toBe('not-permitted');
    expect(story.refusal('olga', 'probe.start', START)).toBeNull();
    expect(story.refusal('bram', 'probe.start', { ...START, supplier: 'other' })).toBe('unknown');
    expect(story.refusal('bram', 'probe.start', START)).toBeNull();
    expect(story.refusal('sven', 'probe.start', START)).toBeNull();
    expect(story.refusal('clock', 'probe.start', START)).toBeNull();
  });

  it('is closed to who has a conflict of interest, or has not said', () => {
    const story = opened(offers(published()));
    expect(story.refusal({ id: 'new', roles: ['buyer'] }, 'probe.start', START)).toBe('declare-first');
    story.does('bram', 'conflict.declare', { lots: null, conflict: true, note: '' });
    expect(story.refusal('bram', 'probe.start', START)).toBe('conflict-declared');
  });

  it('is kept by the server alone', () => {
    const story = opened(offers(published()));
    const kept = { supplier: 'acme', consent: 'c1', run: 'x1', bundle: HASH };
    expect(story.refusal('bram', 'probe.keep', kept)).toBe('not-permitted');
    expect(story.refusal('clock', 'probe.keep', kept)).toBeNull();
    expect(story.events.at(-1)).toMatchObject({ type: 'probe.kept', by: 'system', hashes: [HASH] });
  });
});

describe('accepting a failing check', () => {
  it('is for a while: from today on, for a year at most', () => {
    const story = opened(offers(published()));
    expect([may(['owner'], 'probe.waive'), may(['legal'], 'probe.waive')]).toEqual([true, false]);
    for (const until of ['2026-02-09', '2027-03-01'])
      expect(story.refusal('sven', 'probe.waive', { ...WAIVER, until })).toBe('waiver-day');
    for (const until of ['2026-02-10', '2027-02-10'])
      expect(story.refusal('sven', 'probe.waive', { ...WAIVER, until })).toBeNull();
    expect(story.refusal('sven', 'probe.unwaive', { supplier: 'acme', waiver: 'w1' })).toBeNull();
  });

  it('ends with its last day, where the purchase is', () => {
    const { purchase } = new Story();
    const until = (at: string, ended: string | null = null) =>
      waiverStands({ until: '2026-03-31', ended }, purchase, at);
    // In Brussels it is summer by then: the day ends at 22:00 UTC.
    expect([until('2026-03-31T21:59:00Z'), until('2026-03-31T22:00:00Z')]).toEqual([true, false]);
    expect(until('2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z')).toBe(false);
  });
});

describe('the schedule', () => {
  it.each([
    [null, 'weekly', '1970-01-01T00:00:00Z'],
    ['2026-01-05T02:00:00Z', 'weekly', '2026-01-11T14:00:00Z'],
    ['2026-01-31T02:00:00Z', 'monthly', '2026-02-27T14:00:00Z'],
    ['2026-01-05T02:00:00Z', 'off', null],
    [null, 'off', null],
  ] as const)('after %s, %s', (last, every, due) => expect(probeDueAt(last, every)).toBe(due));

  it('is for suppliers under contract, while it runs', () => {
    const story = awarded(evaluated(scored(opened(offers(published())))));
    expect(probesThrough(story.purchase, '2026-04-02')).toEqual([]);
    story.when('2026-03-02T09:00:00Z').does('olga', 'contract.sign', SIGNING);
    expect(probesThrough(story.purchase, '2026-03-31')).toEqual([]);
    expect(probesThrough(story.purchase, '2026-04-01')).toEqual(['acme']);
    expect(probesThrough(story.purchase, '2029-04-01')).toEqual([]);
    story.when('2026-05-04T09:00:00Z').does('olga', 'contract.end', { reason: 'Both agree.' });
    expect(probesThrough(story.purchase, '2026-05-05')).toEqual([]);
  });
});
