import { readPrefix } from './prefix.ts';
import { PrefixTrie } from './trie.ts';
import { RoutingDataError } from './vrps.ts';

/** Who announces which network. */
export interface Routes {
  trie: PrefixTrie;
  count: number;
  /** Lines that are no route; told, so that nobody takes a file of another form for an empty one. */
  skipped: number;
}

/** The origin of a route whose path ends in an AS_SET: it has none (RFC 6811 section 2). AS 0 is nobody's. */
export const NO_ORIGIN = 0;
const SKIPPED_LIMIT = 0.01;

/**
 * Reads a table of routes, line by line: `bgpdump -m` (fields between `|`), RISwhois (`13335  1.0.0.0/24  362`), CAIDA's pfx2as
 * (`1.0.0.0  24  13335`), or one JSON object a line or in an array, with `prefix` and `origin` or `asn`. Comments start with `#` or `%`.
 * The same route over many peers counts once. @throws RoutingDataError where there are no routes, or over one line in a hundred is none.
 */
export async function readRoutes(lines: Iterable<string> | AsyncIterable<string>): Promise<Routes> {
  const routes: Routes = { trie: new PrefixTrie(), count: 0, skipped: 0 };
  let last = '';
  for await (const line of lines) {
    const text = line.trim().replace(/,$/, '');
    if (text === '' || /^[#%[\]]/.test(text)) continue;
    const route = readRoute(text);
    const prefix = route && readPrefix(route.prefix);
    if (!prefix || route.origins.length === 0) {
      routes.skipped += 1;
      continue;
    }
    for (const origin of route.origins) {
      // Dumps are sorted by prefix: most repeats follow each other; the rest is harmless.
      const key = `${route.prefix} ${origin}`;
      if (key === last) continue;
      last = key;
      routes.trie.add(prefix, origin);
      routes.count += 1;
    }
  }
  if (routes.count === 0 || routes.skipped > SKIPPED_LIMIT * (routes.count + routes.skipped)) {
    const what = `${routes.count} lines are routes and ${routes.skipped} are not`;
    throw new RoutingDataError(`No table of routes: ${what}. Give bgpdump -m, RISwhois, pfx2as or JSON lines.`);
  }
  return routes;
}

function readRoute(text: string): { prefix: string; origins: number[] } | null {
  if (text.startsWith('{')) return fromJson(text);
  const pipes = text.split('|');
  if (pipes.length >= 7)
    return { prefix: pipes[5] ?? '', origins: originsOf((pipes[6] ?? '').trim().split(/\s+/).at(-1) ?? '') };
  const [first = '', second = '', third = ''] = text.split(/\s+/);
  if (first.includes('/')) return { prefix: first, origins: originsOf(second) };
  if (second.includes('/')) return { prefix: second, origins: originsOf(first) };
  return { prefix: `${first}/${second}`, origins: originsOf(third) };
}

function fromJson(text: string): { prefix: string; origins: number[] } | null {
  try {
    const { prefix, origin, asn } = JSON.parse(text) as Record<string, unknown>;
    return typeof prefix === 'string' ? { prefix, origins: originsOf(String(origin ?? asn ?? '')) } : null;
  } catch {
    return null;
  }
}

/** `13335`, `AS13335`, several with `_`; a set, in braces or with commas, has no origin. */
function originsOf(text: string): number[] {
  if (/^\{[\d,\s]+\}$|^\d+(,\d+)+$/.test(text)) return [NO_ORIGIN];
  return text.split('_').flatMap((one) => {
    if (one.includes(',')) return [NO_ORIGIN];
    const number = /^(?:AS)?(\d{1,10})$/i.exec(one)?.[1];
    return number !== undefined && Number(number) < 2 ** 32 ? [Number(number)] : [];
  });
}
