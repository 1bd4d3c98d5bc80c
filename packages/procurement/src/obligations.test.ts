import { type Context, demandFileOf, derive, LEVELS, loadCatalogue } from '@proviso/catalogue';
import { describe, expect, test } from 'vitest';
import due from '../data/due.json' with { type: 'json' };
import { isOverdue, obligationsOf, owedObligations } from './obligations.ts';
import { contentsOf } from './purchase/contents.ts';
import { demandLine, linesOf } from './purchase/demand.ts';
import { lowPrices } from './scoring/low-price.ts';
import { claimedScore, SCORE_OF, scaleOf } from './scoring/scale.ts';
import { leanings, spreads } from './scoring/spread.ts';
import {
  awarded,
  CONTENTS,
  evaluated,
  HASH,
  LINES,
  line,
  OTHER_HASH,
  offers,
  opened,
  published,
  SIGNING,
  scored,
} from './testing/story.ts';
import { upcoming } from './time/upcoming.ts';

const signed = (change: Partial<typeof SIGNING> = {}) =>
  awarded(evaluated(scored(opened(offers(published()), {}))))
    .when('2026-03-02T09:00:00Z')
    .does('olga', 'contract.sign', { ...SIGNING, ...change });

const CONTEXT: Context = {
  schema: 'proviso.context/1',
  title: 'Mail',
  language: 'en',
  country: 'NL',
  sector: 'government',
  kinds: ['service'],
  types: ['email-service'],
  services: ['email'],
  assets: ['mail-servers'],
  criticality: 'vital',
  exposure: 'internet',
  personalData: 'ordinary',
  remoteAccess: 'none',
  hosting: 'cloud',
  development: 'none',
  alternatives: 'few',
  ai: false,
  contractMonths: 48,
  valueBand: 'large',
  laws: { add: [], remove: [] },
  departures: [],
};

describe('obligations', () => {
  test('one for each clause, one more at the end, with owner, day and evidence', () => {
    const { obligations } = signed({ owners: [{ requirement: 'AAA-02', owner: 'dora' }] as never[] }).purchase;
    expect(
      obligations.map(({ id, requirement, owner, kind, due: day, from, evidence }) => [
        id,
        requirement,
        owner,
        kind,
        day,
        from,
        evidence,
      ]),
    ).toEqual([
      ['AAA-01.1', 'AAA-01', 'carla', 'kept', '2027-04-01', null, ['document']],
      ['AAA-02.2', 'AAA-02', 'dora', 'kept', '2027-04-01', null, ['document']],
      ['AAA-03.3', 'AAA-03', 'carla', 'kept', '2027-04-01', null, ['document']],
      ['VUL-07.4', 'VUL-07', 'carla', 'kept', '2026-10-01', 'test-months', ['test-report']],
      ['VUL-07.5', 'VUL-07', 'carla', 'exit', '2029-03-31', null, ['test-report']],
    ]);
  });

  test('what was met comes due again, until the end of the contract', () => {
    const story = signed({ to: '2026-12-31' });
    const meet = { obligation: 'VUL-07.4', state: 'met' as const, evidence: HASH, reason: '' };
    story.does('sven', 'obligation.update', meet);
    expect(story.purchase.obligations[3]).toMatchObject({ state: 'open', due: '2026-12-31' });
    story.does('sven', 'obligation.update', meet);
    expect(story.purchase.obligations[3]).toMatchObject({ state: 'met', due: '2026-12-31' });
    expect(story.purchase.obligations[3]?.history.map((one) => one.due)).toEqual(['2026-10-01', '2026-12-31']);
    expect(story.refusal('sven', 'obligation.update', { ...meet, evidence: null })).toBe('evidence-or-reason');
    expect(story.refusal('sven', 'obligation.update', { ...meet, state: 'waived', evidence: null })).toBe(
      'reason-needed',
    );
  });

  test('what was demanded and is no clause is listed with why', () => {
    const story = published().when('2026-01-10T09:00:00Z');
    const nod = { verdict: 'approved' as const, demand: OTHER_HASH, reason: '' };
    story
      .does('lena', 'demand.approve', { ...nod, as: 'legal' })
      .does('sven', 'demand.approve', { ...nod, as: 'security' });
    story.does('bram', 'corrigendum.publish', {
      id: 'k1',
      significance: 'significant',
      reason: 'Asked for twice.',
      closing: null,
      demand: { version: 2, hash: OTHER_HASH, lines: LINES.filter(({ id }) => id !== 'AAA-02') },
      plan: null,
      changed: [],
    });
    for (const [person, id] of [
      ['acme', 'o1'],
      ['bolt', 'o2'],
    ] as const)
      story.does(person, 'offer.submit', {
        id,
        lot: 'all',
        invitation: null,
        hashes: [HASH],
        bytes: 9,
        demand: OTHER_HASH,
      });
    opened(story, {
      o1: {
        deviations: [{ requirement: 'VUL-07', text: 'Once a year.' }] as never[],
        notApplicable: ['AAA-03'] as never[],
      },
    });
    for (const person of ['eva', 'emil'] as const)
      story.does(person, 'applicability.decide', { lot: 'all', requirement: 'AAA-03', reason: 'No such part.' });
    story.does('lena', 'deviation.decide', {
      offer: 'o1',
      requirement: 'VUL-07',
      verdict: 'accepted',
      reason: 'Small risk.',
      counter: null,
    });
    awarded(evaluated(scored(story), { o1: 100, o2: 200 }));
    const dropped = [{ requirement: 'AAA-01', reason: 'Done by the buyer itself.' }];
    story.when('2026-03-02T09:00:00Z').does('olga', 'contract.sign', { ...SIGNING, dropped });
    expect(story.purchase.dropped.map(({ requirement, because, reason }) => [requirement, because, reason])).toEqual([
      ['AAA-02', 'changed-by-corrigendum', 'Asked for twice.'],
      ['AAA-01', 'dropped-at-signing', 'Done by the buyer itself.'],
      ['AAA-03', 'not-applicable', 'No such part.'],
      ['VUL-07', 'deviation-accepted', 'Small risk.'],
    ]);
    expect(
      story.purchase.obligations.every(
        ({ requirement, instead }) => requirement === 'VUL-07' && instead === 'Once a year.',
      ),
    ).toBe(true);
  });
});

