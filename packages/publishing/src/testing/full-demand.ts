import {
  type Catalogue,
  type Context,
  type DemandFile,
  type Departure,
  demandFileOf,
  derive,
} from '@proviso/catalogue';
import { CONTEXT, requirement, risk, smallCatalogue, text } from '@proviso/catalogue/testing/small-catalogue';

const standard = (id: string, named: string): Catalogue['standards'][number] => ({
  id,
  since: '1',
  title: text(`Standard ${id}`),
  group: 'network',
  status: 'listed-by-governments',
  statusSource: `List that names ${id}`,
  confidence: 'high',
  specifications: ['RFC 9364', 'RFC 4033'],
  scope: text(`Scope of ${id}.`),
  when: { types: 'email-service' },
  requirement: named,
  what: text(`What ${id} is.`),
  why: text(`Why ${id} matters.`),
  ask: text(`Do ${id}.`),
  howToCheck: text(`Look for ${id}.`),
  checks: ['dns.dnssec'],
  adoption: `Use of ${id}`,
  reviewed: { en: null, fr: null, nl: null, de: null },
});

/** A catalogue with one of everything a paper can print: risks, a law, standards, checks, reasons, what is out and what stays open. */
export function fullCatalogue(change: Partial<Catalogue> = {}): Catalogue {
  const base = smallCatalogue();
  return {
    ...base,
    vocabulary: {
      ...base.vocabulary,
      domains: [
        { id: 'AA', text: text('Domain AA') },
        { id: 'BB', text: text('Domain BB') },
      ],
    },
    checks: [
      { id: 'dns.dnssec', title: text('Signatures'), shows: text('Signed.'), kind: 'live' },
      { id: 'paper.read', title: text('Paper read'), shows: text('Read.'), kind: 'evidence' },
    ],
    explainReasons: [
      ...base.explainReasons,
      { id: 'risk-accepted', title: text('Risk accepted'), paragraph: text('{requirement} ~ {text}'), accepted: false },
    ],
    risks: [
      risk('RSK-01', [{ answers: ['AA-01', 'AA-02'] }, { answers: ['BB-01'] }, { answers: ['BB-03'] }], {
        likelihood: {
          prior: 4,
          basis: 'test',
          confidence: 'low',
          factors: [{ when: { exposure: 'internet' }, by: 1, because: text('Reached from outside.') }],
        },
        impact: { base: 4, factors: [] },
      }),
      risk('RSK-02', [{ from: 'critical', answers: ['BB-02'] }]),
    ],
    requirements: [
      requirement('AA-01', { knockout: true, checks: ['dns.dnssec', 'paper.read'], exit: text('Hand it back.') }),
      requirement('AA-02', { burden: 3 }),
      requirement('AA-03'),
      requirement('AA-04', { applies: ['product'] }),
      requirement('AA-05'),
      requirement('BB-01'),
      requirement('BB-02'),
      requirement('BB-03'),
      // Of a domain that the vocabulary does not list.
      requirement('ZZ-01'),
    ],
    standards: [standard('std-a', 'AA-03'), standard('std-b', 'BB-03')],
    laws: [
      {
        id: 'law-a',
        title: text('Law A'),
        citation: 'Directive (EU) 2022/2555',
        when: { sector: 'government' },
        note: text('Binds some.'),
        confidence: 'high',
        requires: [
          { requirement: 'AA-05', ref: 'Article 21', level: 'standard', parameters: { days: 3 } },
          { requirement: 'ZZ-01', ref: 'Article 22', level: 'basic' },
        ],
      },
    ],
    ...change,
  };
}

const departure = (change: Partial<Departure>): Departure => ({
  requirement: 'BB-03',
  kind: 'leave-out',
  reason: 'no-supply',
  text: 'Nobody offers it',
  owner: 'Head of ICT',
  review: '2027-06-01',
  ...change,
});

export const DEPARTURES: Departure[] = [
  departure({}),
  departure({ requirement: 'AA-01', kind: 'set-level', level: 'advanced', reason: 'risk-accepted' }),
  departure({ requirement: 'AA-01', kind: 'set-parameter', parameter: 'days', value: 11 }),
  departure({ requirement: 'BB-02', kind: 'add', level: 'basic', text: 'We want it' }),
];

/** A demand of that catalogue with a departure of each kind. `words` go into its context. */
export function fullDemand(
  words: Partial<Record<'title' | 'reference' | 'buyer', string>> = {},
  { catalogue = fullCatalogue(), departures = DEPARTURES }: { catalogue?: Catalogue; departures?: Departure[] } = {},
): DemandFile {
  const { kinds, types, services, assets } = CONTEXT;
  const context: Context = {
    ...CONTEXT,
    title: 'Mail',
    reference: '2026/017',
    buyer: 'Province',
    ...words,
    kinds: [...kinds],
    types: [...types],
    services: [...services],
    assets: [...assets],
    alternatives: 'few',
    ai: false,
    laws: { add: [], remove: [] },
    departures,
  };
  return demandFileOf(derive(context, catalogue), catalogue);
}
