import {
  type Demand,
  type DemandFile,
  demandFileOf,
  demandHash,
  derive,
  type LANGUAGES,
  loadCatalogue,
  worded,
} from '@proviso/catalogue';
import { contextOf } from '@proviso/catalogue/check';
import { ACTIONS, COMMANDS, createPurchase, linesOf, type Purchase } from '@proviso/procurement';
import type { DemandView, DemandWords, Derived, PurchaseView } from 'proviso-server/contract';
import type { FakeOptions } from './fake-server.ts';
import {
  ACME,
  DOCUMENT_ROW,
  documentView,
  EMPTY_HOME,
  FIGURES,
  HOME,
  HOSTILE,
  LENA,
  ME,
  NOW,
  OLGA,
  PAPER,
  PEOPLE,
  PURCHASE,
  SVEN,
} from './fixture-rows.ts';
import { ownFixtures } from './own-fixtures.ts';

export { HOSTILE, PURCHASE, TENANT } from './fixture-rows.ts';

export type FixtureLanguage = (typeof LANGUAGES)[number];

const CONTEXT = {
  schema: 'proviso.context/1',
  title: 'Citizens’ portal',
  reference: 'TOWN-2026-07',
  buyer: 'Town of Aarlen',
  language: 'en',
  country: 'BE',
  sector: 'municipality',
  kinds: ['product', 'service'],
  types: ['web-application', 'custom-software'],
  services: ['public-services', 'hosting'],
  assets: ['web-servers', 'databases', 'identity-systems'],
  criticality: 'high',
  exposure: 'internet',
  personalData: 'ordinary',
  remoteAccess: 'permanent',
  hosting: 'supplier',
  development: 'custom',
  alternatives: 'few',
  ai: false,
  contractMonths: 60,
  valueBand: 'medium',
};

/** Everything the fake server answers with. The demand is a real one, derived with the catalogue of the tree. */
export function fixtures({ empty = false, bare = false, state = 'drafted' }: FakeOptions) {
  const catalogue = loadCatalogue();
  const demandOf = (context: unknown): Demand => derive(contextOf(context, catalogue), catalogue);
  const file = demandFileOf(demandOf(CONTEXT), catalogue);
  const purchase = purchaseFor(file, bare, state);
  const view: PurchaseView = {
    purchase,
    version: 7,
    commands: Object.entries(COMMANDS)
      .filter(([, { states }]) => (states as readonly string[]).includes(state))
      .map(([type]) => type),
    actions: ACTIONS.filter((action) => !action.startsWith('draft.')),
    upcoming: state === 'published' ? [{ kind: 'closing', deadline: deadline('2027-01-15T12:00'), subject: null }] : [],
    names: { [OLGA]: 'Olga Owner', [SVEN]: 'Sven <b>Security</b>', [LENA]: 'Lena Legal', [ACME]: HOSTILE },
  };
  const [requirement = ''] = file.demand.requirements.map(({ id }) => id);
  return {
    requirement,
    risk: file.demand.risks[0]?.id ?? '',
    view,
    me: ME,
    defaults: { language: 'en', country: 'BE', zone: 'Europe/Brussels', procedure: 'open', contractMonths: 48 },
    derived({ context, language }: { context: object; language: FixtureLanguage }): Derived {
      const demand = demandOf(context);
      return { demand, words: wordsOf(demandFileOf(demand, catalogue), language) };
    },
    demand: (language: FixtureLanguage): DemandView | null =>
      bare
        ? null
        : {
            n: 3,
            last: 3,
            file,
            form: {
              demand: demandHash(file.demand),
              requirements: [],
              questions: [],
              sections: [],
            } as unknown as DemandView['form'],
            words: wordsOf(file, language),
            created: NOW,
            by: 'Olga Owner',
            newer: {
              edition: '2027.1',
              hash: 'c'.repeat(64),
              added: ['WEB-01'],
              removed: [],
              changed: [requirement],
              titles: { 'WEB-01': HOSTILE, [requirement]: HOSTILE },
            },
          },
    ...ownFixtures(catalogue, empty),
    home: empty ? EMPTY_HOME : HOME,
    lines: empty
      ? []
      : Array.from({ length: 60 }, (_, i) => ({
          id: i === 0 ? PURCHASE : `6f0c2f0e-6f0d-4b8e-9f0a-${String(i).padStart(12, '0')}`,
          reference: `TOWN-${i}`,
          title: i === 1 ? HOSTILE : `Purchase number ${i}`,
          state: i % 2 ? 'published' : 'drafted',
          procedure: 'open',
          language: 'en',
          closing: i % 2 ? '2027-01-15T11:00:00Z' : null,
          version: 1,
          updated: NOW,
        })),
    people: PEOPLE,
    suppliers: [{ id: ACME, name: HOSTILE, email: 'bids@acme.example', country: 'NL' }],
    apiKeys: [{ id: ACME, name: 'Register', scopes: ['award.read'], created: NOW, expires: null, lastUsed: null }],
    openerKey: { recipient: 'age1pq1xyz', fingerprint: 'abcd '.repeat(15).trim(), protectedIdentity: 'locked' },
    log: Array.from({ length: 40 }, (_, i) => ({
      seq: 40 - i,
      at: NOW,
      actor: `person:${OLGA}`,
      action: 'purchase.described',
      subject: { type: 'purchase', id: PURCHASE },
      hash: 'ab'.repeat(32),
    })),
    letters: [
      {
        id: ACME,
        to: 'bids@acme.example',
        subject: HOSTILE,
        body: `Hello\n${HOSTILE}`,
        state: 'waiting',
        created: NOW,
      },
    ],
    documents: [DOCUMENT_ROW],
    document: documentView(),
    figures: FIGURES,
    comments: [
      { id: ACME, subject: 'demand', author: SVEN, text: HOSTILE, at: NOW, resolved: null },
      { id: OLGA, subject: `requirement:${requirement}`, author: OLGA, text: 'Too much?', at: NOW, resolved: NOW },
    ],
    opening: {
      state,
      may: { quality: false, price: false },
      present: [],
      keys: null,
      shares: [],
      passed: [],
      given: [],
      openers: [
        { id: OLGA, name: 'Olga Owner', recipient: 'age1pq1abc', able: null },
        { id: SVEN, name: 'Sven Security', recipient: null, able: null },
      ],
      offers: [],
      record: null,
      records: [],
    },
    invitations: [
      { id: ACME, supplier: ACME, name: HOSTILE, created: NOW, expires: NOW, revoked: null, lastUsed: null },
    ],
    papers: [{ sha256: PAPER, name: `Report ${HOSTILE}.pdf`, bytes: 34_567 }],
    answers: [
      {
        id: 'a1',
        consultation: 'c1',
        supplier: ACME,
        name: HOSTILE,
        at: NOW,
        text: `Too short a term ${HOSTILE}`,
        comments: [{ requirement, text: `Four times a year is much ${HOSTILE}` }],
      },
    ],
    thread: {
      requirement,
      title: 'A requirement',
      steps: [
        { kind: 'risk', title: 'A risk', text: 'It can happen.', offer: null, at: null, missing: false },
        { kind: 'requirement', title: requirement, text: 'The supplier must.', offer: null, at: NOW, missing: false },
        { kind: 'answer', title: HOSTILE, text: '', offer: ACME, at: null, missing: true },
      ],
    },
  };
}

