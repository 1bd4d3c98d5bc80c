import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { COMMANDS, type CommandType, decide } from './decide.ts';
import { EVENT_TYPES } from './events.ts';
import { may } from './permissions.ts';
import { openingHash } from './purchase/opening-hash.ts';
import { type Purchase, purchase as purchaseSchema, STATES, type State } from './purchase/purchase.ts';
import { isRefusal } from './refusal.ts';
import {
  approved,
  awarded,
  CONTENTS,
  evaluated,
  HASH,
  KEYS,
  LINES,
  offers,
  opened,
  PEOPLE,
  PLAN,
  published,
  SIGNING,
  Story,
  scored,
  specified,
  TIMES,
} from './testing/story.ts';

/** Where each state may go. */
const NEXT: Record<State, State[]> = {
  drafted: ['specified', 'stopped'],
  specified: ['drafted', 'published', 'stopped'],
  published: ['closed', 'stopped'],
  closed: ['opened', 'stopped'],
  opened: ['evaluated', 'published', 'stopped'],
  evaluated: ['awarded', 'published', 'stopped'],
  awarded: ['evaluated', 'contracted', 'stopped'],
  contracted: ['ended'],
  ended: [],
  stopped: [],
};

const stages: [State, () => Story][] = [
  ['drafted', () => new Story()],
  ['specified', () => approved(specified())],
  ['published', () => offers(published())],
  ['closed', () => offers(published()).when('2026-02-10T11:30:00Z').does('clock', 'purchase.close', {})],
  ['opened', () => opened(offers(published()))],
  ['evaluated', () => evaluated(scored(opened(offers(published()))))],
  ['awarded', () => awarded(evaluated(scored(opened(offers(published())))))],
  [
    'contracted',
    () =>
      awarded(evaluated(scored(opened(offers(published())))))
        .when('2026-03-02T09:00:00Z')
        .does('olga', 'contract.sign', SIGNING),
  ],
];

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const one of Object.values(value)) freeze(one);
  }
  return value;
}

const found = (...prices: (number | null)[]) =>
  prices.map((price, i) => ({ id: `o${i + 1}`, contents: CONTENTS, problem: null, price }));

/** Inputs that fit the stories, for walks that get somewhere. */
const SOME: Partial<Record<CommandType, unknown[]>> = {
  'demand.set': [
    { version: 1, hash: HASH, lines: LINES },
    { version: 2, hash: HASH, lines: LINES },
  ],
  'plan.set': [PLAN],
  'openers.name': [{ openers: ['odin', 'opal'], recovery: null }],
  'evaluators.name': [
    {
      evaluators: [
        { person: 'eva', lots: null },
        { person: 'emil', lots: null },
      ],
    },
  ],
  'purchase.reopen': [{ reason: 'One more look.' }],
  'demand.approve': (['legal', 'security'] as const).map((as) => ({
    as,
    verdict: 'approved',
    demand: HASH,
    reason: '',
  })),
  'purchase.publish': [{ ...TIMES, validityDays: 90, keys: [KEYS.quality, KEYS.price] }],
  'question.ask': [{ id: 'q1', text: 'Which mail?' }],
  'question.answer': [{ question: 'q1', text: 'All.', wording: null, closing: null, insignificant: null }],
  'offer.submit': ['o1', 'o2', 'o3'].map((id) => ({
    id,
    lot: 'all',
    invitation: null,
    hashes: [HASH],
    bytes: 9,
    demand: HASH,
  })),
  'conflict.declare': [
    { lots: null, conflict: false, note: '' },
    { lots: null, conflict: true, note: '' },
  ],
  'opening.attend': [{ part: 'quality' }, { part: 'price' }],
  'opening.confirm': [
    { part: 'quality', hash: openingHash('quality', 1, found(null, null)) },
    { part: 'price', hash: openingHash('price', 1, found(5, 6)) },
  ],
  'offers.open': [
    { offers: ['o1', 'o2'].map((offer) => ({ offer, contents: CONTENTS, problem: null, price: null })) },
    { offers: [{ offer: 'o1', contents: CONTENTS, problem: null, price: null }] },
  ],
  'evaluation.finish': [{ lot: 'all' }],
  'quality.freeze': [{ lot: 'all' }],
  'price.open': [
    {
      prices: [
        { offer: 'o1', price: 5 },
        { offer: 'o2', price: 6 },
      ],
    },
  ],
  'award.decide': [{ lot: 'all', offers: ['o1'], reason: 'Best value.', draw: null }],
  'award.notify': [{ lot: 'all', means: 'electronic' }],
  'award.withdraw': [{ lot: 'all', reason: 'A review.' }],
  'contract.sign': [SIGNING],
  'contract.end': [{ reason: 'Over.' }],
  'purchase.stop': [{ reason: 'No money.' }],
};

/** Every list of a purchase that is a record of what happened: it may only grow. */
const RECORDS = [
  'corrigenda',
  'questions',
  'requests',
  'offers',
  'declarations',
  'openings',
  'awards',
  'contracts',
  'obligations',
  'dropped',
  'approvals',
  'reopened',
  'earlier',
  'deviations',
] as const satisfies (keyof Purchase)[];

