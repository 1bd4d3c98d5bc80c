import type { Context } from '@proviso/catalogue';
import { asksSuppliers, type TenderFacts } from './tender-facts.ts';

/** What is known of a purchase from its documents alone, each guess with what it rests on. */
export interface Inferred {
  context: Context;
  /** Types with how often their words stand in the dossier. */
  types: { id: string; count: number }[];
}

/** Services and assets that a type of purchase touches, for want of a buyer who says it. */
const TOUCHES: Readonly<Record<string, { services: string[]; assets: string[]; kind: 'product' | 'service' }>> = {
  'email-service': { services: ['email'], assets: ['mail-servers'], kind: 'service' },
  'dns-service': { services: ['dns'], assets: ['name-servers'], kind: 'service' },
  'web-application': {
    services: ['public-services', 'hosting'],
    assets: ['web-servers', 'databases'],
    kind: 'service',
  },
  'cloud-software': { services: ['cloud', 'office-it'], assets: ['cloud-workloads', 'databases'], kind: 'service' },
  'cloud-infrastructure': {
    services: ['hosting', 'cloud'],
    assets: ['cloud-workloads', 'web-servers'],
    kind: 'service',
  },
  connectivity: { services: ['fixed-internet'], assets: ['access-network'], kind: 'service' },
  'network-equipment': { services: ['office-it'], assets: ['access-network'], kind: 'product' },
  'wireless-network': { services: ['office-it'], assets: ['access-network'], kind: 'product' },
  'custom-software': { services: ['office-it'], assets: ['databases', 'web-servers'], kind: 'product' },
  'packaged-software': { services: ['office-it'], assets: ['databases'], kind: 'product' },
  'managed-service': { services: ['office-it'], assets: ['support-systems', 'end-user-devices'], kind: 'service' },
  'professional-services': { services: ['office-it'], assets: ['databases'], kind: 'service' },
  'medical-device': { services: ['medical'], assets: ['medical-devices'], kind: 'product' },
  'iot-device': { services: ['iot'], assets: ['connected-devices'], kind: 'product' },
  'control-system': { services: ['iot'], assets: ['connected-devices'], kind: 'product' },
  workplace: { services: ['office-it'], assets: ['end-user-devices'], kind: 'product' },
  'identity-system': { services: ['office-it'], assets: ['identity-systems'], kind: 'service' },
  telephony: { services: ['fixed-telephony'], assets: ['support-systems'], kind: 'service' },
  'mobile-core': { services: ['mobile-telephony', 'mobile-internet'], assets: ['core-network'], kind: 'product' },
};
/** Places that name a type as the subject from which it counts as bought, and the share of the most frequent type's. */
const ENOUGH = 2;
/** Demands on security from which a tender for ICT that the supplier runs is judged even where its words do not say what it is: as software. */
const PLAINLY_ICT = 5;
const SHARE = 0.25;
const MOST_TYPES = 3;
/** Places that speak of the buyer's own cloud or data centre from which what is bought runs there. */
const OWN = 2;
/** Types reached from the internet. */
const ON_INTERNET: ReadonlySet<string> = new Set([
  'email-service',
  'dns-service',
  'cloud-software',
  'cloud-infrastructure',
  'connectivity',
]);

/**
 * A cautious context for a dossier that comes without one: low criticality and middling value, so that only what any such purchase needs is
 * missed. Null where its words do not say what is bought.
 */
export function inferPurchase(parts: readonly TenderFacts[], country: string | null): Inferred | null {
  const counts = new Map<string, number>();
  for (const part of parts) for (const { id, count } of part.types) counts.set(id, (counts.get(id) ?? 0) + count);
  const ranked = [...counts].sort((a, b) => b[1] - a[1]);
  const most = ranked[0]?.[1] ?? 0;
  const types = ranked.filter(([, count]) => count >= Math.max(ENOUGH, most * SHARE)).slice(0, MOST_TYPES);
  if (types.length === 0 && runsSoftware(parts)) types.push(['cloud-software', 0]);
  if (types.length === 0) return null;
  const ids = types.map(([id]) => id);
  const touched = ids.map((id) => TOUCHES[id]).filter((one) => one !== undefined);
  const own = parts.reduce((sum, { ownHosting }) => sum + ownHosting, 0) >= OWN;
  // A portal that the supplier runs is on the internet; one that it only makes may be for the buyer's own house.
  const online =
    !own && ids.some((id) => ON_INTERNET.has(id) || (id === 'web-application' && parts.some(({ hosted }) => hosted)));
  const unique = <T>(lists: T[][]): T[] => [...new Set(lists.flat())];
  const context: Context = {
    schema: 'proviso.context/1',
    title: 'inferred from the documents',
    language: 'en',
    country: country && /^[A-Z]{2}$/.test(country) ? country : 'XX',
    sector: 'other',
    kinds: unique([touched.map(({ kind }) => kind)]),
    types: ids,
    services: unique(touched.map(({ services }) => services)),
    assets: unique(touched.map(({ assets }) => assets)),
    criticality: 'low',
    exposure: online ? 'internet' : 'internal',
    personalData: 'none',
    remoteAccess: ids.includes('managed-service') ? 'on-request' : 'none',
    hosting: own ? 'own' : ids.some((id) => id.startsWith('cloud')) ? 'cloud' : online ? 'supplier' : 'own',
    development: ids.includes('custom-software') ? 'custom' : 'none',
    contractMonths: 48,
    alternatives: 'few',
    ai: false,
    valueBand: 'medium',
    laws: { add: [], remove: [] },
    departures: [],
  };
  return { context, types: types.map(([id, count]) => ({ id, count })) };
}

function runsSoftware(parts: readonly TenderFacts[]): boolean {
  // Labour, and what the buyer runs, are spoken of beside hosting too.
  if (parts.some(({ types }) => types.some(({ id }) => !id.startsWith('cloud-')))) return false;
  return parts.some((part) => part.hosted && part.securityDuties >= PLAINLY_ICT && asksSuppliers(part));
}