describe('what is still owed', () => {
  const due = (story: ReturnType<typeof signed>) =>
    owedObligations(story.purchase).map(({ id, due: day }) => [id, day]);

  test('comes in the order of its days, without what was waived', () => {
    const story = signed();
    expect(due(story)[0]).toEqual(['VUL-07.4', '2026-10-01']);
    story.does('sven', 'obligation.update', {
      obligation: 'VUL-07.4',
      state: 'waived',
      evidence: null,
      reason: 'Tested by the town itself.',
    });
    expect(due(story).map(([id]) => id)).toEqual(['AAA-01.1', 'AAA-02.2', 'AAA-03.3', 'VUL-07.5']);
  });

  test('after the end is what was due by then, and the duties at the end', () => {
    const story = signed().when('2026-10-02T09:00:00Z').does('olga', 'contract.end', { reason: 'The supplier stops.' });
    expect(due(story)).toEqual([
      ['VUL-07.4', '2026-10-01'],
      ['VUL-07.5', '2029-03-31'],
    ]);
    expect(upcoming(story.purchase, story.at).map(({ kind, subject }) => [kind, subject])).toEqual([
      ['obligation-due', 'VUL-07.5'],
    ]);
  });

  test.each([
    ['2026-10-01T21:59:59.999Z', false],
    ['2026-10-01T22:00:00Z', true],
  ])('at %s, when its day ends in Brussels, is overdue: %s', (at, late) => {
    const { purchase } = signed();
    const [first] = owedObligations(purchase);
    expect(first && isOverdue(purchase, first, at)).toBe(late);
  });
});

