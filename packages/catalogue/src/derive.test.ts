import { describe, expect, it } from 'vitest';
import { ContextError, contextOf } from './context.ts';
import { derive } from './derive.ts';
import { diffDemands } from './diff.ts';
import { explanationsOf } from './explain.ts';
import type { Catalogue } from './schema.ts';
import { snapshotOf } from './snapshot.ts';
import { CONTEXT, requirement, risk, smallCatalogue, text } from './testing/small-catalogue.ts';
import { worded } from './wording.ts';

const LEAVE_OUT = {
  requirement: 'AA-01',
  kind: 'leave-out',
  reason: 'no-supply',
  text: 'Nobody sells it',
  owner: 'Ada',
  review: '2027-03-01',
} as const;

function catalogue(change: Partial<Catalogue> = {}): Catalogue {
  return smallCatalogue({
    requirements: [
      requirement('AA-01'),
      requirement('AA-02'),
      requirement('AA-03', { knockout: true }),
      requirement('AA-04', { applies: ['product'] }),
      requirement('AA-05', { when: { exposure: 'none' } }),
      requirement('AA-06'),
    ],
    risks: [
      risk('RSK-01', [
        { answers: ['AA-01'] },
        { answers: ['AA-01', 'AA-02'] },
        { from: 'critical', answers: ['AA-06'] },
      ]),
      risk('RSK-02', [{ answers: ['AA-03', 'AA-04'] }], {
        likelihood: { prior: 4, basis: 'test', confidence: 'low', factors: [] },
        impact: { base: 5, factors: [] },
      }),
      risk('RSK-03', [{ answers: ['AA-05'] }], { services: ['dns'] }),
    ],
    ...change,
  });
}

const demandOf = (change: object = {}, from = catalogue()) => derive(contextOf({ ...CONTEXT, ...change }, from), from);

describe('derive', () => {
  it('takes the smallest set that answers every need', () => {
    const demand = demandOf();
    expect(demand.requirements.map(({ id }) => id)).toEqual(['AA-01', 'AA-03']);
    expect(demand.open).toEqual([]);
    expect(demand.smallest).toBe(true);
  });

  it('says why each is in, and what would be unanswered without it', () => {
    const [first] = demandOf().requirements;
    expect(first?.reasons).toEqual([
      { kind: 'risk', risk: 'RSK-01', need: 'need-0', rating: 'low', only: true },
      { kind: 'risk', risk: 'RSK-01', need: 'need-1', rating: 'low', only: true },
    ]);
  });

  it('says why each other is out', () => {
    const out = new Map(demandOf().excluded.map(({ id, exclusion }) => [id, exclusion]));
    expect(out.get('AA-02')).toEqual({ kind: 'answered-otherwise', by: ['AA-01'] });
    expect(out.get('AA-04')).toEqual({ kind: 'not-applicable', because: 'kind' });
    expect(out.get('AA-05')).toEqual({ kind: 'not-applicable', because: 'condition' });
    expect(out.get('AA-06')).toEqual({
      kind: 'no-need',
      risks: [{ risk: 'RSK-01', rating: 'low', from: 'critical' }],
    });
  });

  it('every requirement of the catalogue is in or out, none both', () => {
    const demand = demandOf();
    const all = [...demand.requirements, ...demand.excluded].map(({ id }) => id).sort();
    expect(all).toEqual(catalogue().requirements.map(({ id }) => id));
  });

  it('answers a risk at the level of its rating, and spares a small purchase the highest', () => {
    expect(demandOf().requirements.map(({ level }) => level)).toEqual(['basic', 'advanced']);
    const small = demandOf({ valueBand: 'small' }).requirements;
    expect(small.map(({ level }) => level)).toEqual(['basic', 'standard']);
    expect(small[1]?.notes).toEqual([{ kind: 'capped-by-value', from: 'advanced' }]);
  });

  it('refuses offers only for what may knock out and answers a high risk', () => {
    expect(demandOf().requirements.map(({ knockout }) => knockout)).toEqual([false, true]);
  });

  it('gives weights that add up to 1000, the higher risk the larger', () => {
    const weights = demandOf().requirements.map(({ weight }) => weight);
    expect(weights.reduce((a, b) => a + b, 0)).toBe(1000);
    expect(weights[1]).toBeGreaterThan(weights[0] ?? 0);
  });

  it('lets a law force a requirement, raise its level and tighten a parameter, never loosen it', () => {
    const law = (value: number) => ({
      laws: [
        {
          id: 'act',
          title: text('Act'),
          citation: 'X',
          when: { eu: true },
          note: text('note'),
          confidence: 'high' as const,
          requires: [{ requirement: 'AA-06', ref: '5', level: 'standard' as const, parameters: { days: value } }],
        },
      ],
    });
    const strict = demandOf({}, catalogue(law(3)));
    const forced = strict.requirements.find(({ id }) => id === 'AA-06');
    expect(forced).toMatchObject({ level: 'standard', parameters: { days: 3 } });
    expect(forced?.notes).toEqual([{ kind: 'law-parameter', law: 'act', parameter: 'days', value: 3 }]);
    const loose = demandOf({}, catalogue(law(50)));
    expect(loose.requirements.find(({ id }) => id === 'AA-06')?.parameters).toEqual({ days: 14 });
    expect(demandOf({ country: 'US' }, catalogue(law(3))).laws).toEqual([]);
    expect(demandOf({ laws: { remove: ['act'] } }, catalogue(law(3))).laws).toEqual([]);
    expect(demandOf({ country: 'US', laws: { add: ['act'] } }, catalogue(law(3))).laws).toEqual(['act']);
  });

  it('answers a need otherwise when its requirement is left out, and says what stays open', () => {
    const demand = demandOf({ departures: [LEAVE_OUT] });
    expect(demand.requirements.map(({ id }) => id)).toEqual(['AA-02', 'AA-03']);
    expect(demand.open).toEqual([{ risk: 'RSK-01', need: 'need-0', rating: 'low' }]);
    expect(demand.excluded.find(({ id }) => id === 'AA-01')?.exclusion).toEqual({ kind: 'left-out', departure: 0 });
  });

  it('keeps a departure that sets a level or a parameter', () => {
    const { requirement: id, reason, owner, review, text: words } = LEAVE_OUT;
    const base = { requirement: id, reason, owner, review, text: words };
    const demand = demandOf({
      departures: [
        { ...base, kind: 'set-level', level: 'advanced' },
        { ...base, kind: 'set-parameter', parameter: 'days', value: 5 },
      ],
    });
    expect(demand.requirements[0]).toMatchObject({
      level: 'advanced',
      parameters: { days: 5 },
      departures: [0, 1],
    });
  });

  it('is a function of its arguments', () => {
    expect(demandOf()).toEqual(demandOf());
  });
});