describe('any sequence of commands', () => {
  test('reaches no illegal state, loses nothing, bends nothing it was handed, and stays in its schema', () => {
    const types = Object.keys(COMMANDS) as CommandType[];
    const people = Object.values(PEOPLE);
    // Mostly what may be given here by somebody who may; now and then anything by anybody.
    const step = fc.record({
      type: fc.nat(),
      input: fc.nat(),
      who: fc.nat(),
      wild: fc.integer({ min: 0, max: 4 }),
      wait: fc.constantFrom(0, 0, 0, 1, 40),
    });
    const steps = fc.array(step, { minLength: 5, maxLength: 30 });
    let carried = 0;
    fc.assert(
      fc.property(fc.constantFrom(...stages), steps, ([, begin], walk) => {
        const story = begin();
        let { purchase } = story;
        let at = Date.parse(story.at);
        for (const { wait, wild, who, ...pick } of walk) {
          at += wait * 86_400_000;
          const here = wild === 0 ? types : types.filter((one) => COMMANDS[one].states.includes(purchase.state));
          const type = here[pick.type % here.length];
          if (type === undefined) break;
          const able = wild === 0 ? people : people.filter(({ roles }) => may(roles, COMMANDS[type].action));
          const person = able[who % able.length] ?? PEOPLE.olga;
          const some = SOME[type] ?? [{}];
          const before = JSON.stringify(purchase);
          const context = { ...story.context(person), at: new Date(at).toISOString() };
          const decided = decide(freeze(purchase), { type, input: freeze(some[pick.input % some.length]) }, context);
          expect(JSON.stringify(purchase)).toBe(before);
          if (isRefusal(decided)) continue;
          carried++;
          const now = decided.purchase;
          if (now.state !== purchase.state) expect(NEXT[purchase.state]).toContain(now.state);
          expect(now.version).toBe(COMMANDS[type].rowsOnly ? purchase.version : purchase.version + 1);
          for (const name of RECORDS) expect(now[name].length).toBeGreaterThanOrEqual(purchase[name].length);
          expect(decided.events.length).toBeGreaterThan(0);
          purchase = now;
        }
        expect(purchaseSchema.safeParse(JSON.parse(JSON.stringify(purchase))).error).toBeUndefined();
      }),
      { numRuns: 150 },
    );
    expect(carried).toBeGreaterThan(150);
  });

  test('every command in every wrong state is refused for that, whoever gives it', () => {
    for (const [state, begin] of stages) {
      const { purchase } = begin();
      expect(purchase.state).toBe(state);
      for (const [type, { states, action }] of Object.entries(COMMANDS)) {
        if (states.includes(state)) continue;
        const roles = Object.values(PEOPLE).flatMap((one) => one.roles);
        const decided = decide(purchase, { type, input: {} }, new Story().context({ id: 'all', roles }));
        expect([type, action, isRefusal(decided) && decided.code]).toEqual([type, action, 'wrong-state']);
      }
    }
  });

  test('every state but the last can be stopped until a contract is signed', () => {
    for (const [state, begin] of stages)
      expect([state, begin().refusal('bram', 'purchase.stop', { reason: 'No money.' })]).toEqual([
        state,
        state === 'contracted' ? 'wrong-state' : null,
      ]);
    expect(STATES).toEqual([...stages.map(([state]) => state), 'ended', 'stopped']);
  });

  test('every command without its permission is refused, before anything is said of the input', () => {
    const { purchase } = new Story();
    for (const type of [...Object.keys(COMMANDS)]) {
      const decided = decide(purchase, { type, input: { bad: true } }, new Story().context({ id: 'x', roles: [] }));
      expect(isRefusal(decided) && decided.code).toBe('not-permitted');
    }
  });
});

describe('events', () => {
  test('hold ids, numbers and hashes, and no words of people', () => {
    const story = awarded(evaluated(scored(opened(offers(published())))))
      .when('2026-03-02T09:00:00Z')
      .does('olga', 'contract.sign', SIGNING);
    const text = JSON.stringify(story.events);
    for (const words of ['Best value', 'Mail service', 'AAA-01 is']) expect(text).not.toContain(words);
    for (const { type, hashes, ids } of story.events) {
      expect(EVENT_TYPES).toContain(type);
      for (const one of hashes) expect(one).toMatch(/^[0-9a-f]{64}$/);
      for (const one of Object.values(ids)) expect(String(one)).toMatch(/^[\w .:-]{0,200}$/);
    }
  });
});

describe('hostile commands', () => {
  const { purchase } = new Story();
  const at = new Story().context(PEOPLE.olga);
  test.each(['constructor', '__proto__', 'toString', '', 'x'.repeat(10_000)])('%.20s is no command', (type) => {
    const decided = decide(purchase, { type, input: {} }, at);
    expect(isRefusal(decided) && decided.code).toBe('unknown-command');
    expect(JSON.stringify(decided).length).toBeLessThan(300);
  });

  test.each([
    null,
    undefined,
    [],
    'x',
    7,
    { lots: 'x' },
    { lots: [{ id: '__proto__', title: 'x', requirements: null, winners: 1 }] },
    { lots: [], extra: 1 },
    { lots: [{ id: 'a', title: 'x', requirements: null, winners: Number.NaN }] },
    { lots: [{ id: 'a', title: 'x'.repeat(301), requirements: null, winners: 1 }] },
  ])('bad input is refused with its place: %j', (input) => {
    const decided = decide(purchase, { type: 'lots.set', input }, at);
    expect(isRefusal(decided) && decided.code).toBe('bad-input');
  });

  test('every command can be described as JSON Schema', () => {
    for (const { input } of Object.values(COMMANDS))
      expect(z.toJSONSchema(input, { unrepresentable: 'any' })).toHaveProperty('type', 'object');
  });
});
