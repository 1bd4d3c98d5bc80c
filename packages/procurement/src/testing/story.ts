import type { Actor, Context } from '../command.ts';
import { createPurchase } from '../create.ts';
import { type CommandInput, type CommandType, type Decision, decide } from '../decide.ts';
import type { Happened } from '../events.ts';
import type { DemandLine } from '../purchase/demand.ts';
import type { ConsensusRow, ScoreRow } from '../purchase/evaluation.ts';
import type { Purchase } from '../purchase/purchase.ts';
import { isRefusal, type Refusal } from '../refusal.ts';

export const HASH = 'a'.repeat(64);
export const OTHER_HASH = 'b'.repeat(64);
/** A Monday in winter; no holiday in the stories unless a test says so. */
export const START = '2026-01-05T09:00:00Z';

export const PEOPLE = {
  olga: { id: 'olga', roles: ['owner'] },
  bram: { id: 'bram', roles: ['buyer'] },
  sven: { id: 'sven', roles: ['security'] },
  lena: { id: 'lena', roles: ['legal'] },
  eva: { id: 'eva', roles: ['evaluator'] },
  emil: { id: 'emil', roles: ['evaluator'] },
  odin: { id: 'odin', roles: ['opener'] },
  opal: { id: 'opal', roles: ['opener'] },
  arne: { id: 'arne', roles: ['auditor'] },
  acme: { id: 'link-acme', roles: ['supplier'], supplier: 'acme' },
  bolt: { id: 'link-bolt', roles: ['supplier'], supplier: 'bolt' },
  clock: { id: 'system', roles: ['system'] },
} satisfies Record<string, Actor>;
export type Person = keyof typeof PEOPLE;

export function line(id: string, change: Partial<DemandLine> = {}): DemandLine {
  return {
    id,
    level: 'standard',
    weight: 250,
    knockout: false,
    parameters: [],
    measure: null,
    phases: ['operation'],
    evidence: ['document'],
    exit: false,
    canBeNotApplicable: false,
    ...change,
  };
}

export const LINES: DemandLine[] = [
  line('AAA-01', { weight: 400, knockout: true }),
  line('AAA-02', { weight: 300, level: 'advanced' }),
  line('AAA-03', { weight: 200, level: 'basic', canBeNotApplicable: true }),
  line('VUL-07', {
    weight: 100,
    exit: true,
    parameters: [{ id: 'test-months', value: 6, unit: 'months' }],
    evidence: ['test-report'],
  }),
];

export const DESCRIPTION: Purchase['description'] = {
  title: 'Mail service',
  reference: null,
  language: 'en',
  country: 'BE',
  region: null,
  zone: 'Europe/Brussels',
  procedure: 'open',
  electronic: true,
  urgency: null,
  priorInformation: null,
  contractMonths: 36,
  longTerm: null,
  ceiling: null,
};

export const PLAN: NonNullable<Purchase['plan']> = {
  criteria: [
    { id: 'security', kind: 'requirements', weight: 60 },
    { id: 'price', kind: 'price', weight: 40, formula: { kind: 'lowest-ratio' } },
  ],
  tieBreak: ['security', 'draw'],
  notApplicable: ['AAA-03'],
  priceApart: true,
};

/** One purchase told step by step; a refused step throws, unless `tries` takes it. */
export class Story {
  purchase: Purchase;
  events: Happened[] = [];
  scores: ScoreRow[] = [];
  consensus: ConsensusRow[] = [];
  at: string;

  constructor(change: Partial<Purchase['description']> = {}, id = 'p1', framework: Purchase | null = null, at = START) {
    this.at = at;
    const made = createPurchase(
      { id, description: { ...DESCRIPTION, ...change }, lots: null },
      { by: PEOPLE.bram, at },
      framework,
    );
    if (isRefusal(made)) throw new Error(`create: ${made.code}`);
    this.purchase = made.purchase;
    this.events.push(...made.events);
  }

  context(by: Actor): Context {
    return { by, at: this.at, calendar: () => false, scores: this.scores, consensus: this.consensus };
  }

  tries<T extends CommandType>(person: Person | Actor, type: T, input: CommandInput<T>): Decision | Refusal {
    const by = typeof person === 'string' ? PEOPLE[person] : person;
    const decided = decide(this.purchase, { type, input }, this.context(by));
    if (!isRefusal(decided)) this.take(decided);
    return decided;
  }

  does<T extends CommandType>(person: Person | Actor, type: T, input: CommandInput<T>): this {
    const decided = this.tries(person, type, input);
    if (isRefusal(decided))
      throw new Error(`${type}: ${decided.code} ${decided.where ?? ''} ${JSON.stringify(decided.values)}`);
    return this;
  }

  /** The message id of the refusal, or null. */
  refusal<T extends CommandType>(person: Person | Actor, type: T, input: CommandInput<T>): string | null {
    const decided = this.tries(person, type, input);
    return isRefusal(decided) ? decided.code : null;
  }

  /** Confirms what is said to have been found at the last opening of a part. */
  confirms(person: Person | Actor, part: 'quality' | 'price'): this {
    const hash = this.purchase.openings.findLast((one) => one.part === part)?.done?.hash ?? '';
    return this.does(person, 'opening.confirm', { part, hash });
  }

  when(at: string): this {
    this.at = at;
    return this;
  }

