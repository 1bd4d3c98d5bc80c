import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { drive, replay } from '../lookup.ts';
import { type Zone, type ZoneEntry, zoneResolver } from '../testing/zone.ts';
import { checkHost } from './evaluate.ts';

interface SuiteCase {
  spec: string | string[];
  helo: string;
  host: string;
  mailfrom: string;
  result: string | string[];
  explanation?: string;
}
interface Scenario {
  description: string;
  tests: Record<string, SuiteCase>;
  zonedata: Record<string, (string | Record<string, unknown>)[]>;
}

const text = readFileSync(new URL('../fixtures/rfc7208-tests.yml', import.meta.url), 'utf8');
const scenarios = parseAllDocuments(text, { uniqueKeys: false }).map((document) => document.toJS() as Scenario | null);

/** The suite writes a policy once, as type SPF, and wants it as TXT wherever a name has no TXT of its own. */
function zoneOf(zonedata: Scenario['zonedata']): Zone {
  const zone: Zone = {};
  for (const [name, records] of Object.entries(zonedata)) {
    const entry: ZoneEntry = {};
    const spf: (string | string[])[] = [];
    let ownText = false;
    for (const record of records) {
      if (record === 'TIMEOUT') entry.error = true;
      if (typeof record === 'string') continue;
      for (const [type, value] of Object.entries(record)) {
        if (type === 'SPF') spf.push(value as string | string[]);
        else if (type === 'CNAME') entry.CNAME = value as string;
        else if (type === 'MX') {
          const [preference, exchange] = value as [number, string];
          entry.MX = [...(entry.MX ?? []), { preference, exchange }];
        } else if (type === 'TXT') {
          ownText = true;
          if (value !== 'NONE') entry.TXT = [...(entry.TXT ?? []), value as string];
        } else entry[type as 'A'] = [...(entry[type as 'A'] ?? []), value as string];
      }
    }
    if (spf.length > 0) entry.SPF = spf;
    if (!ownText && spf.length > 0) entry.TXT = spf;
    zone[name] = entry;
  }
  return zone;
}

const cases = scenarios.flatMap((scenario) =>
  scenario === null
    ? []
    : Object.entries(scenario.tests).map(([name, one]) => ({
        name: `${scenario.description}: ${name}`,
        one,
        zonedata: scenario.zonedata,
      })),
);

describe('the RFC 7208 test suite', () => {
  test('is whole', () => expect(cases.length).toBe(203));

  test.each(cases)('$name', async ({ one, zonedata }) => {
    const resolver = zoneResolver(zoneOf(zonedata));
    const client = { address: one.host, helo: one.helo, sender: one.mailfrom };
    const { result, lookups } = await drive(checkHost(client), resolver);
    expect([one.result].flat()).toContain(result.result);
    // The suite writes nibbles of an IPv6 address as capitals, the examples of RFC 7208 section 7.4 do not; nothing else differs in case.
    const nibbles = /\b[0-9A-F](?:\.[0-9A-F]){31}\b/i;
    const exact = (said: string) => said.replace(nibbles, (found) => found.toUpperCase());
    if (one.explanation !== undefined) expect(exact(result.explanation ?? 'DEFAULT')).toBe(one.explanation);
    expect(replay(checkHost(client), lookups)).toEqual(result);
  });
});
