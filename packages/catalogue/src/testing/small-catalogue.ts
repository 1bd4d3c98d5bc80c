import type { Catalogue, Requirement, Risk, Text } from '../schema.ts';

/** The same words in each language, told apart by its code. */
export function text(words: string): Text {
  return { en: words, fr: `${words} fr`, nl: `${words} nl`, de: `${words} de` };
}

const REVIEWED = { en: null, fr: null, nl: null, de: null };
const ORIGIN = { kind: 'our-proposal', source: 'test', confidence: 'high' } as const;

export function requirement(id: string, change: Partial<Requirement> = {}): Requirement {
  return {
    id,
    since: '1',
    title: text(`Title of ${id}`),
    who: 'supplier',
    modal: 'must',
    applies: ['product', 'service'],
    phases: ['tender', 'contract'],
    burden: 1,
    knockout: false,
    origin: ORIGIN,
    anchors: [],
    standards: [],
    action: text('do'),
    result: text('a thing'),
    levels: { basic: text('a little'), standard: text('by {std:RFC 9325}'), advanced: text('within {days} days') },
    parameters: [
      {
        id: 'days',
        label: text('days'),
        unit: 'days',
        range: [1, 60],
        values: { basic: 30, standard: 14, advanced: 7 },
      },
    ],
    why: text('Because.'),
    question: {
      text: text('How?'),
      answer: 'choice',
      choices: [
        { id: 'well', text: text('Well'), meets: 'advanced' },
        { id: 'not', text: text('Not'), meets: 'none' },
      ],
    },
    evidence: [{ type: 'document', text: text('A paper') }],
    checks: [],
    clause: { text: text('The supplier does it {level}, under {std:RFC 9325}.'), remedy: text('Or else.') },
    acceptance: text('Look.'),
    exit: null,
    crosswalk: [],
    phrases: { en: ['thing'], fr: ['chose'], nl: ['ding'], de: ['Ding'] },
    reviewed: REVIEWED,
    ...change,
  };
}

export function risk(id: string, needs: Partial<Risk['needs'][number]>[], change: Partial<Risk> = {}): Risk {
  return {
    id,
    since: '1',
    title: text(`Title of ${id}`),
    threat: text('Harm.'),
    origin: ORIGIN,
    anchors: [],
    rootCauses: ['system-failure'],
    causes: ['software-bug'],
    services: ['email'],
    assets: ['mail-servers'],
    likelihood: { prior: 2, basis: 'test', confidence: 'low', factors: [] },
    impact: { base: 2, factors: [{ when: { criticality: 'vital' }, by: 2, because: text('vital') }] },
    needs: needs.map((need, i) => ({ id: `need-${i}`, text: text('so'), from: 'low', answers: [], ...need })),
    reviewed: REVIEWED,
    ...change,
  };
}

const terms = (...ids: string[]): { id: string; text: Text }[] => ids.map((id) => ({ id, text: text(id) }));

/** A catalogue small enough to work out by hand. */
export function smallCatalogue(change: Partial<Catalogue> = {}): Catalogue {
  return {
    edition: { edition: '1', date: '2026-01-01', licence: 'CC0', note: text('test') },
    hash: 'h',
    vocabulary: {
      kinds: terms('product', 'service'),
      types: terms('email-service', 'web-application'),
      services: terms('email', 'dns'),
      assets: terms('mail-servers', 'name-servers'),
      causes: terms('software-bug'),
      criticality: terms('low', 'moderate', 'high', 'vital'),
      exposure: terms('none', 'internal', 'partners', 'internet'),
      personalData: terms('none', 'ordinary', 'special'),
      remoteAccess: terms('none', 'on-request', 'permanent'),
      hosting: terms('own', 'cloud'),
      development: terms('none', 'configured', 'custom'),
      alternatives: terms('many', 'few', 'none'),
      valueBand: terms('small', 'medium', 'large', 'very-large'),
      sectors: terms('government', 'other'),
      domains: [
        { id: 'AA', text: text('AA') },
        { id: 'OWN', text: text('Own') },
      ],
    },
    sources: [],
    checks: [],
    explainReasons: [
      {
        id: 'no-supply',
        title: text('No supply'),
        paragraph: text('{requirement}: {text} {owner} {review}'),
        accepted: true,
      },
    ],
    own: {
      writtenIn: { en: text('in en'), fr: text('in fr'), nl: text('in nl'), de: text('in de') },
      remedy: text('Mend it.'),
      acceptance: text('Seen.'),
    },
    risks: [],
    requirements: [],
    standards: [],
    laws: [],
    ...change,
  };
}

export const CONTEXT = {
  schema: 'proviso.context/1',
  title: 'Mail',
  language: 'en',
  country: 'NL',
  sector: 'government',
  kinds: ['service'],
  types: ['email-service'],
  services: ['email'],
  assets: ['mail-servers'],
  criticality: 'moderate',
  exposure: 'internet',
  personalData: 'ordinary',
  remoteAccess: 'none',
  hosting: 'cloud',
  development: 'none',
  contractMonths: 48,
  valueBand: 'large',
} as const;