const deadline = (local: string) => ({
  local,
  zone: 'Europe/Brussels',
  instant: `${local}:00Z`,
  clock: 'plain' as const,
});

function purchaseFor(file: DemandFile, bare: boolean, state: Purchase['state']): Purchase {
  const made = createPurchase(
    {
      id: PURCHASE,
      description: {
        title: HOSTILE,
        reference: 'TOWN-2026-07',
        language: 'en',
        country: 'BE',
        region: null,
        zone: 'Europe/Brussels',
        procedure: 'open',
        electronic: true,
        urgency: null,
        priorInformation: null,
        contractMonths: 60,
        longTerm: null,
        ceiling: null,
      },
      lots: null,
    },
    { by: { id: OLGA, roles: ['buyer'] }, at: NOW, scores: [], consensus: [] },
  );
  if (!('purchase' in made)) throw new Error(made.code);
  if (bare) return made.purchase;
  const lines = linesOf(file);
  const published = state === 'published';
  const signed = state === 'contracted' || state === 'ended';
  const demand = demandHash(file.demand);
  return {
    ...made.purchase,
    state,
    ...(signed
      ? contracted(
          lines.map(({ id }) => id),
          made.purchase.description,
        )
      : {}),
    consultations:
      state === 'drafted'
        ? [
            {
              id: 'c1',
              until: deadline('2026-12-20T12:00'),
              demand,
              answers: [{ id: 'a1', supplier: ACME, hash: PAPER, at: NOW }],
              outcome: null,
              by: OLGA,
              at: NOW,
            },
          ]
        : [],
    demand: { version: 3, hash: demand, lines, by: OLGA, at: NOW },
    plan: {
      criteria: [
        { id: 'security', kind: 'requirements', weight: 60 },
        { id: 'price', kind: 'price', weight: 40, formula: { kind: 'lowest-ratio' } },
      ],
      tieBreak: ['security', 'draw'],
      notApplicable: [],
      priceApart: true,
    },
    openers: [OLGA, SVEN],
    evaluators: [
      { person: OLGA, lots: null },
      { person: LENA, lots: null },
    ],
    notice: published
      ? {
          sent: NOW,
          stage: 'tender',
          from: NOW,
          questionsUntil: deadline('2026-12-20T12:00'),
          closing: deadline('2027-01-15T12:00'),
          opening: deadline('2027-01-15T14:00'),
          validityDays: 120,
          keys: [{ part: 'quality', fingerprint: 'abcd '.repeat(15).trim() }],
        }
      : null,
    questions: published
      ? [
          { id: 'q1', supplier: ACME, text: HOSTILE, at: NOW, late: false, answer: null },
          {
            id: 'q2',
            supplier: ACME,
            text: 'May we subcontract?',
            at: NOW,
            late: false,
            answer: { text: 'Yes.', wording: null, insignificant: null, extended: null, by: OLGA, at: NOW },
          },
        ]
      : [],
  };
}