describe('what was offered', () => {
  const madeOf = (value: number | null, parameter = { id: 'test-months', value: 6, unit: 'months' }) => {
    const { purchase } = offers(published());
    const measure = { parameter: 'test-months', better: 'lower' as const };
    const told = { ...CONTENTS, offered: value === null ? [] : [{ requirement: 'VUL-07', value }] };
    const lines = [line('VUL-07', { parameters: [parameter], measure })];
    const asked = {
      ...purchase,
      demand: purchase.demand && { ...purchase.demand, lines },
      offers: purchase.offers.map((one) => ({ ...one, opened: { at: one.at, contents: told, problem: null } })),
    };
    return obligationsOf(asked, SIGNING).obligations.map(({ kind, due: day, every }) => [kind, day, every?.count]);
  };

  test.each([
    [null, '2026-10-01', 6],
    [3, '2026-07-01', 3],
    [9, '2026-10-01', 6],
    // Less than a month is no time of its own: never worse than what was demanded.
    [0.5, '2026-10-01', 6],
    [0, '2026-10-01', 6],
    [-1, '2026-10-01', 6],
  ])('%s months instead of 6: next by %s, every %s', (value, day, count) => {
    expect(madeOf(value)).toEqual([['kept', day, count]]);
  });

  test.each([
    ['months', 1e9],
    ['years', Number.MAX_VALUE],
    ['days', 1e15],
    ['weeks', 1e300],
  ])('a length of %s × %d ends with the contract', (unit, value) => {
    expect(madeOf(null, { id: 'test-months', value, unit })[0]?.slice(0, 2)).toEqual(['kept', SIGNING.to]);
  });
});

describe('against the catalogue', () => {
  const catalogue = loadCatalogue();
  const file = demandFileOf(derive(CONTEXT, catalogue), catalogue);

  test('every parameter that sets a day is there, in a unit of days, weeks, months or years', () => {
    const units = new Map(
      catalogue.requirements.flatMap(({ id, parameters }) => parameters.map((one) => [`${id}.${one.id}`, one.unit])),
    );
    for (const name of [...due.every, ...due.within, ...due.beforeEnd])
      expect([name, units.get(name)]).toEqual([name, expect.stringMatching(/^(days|weeks|months|years)$/)]);
    for (const name of due.perYear) expect([name, units.get(name)]).toEqual([name, 'count']);
  });

  test('a demand becomes lines that a purchase takes', () => {
    const lines = linesOf(file);
    expect(lines.map(({ id }) => id)).toEqual(file.demand.requirements.map(({ id }) => id));
    expect(lines.length).toBeGreaterThan(20);
    for (const one of lines) expect(demandLine.safeParse(one).error).toBeUndefined();
    expect(lines.reduce((sum, { weight }) => sum + weight, 0)).toBe(1000);
    expect(lines.some(({ measure }) => measure !== null)).toBe(true);
  });

  test('the scale follows the order of the levels', () => {
    expect(LEVELS.map((level) => SCORE_OF[level])).toEqual([1, 2, 3]);
  });

  test.each([
    [4, 3],
    [5, 3],
    // The catalogue's own value for the level would take these; the buyer asked for more.
    [6, 1],
    [8, 1],
    [11, 1],
  ])('report within 5 days demanded, %d answered: %d', (answer, score) => {
    const requirement = catalogue.requirements.find(({ id }) => id === 'INC-03');
    if (!requirement) throw new Error('INC-03 is not in the catalogue');
    expect(claimedScore(requirement, { level: 'standard', parameters: { 'report-days': 5 } }, answer)).toBe(score);
  });

  test('every choice and every measure has its score', () => {
    for (const requirement of catalogue.requirements) {
      const parameters = Object.fromEntries(requirement.parameters.map((one) => [one.id, one.values.standard]));
      const demanded = { level: 'standard' as const, parameters };
      expect(scaleOf(requirement, demanded).map(({ score }) => score)).toEqual([0, 1, 2, 3]);
      expect(claimedScore(requirement, demanded, null)).toBe(0);
      for (const { id, meets } of requirement.question.choices ?? []) {
        const wanted = meets === 'none' ? 0 : meets === 'not-applicable' ? meets : SCORE_OF[meets];
        expect(claimedScore(requirement, demanded, id)).toBe(wanted);
      }
      const unit = requirement.parameters.find(({ id }) => id === requirement.question.unit);
      if (requirement.question.answer === 'number' && unit) {
        expect(claimedScore(requirement, demanded, unit.values.advanced)).toBe(3);
        expect(claimedScore(requirement, demanded, unit.values.standard)).toBeGreaterThanOrEqual(2);
        expect(claimedScore(requirement, demanded, requirement.question.better === 'lower' ? 1e9 : -1)).toBe(0);
      }
    }
  });
});

