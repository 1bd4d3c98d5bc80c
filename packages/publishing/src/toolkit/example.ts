import { type Catalogue, type Context, type DemandFile, demandFileOf, derive } from '@proviso/catalogue';

/** What the example of the course is: a website for citizens. Where the vocabulary has other words, its first one is taken. */
const WANTED = {
  types: 'web-application',
  services: 'public-services',
  assets: 'web-servers',
  criticality: 'high',
  exposure: 'internet',
  personalData: 'ordinary',
  remoteAccess: 'on-request',
  hosting: 'supplier',
  development: 'configured',
  alternatives: 'few',
  valueBand: 'large',
  sectors: 'municipality',
} as const satisfies Partial<Record<keyof Catalogue['vocabulary'], string>>;

/** The demand of an example purchase, derived like any other, so that what the course shows is what officers get. */
export function exampleDemand(catalogue: Catalogue, title: string): DemandFile {
  const pick = (list: keyof typeof WANTED): string => {
    const ids = catalogue.vocabulary[list].map(({ id }) => id);
    return ids.includes(WANTED[list]) ? WANTED[list] : (ids[0] ?? '');
  };
  const context: Context = {
    schema: 'proviso.context/1',
    title,
    language: 'en',
    country: 'EU',
    kinds: ['service'],
    types: [pick('types')],
    services: [pick('services')],
    assets: [pick('assets')],
    criticality: pick('criticality'),
    exposure: pick('exposure'),
    personalData: pick('personalData'),
    remoteAccess: pick('remoteAccess'),
    hosting: pick('hosting'),
    development: pick('development'),
    alternatives: pick('alternatives'),
    valueBand: pick('valueBand'),
    sector: pick('sectors'),
    ai: false,
    contractMonths: 48,
    laws: { add: [], remove: [] },
    departures: [],
  };
  return demandFileOf(derive(context, catalogue), catalogue);
}