/** A framework with two contracts: one obligation is overdue, one settled, one waived, one given on with a proof. */
function contracted(requirements: readonly string[], description: Purchase['description']): Partial<Purchase> {
  const made = { by: OLGA, at: NOW };
  const offer = (id: string, supplier: string): Purchase['offers'][number] => ({
    id,
    lot: 'all',
    supplier,
    invitation: null,
    round: 1,
    hashes: [PAPER],
    bytes: 4096,
    demand: PAPER,
    at: NOW,
    recorded: NOW,
    late: false,
    replacedBy: null,
    withdrawn: null,
    opened: { at: NOW, contents: null, problem: null },
    price: 100_000,
    extended: [],
  });
  const contract = (of: string) => ({
    lot: 'all',
    offer: of,
    signed: NOW,
    from: '2026-10-01',
    to: '2029-09-30',
    hash: PAPER,
    value: 12_000_000,
    ...made,
  });
  const obligation = (n: number, due: string, more: Partial<Purchase['obligations'][number]> = {}) => ({
    id: `${requirements[n]}.${n + 1}`,
    lot: 'all',
    offer: 'o1',
    requirement: requirements[n] ?? '',
    owner: OLGA,
    kind: 'kept' as const,
    due,
    every: { count: 6, unit: 'months' as const },
    from: null,
    evidence: ['document'],
    instead: null,
    state: 'open' as const,
    history: [],
    ...more,
  });
  return {
    description: { ...description, procedure: 'framework', ceiling: 100_000_000 },
    offers: [offer('o1', ACME), offer('o2', LENA)],
    contracts: [contract('o1'), contract('o2')],
    obligations: [
      obligation(0, '2026-11-10', {
        owner: SVEN,
        instead: `Once a year ${HOSTILE}`,
        history: [
          { state: 'met', due: '2026-05-10', evidence: PAPER, reason: `Seen ${HOSTILE}`, ...made },
          {
            state: 'assigned',
            due: '2026-11-10',
            evidence: null,
            reason: `${OLGA} > ${SVEN}`,
            by: OLGA,
            at: '2026-11-03T09:00:00Z',
          },
        ],
      }),
      obligation(1, '2127-04-01'),
      obligation(2, '2026-10-01', { kind: 'once', every: null, state: 'met' }),
      obligation(3, '2127-04-01', { state: 'waived', offer: 'o2' }),
      obligation(4, '2129-09-30', { kind: 'exit', every: null }),
    ],
    dropped: [
      { lot: 'all', offer: 'o1', requirement: requirements[5] ?? '', because: 'dropped-at-signing', reason: HOSTILE },
    ],
    callOffs: [{ purchase: ACME, lot: 'all', value: 5_000_000, ...made }],
  };
}

function wordsOf({ demand, catalogue }: DemandFile, language: FixtureLanguage): DemandWords {
  return {
    requirements: Object.fromEntries(
      demand.requirements.map((one) => {
        const { title, sentence, why, question, clause } = worded(demand, one, catalogue, language);
        const reasons = one.reasons.map((reason, i) => `${i + 1}. ${JSON.stringify(reason)}`);
        return [one.id, { title, sentence, why, question, check: null, clause, reasons }];
      }),
    ),
    risks: Object.fromEntries(
      catalogue.risks.map(({ id, title, threat }) => [id, { title: title[language], threat: threat[language] }]),
    ),
    laws: Object.fromEntries(catalogue.laws.map(({ id, title }) => [id, title[language]])),
  };
}