test('an offer says what it leaves open, calls not applicable, and does otherwise', () => {
  const question = (
    id: string,
    part: 'answer' | 'deviation',
    type: 'choice' | 'number' | 'text',
    visible: { [fact: string]: string } | null = null,
  ) => ({
    id,
    requirement: id.split('.')[0] ?? '',
    part,
    type,
    label: '',
    help: null,
    choices: [
      { id: 'yes', text: '' },
      { id: 'na', text: '' },
    ],
    unit: null,
    visible,
    required: true,
    version: '1',
  });
  const form = {
    schema: 'proviso.form/1' as const,
    title: '',
    reference: null,
    buyer: null,
    language: 'en',
    demand: HASH,
    edition: '1',
    sections: [],
    requirements: [],
    questions: [
      question('AAA-01', 'answer', 'choice'),
      question('AAA-01.deviation', 'deviation', 'text', { 'AAA-01': 'yes' }),
      question('AAA-02', 'answer', 'choice'),
      question('AAA-02.deviation', 'deviation', 'text', { 'AAA-02': 'yes' }),
      question('AAA-03', 'answer', 'number'),
      question('AAA-04', 'answer', 'choice'),
    ],
  };
  const values = {
    'AAA-01': 'yes',
    'AAA-01.deviation': 'Less.',
    'AAA-02': 'na',
    'AAA-02.deviation': 'hidden',
    'AAA-03': 7,
    'AAA-04': 'no such choice',
  };
  expect(contentsOf(form, values, new Map([['AAA-02', ['na']]]), HASH)).toEqual({
    hash: HASH,
    unanswered: ['AAA-04'],
    notApplicable: ['AAA-02'],
    deviations: [{ requirement: 'AAA-01', text: 'Less.' }],
    offered: [{ requirement: 'AAA-03', value: 7 }],
  });
});

describe('what is shown to people', () => {
  test.each([
    [[100, 100, 100], []],
    [[100, 90, 60], [['o2', 'below-next', 33]]],
    [
      [100, 100, 100, 50],
      [
        ['o3', 'below-mean', 42],
        ['o3', 'below-next', 50],
      ],
    ],
    [[50], []],
    // Exactly on the line, where a float would fall short.
    [[100, 80], [['o1', 'below-next', 20]]],
    [[100, 81], []],
    [
      [110, 110, 110, 70],
      [
        ['o3', 'below-mean', 30],
        ['o3', 'below-next', 36],
      ],
    ],
    [[0, 0], []],
    [[], []],
  ])('low prices among %j', (prices, flags) => {
    const found = lowPrices(prices.map((price, i) => ({ offer: `o${i}`, price })));
    expect(found.map(({ offer, rule, percent }) => [offer, rule, percent])).toEqual(flags);
  });

  test('a wide spread, and somebody who leans one way', () => {
    const rows = ['AAA-01', 'AAA-02'].flatMap((requirement, i) => [
      { offer: 'o1', requirement, evaluator: 'eva', value: 3 },
      { offer: 'o1', requirement, evaluator: 'emil', value: i === 0 ? 0 : 2 },
      { offer: 'o2', requirement, evaluator: 'eva', value: 1 },
      { offer: 'o2', requirement, evaluator: 'emil', value: 1 },
    ]);
    expect(spreads(rows)).toEqual([
      { offer: 'o1', requirement: 'AAA-01', lowest: 0, highest: 3, wide: true },
      { offer: 'o1', requirement: 'AAA-02', lowest: 2, highest: 3, wide: false },
    ]);
    expect(leanings(rows).filter(({ leaning }) => leaning)).toEqual([
      { offer: 'o1', evaluator: 'eva', distance: 2, leaning: true },
      { offer: 'o1', evaluator: 'emil', distance: -2, leaning: true },
    ]);
  });
});
