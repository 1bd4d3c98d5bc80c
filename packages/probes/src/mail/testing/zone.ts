import type { Answer, LookupType, Question, RecordOf, Resolver } from '../lookup.ts';

/** What a name holds in a test: records by type, or `error` for a name server that never answers. */
export type ZoneEntry = { [T in LookupType]?: (T extends 'TXT' | 'SPF' ? string | string[] : RecordOf[T])[] } & {
  error?: true;
  CNAME?: string;
};
export type Zone = Record<string, ZoneEntry>;

/** A resolver over names that a test writes down; it keeps what it was asked. */
export function zoneResolver(zone: Zone): Resolver & { asked: Question[] } {
  const names = new Map(Object.entries(zone).map(([name, entry]) => [name.toLowerCase(), entry]));
  const asked: Question[] = [];
  return {
    asked,
    lookup: async (question) => {
      asked.push(question);
      return answer(names, question, 0);
    },
  };
}

function answer(names: Map<string, ZoneEntry>, { name, type }: Question, depth: number): Answer {
  const entry = names.get(name.toLowerCase());
  if (entry === undefined) {
    const below = [...names.keys()].some((other) => other.endsWith(`.${name}`));
    return { status: below ? 'no-data' : 'no-name', records: [] };
  }
  const found = entry[type];
  if (found !== undefined && found.length > 0)
    return {
      status: 'found',
      records: found.map((one) =>
        (type === 'TXT' || type === 'SPF') && typeof one === 'string' ? [one] : one,
      ) as Answer['records'],
    };
  if (entry.error) return { status: 'error', records: [], reason: 'timeout' };
  if (entry.CNAME === undefined) return { status: 'no-data', records: [] };
  if (depth > 8) return { status: 'error', records: [], reason: 'cname-loop' };
  const target = entry.CNAME.toLowerCase().replace(/\.$/, '');
  return { alias: target, ...answer(names, { name: target, type }, depth + 1) };
}