describe('contextOf', () => {
  it.each([
    [{ criticality: 'extreme' }, /criticality: "extreme" is not known; one of low, moderate, high, vital/],
    [{ types: ['boat'] }, /types: "boat"/],
    [{ country: 'Netherlands' }, /country: two capital letters/],
    [{ kinds: [] }, /kinds/],
    [{ contractMonths: 0 }, /contractMonths/],
    [{ laws: { add: ['code-napoleon'] } }, /laws: "code-napoleon"/],
    [{ departures: [{ ...LEAVE_OUT, requirement: 'ZZ-99' }] }, /departures.0: there is no requirement "ZZ-99"/],
    [{ departures: [{ ...LEAVE_OUT, reason: 'whim' }] }, /the reason "whim"/],
    [
      { departures: [{ ...LEAVE_OUT, kind: 'set-parameter', parameter: 'days', value: 90 }] },
      /90 is outside the range of days: 1 to 60/,
    ],
    [{ surprise: 1 }, /surprise/],
  ])('refuses %j', (change, message) => {
    expect(() => contextOf({ ...CONTEXT, ...change }, catalogue())).toThrow(ContextError);
    expect(() => contextOf({ ...CONTEXT, ...change }, catalogue())).toThrow(message);
  });
});

describe('worded', () => {
  const raised = catalogue();
  const demand = demandOf({}, raised);

  it.each([
    ['en', 'The supplier must do a thing: within 7 days.'],
    ['fr', 'Le fournisseur doit do fr a thing fr : within 7 days fr.'],
    ['nl', 'De leverancier moet a thing nl do nl: within 7 days nl.'],
    ['de', 'Der Auftragnehmer muss a thing de do de: within 7 days de.'],
  ] as const)('makes the sentence in %s', (language, sentence) => {
    const second = demand.requirements[1];
    if (!second) throw new Error('no second requirement');
    expect(worded(demand, second, raised, language).sentence).toBe(sentence);
  });

  it('adds "or equivalent" to the first mention of a standard, where EU law asks it', () => {
    const standard = catalogue({
      risks: [risk('RSK-01', [{ answers: ['AA-01'] }], { impact: { base: 4, factors: [] } })],
    });
    const inNl = demandOf({}, standard);
    const [one] = inNl.requirements;
    if (!one) throw new Error('nothing demanded');
    expect(worded(inNl, one, standard, 'en').clause).toBe(
      'The supplier does it by RFC 9325 (or equivalent), under RFC 9325.',
    );
    const inUs = demandOf({ country: 'US' }, standard);
    expect(worded(inUs, one, standard, 'en').clause).toBe('The supplier does it by RFC 9325, under RFC 9325.');
  });
});

describe('a later edition', () => {
  it('changes no old decision, and the difference can be shown', () => {
    const old = catalogue();
    const demand = demandOf({}, old);
    const kept = snapshotOf(old, demand);
    const later = catalogue({
      requirements: [
        ...old.requirements.map((one) => (one.id === 'AA-03' ? { ...one, title: text('New words') } : one)),
        requirement('AA-07'),
      ],
      risks: [...old.risks, risk('RSK-04', [{ answers: ['AA-07'] }])],
      hash: 'later',
    });
    const now = demandOf({}, later);
    expect(diffDemands({ demand, catalogue: kept }, { demand: now, catalogue: later })).toMatchObject({
      added: ['AA-07'],
      removed: [],
      reworded: ['AA-03'],
      risks: [{ id: 'RSK-04', from: null, to: 4 }],
    });
    const second = demand.requirements[1];
    if (!second) throw new Error('no second requirement');
    expect(worded(demand, second, kept, 'en').title).toBe('Title of AA-03');
  });
});

describe('explanationsOf', () => {
  it('prints the paragraph of the annual report', () => {
    const demand = demandOf({ departures: [LEAVE_OUT] });
    expect(explanationsOf(demand, catalogue(), 'en')).toMatchObject([
      {
        requirement: 'AA-01',
        paragraph: 'AA-01 (Title of AA-01): Nobody sells it. Ada 1 March 2027',
        accepted: true,
      },
    ]);
  });
});