  private take({ purchase, events, scores, consensus }: Decision): void {
    this.purchase = purchase;
    this.events.push(...events);
    for (const row of scores) {
      const old = this.scores.findIndex(
        (one) => one.offer === row.offer && one.requirement === row.requirement && one.evaluator === row.evaluator,
      );
      this.scores = old < 0 ? [...this.scores, row] : this.scores.with(old, row);
    }
    this.consensus = [...this.consensus, ...consensus];
  }
}

export function specified(change: Partial<Purchase['description']> = {}, plan: Partial<typeof PLAN> = {}): Story {
  return new Story(change)
    .does('sven', 'demand.set', { version: 1, hash: HASH, lines: LINES })
    .does('bram', 'plan.set', { ...PLAN, ...plan })
    .does('bram', 'openers.name', { openers: ['odin', 'opal'], recovery: null })
    .does('bram', 'evaluators.name', {
      evaluators: [
        { person: 'eva', lots: null },
        { person: 'emil', lots: null },
      ],
    })
    .does('bram', 'purchase.specify', {});
}

export function approved(story: Story): Story {
  const nod = { verdict: 'approved' as const, demand: story.purchase.demand?.hash ?? '', reason: '' };
  const securityOther = { id: 'siri', roles: ['security'] };
  return story
    .does('lena', 'demand.approve', { ...nod, as: 'legal' })
    .does(securityOther, 'demand.approve', { ...nod, as: 'security' });
}

/** Published on 5 January 2026; closes on 10 February at noon in Brussels. */
export const TIMES = { closing: '2026-02-10T12:00', questionsUntil: '2026-01-26T12:00', opening: '2026-02-10T14:00' };
export const KEYS = {
  quality: { part: 'quality' as const, fingerprint: 'aaaa bbbb' },
  price: { part: 'price' as const, fingerprint: 'cccc dddd' },
};

/** For a second round. */
export const NEW_KEYS = [
  { part: 'quality' as const, fingerprint: 'eeee ffff' },
  { part: 'price' as const, fingerprint: '1111 2222' },
];

export function published(change: Partial<Purchase['description']> = {}, plan: Partial<typeof PLAN> = {}): Story {
  const apart = plan.priceApart ?? PLAN.priceApart;
  return approved(specified(change, plan)).does('bram', 'purchase.publish', {
    ...TIMES,
    validityDays: 90,
    keys: apart ? [KEYS.quality, KEYS.price] : [KEYS.quality],
  });
}

export function offers(
  story: Story,
  list: [Person, string][] = [
    ['acme', 'o1'],
    ['bolt', 'o2'],
  ],
): Story {
  for (const [person, id] of list)
    story.does(person, 'offer.submit', { id, lot: 'all', invitation: null, hashes: [HASH], bytes: 4096, demand: HASH });
  return story;
}

export const CONTENTS = { hash: HASH, unanswered: [], notApplicable: [], deviations: [], offered: [] };

/** Two offers, opened after everybody has declared. */
export function opened(story: Story, contents: Record<string, Partial<typeof CONTENTS> & object> = {}): Story {
  story.when('2026-02-10T11:00:00.001Z').does('clock', 'purchase.close', {}).when('2026-02-10T13:00:00Z');
  for (const person of ['odin', 'opal', 'eva', 'emil', 'bram', 'olga', 'lena', 'sven'] as const)
    story.does(person, 'conflict.declare', { lots: null, conflict: false, note: '' });
  const all = story.purchase.offers.filter((one) => !one.late && one.replacedBy === null && one.withdrawn === null);
  return story
    .does('odin', 'opening.attend', { part: 'quality' })
    .does('opal', 'opening.attend', { part: 'quality' })
    .does('odin', 'offers.open', {
      offers: all.map(({ id }, i) => ({
        offer: id,
        contents: { ...CONTENTS, ...contents[id] },
        problem: null,
        price: story.purchase.plan?.priceApart ? null : 10_000 * (i + 1),
      })),
    })
    .confirms('opal', 'quality');
}

/** Each evaluator gives every offer its scores, in the order of `LINES`, and finishes. */
export function scored(story: Story, given: Record<string, number[]> = { o1: [2, 3, 1, 2], o2: [3, 1, 1, 1] }): Story {
  for (const person of ['eva', 'emil'] as const) {
    for (const [offer, values] of Object.entries(given))
      LINES.forEach(({ id }, i) => {
        const value = values[i] ?? 0;
        story.tries(person, 'score.write', { offer, requirement: id, value, reason: null });
      });
    story.does(person, 'evaluation.finish', { lot: 'all' });
  }
  return story;
}

export function evaluated(story: Story, prices: Record<string, number> = { o1: 120_000, o2: 100_000 }): Story {
  story.does('bram', 'quality.freeze', { lot: 'all' });
  if (story.purchase.plan?.priceApart)
    story
      .does('odin', 'opening.attend', { part: 'price' })
      .does('opal', 'opening.attend', { part: 'price' })
      .does('opal', 'price.open', { prices: Object.entries(prices).map(([offer, price]) => ({ offer, price })) })
      .confirms('odin', 'price');
  return story.does('bram', 'purchase.evaluate', {});
}

export const SIGNING = {
  lot: 'all',
  offer: 'o1',
  from: '2026-04-01',
  to: '2029-03-31',
  hash: HASH,
  value: 120_000,
  owner: 'carla',
  owners: [],
  dropped: [],
};

export function awarded(story: Story): Story {
  return story
    .does('olga', 'award.decide', { lot: 'all', offers: ['o1'], reason: 'Best value.', draw: null })
    .does('olga', 'award.notify', { lot: 'all', means: 'electronic' });
}
