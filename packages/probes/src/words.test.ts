import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import en from '../messages/en.json' with { type: 'json' };
import { RESOLVER_CHECKS } from './resolvers/index.ts';
import { ROUTING_CHECKS } from './routing/index.ts';
import { ntsTls, TIME_CHECKS } from './time/index.ts';
import { TLS_CHECKS } from './tls/index.ts';
import { webChecks } from './web/index.ts';
import { checkIds, checkWords, PROBE_LANGUAGES, sentenceOf } from './words.ts';

const file = (language: string) =>
  JSON.parse(readFileSync(new URL(`../messages/${language}.json`, import.meta.url), 'utf8')) as Record<
    string,
    Record<string, unknown>
  >;
const placeholders = (text: unknown): string[] => (JSON.stringify(text ?? '').match(/\{\w+\}/g) ?? []).sort();

/** The code of a family, without its tests, as one text. */
function sourceOf(...folders: string[]): string {
  return folders
    .flatMap((folder) =>
      readdirSync(new URL(`${folder}/`, import.meta.url), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts') && !/test/.test(name))
        .map((name) => readFileSync(new URL(`${folder}/${name}`, import.meta.url), 'utf8')),
    )
    .join('\n');
}

describe('words', () => {
  it.each(PROBE_LANGUAGES)('of %s say everything, with the same values to fill in', (language) => {
    const texts = file(language);
    for (const [part, all] of Object.entries(en)) {
      expect(Object.keys(texts[part] ?? {}), part).toEqual(Object.keys(all));
      for (const [code, text] of Object.entries(all))
        expect(placeholders(texts[part]?.[code]), `${part} ${code}`).toEqual(placeholders(text));
    }
  });

  it.each(PROBE_LANGUAGES)('of %s are short', (language) => {
    const long = Object.values(file(language))
      .flatMap((part) => Object.values(part))
      .flatMap((text) => (typeof text === 'string' ? [text] : Object.values(text as object)))
      .filter((text) => text.split(' ').length > 28);
    expect(long).toEqual([]);
  });

  it('are there for every check', () => {
    const ids = [...webChecks, ...TLS_CHECKS, ...ROUTING_CHECKS, ...TIME_CHECKS, ntsTls, ...RESOLVER_CHECKS].map(
      ({ id }) => id,
    );
    const written = [...sourceOf('dns', 'mail', 'run').matchAll(/'((?:dns|dnssec|dane|mail)\.[a-z0-9-]+)'/g)];
    const named = written.map(([, id]) => id as string).filter((id) => !(id in en.dns));
    expect(checkIds().sort()).toEqual([...new Set([...ids, ...named])].sort());
  });

  it.each([
    ['mail', sourceOf('mail', 'run'), en.mail],
    ['web', sourceOf('web'), en.web],
    ['time', sourceOf('time'), en.time],
    ['resolver', sourceOf('resolvers'), en.resolver],
  ] as const)('are there for all that checks of %s see', (_, source, texts) => {
    const kinds = new Set(Object.keys(texts).map((code) => code.split('.')[0]));
    const codes = [...source.matchAll(/'([a-z0-9-]+)\.([a-z0-9-]+)'/g)];
    const missing = codes.filter(([, kind, rest]) => kinds.has(kind) && !(`${kind}.${rest}` in texts));
    expect(missing.map(([code]) => code)).toEqual([]);
  });

  it('are there for every state of a signature', () => {
    const source = readFileSync(new URL('web/openpgp/check.ts', import.meta.url), 'utf8');
    const states = [...source.matchAll(/^ {2}\| '([a-z-]+)'/gm)].map(([, state]) => `security-txt.signature-${state}`);
    expect(states.length).toBeGreaterThan(10);
    expect(states.filter((code) => !(code in en.web))).toEqual([]);
  });

  it('are there for all that checks of TLS and routing see', () => {
    const source = sourceOf('tls/judge', 'routing');
    const plain = [...source.matchAll(/(?:observation\(|code: |\? |: )'([a-z0-9]+(?:-[a-z0-9]+)+)'/g)].map(
      ([, code]) => code,
    );
    const grades = ['good', 'sufficient', 'phase-out', 'insufficient'];
    const graded = ['version', 'suite', 'group', 'exchange-hash', 'modulus', 'key', 'signature'];
    const wanted = ['renegotiation-info', 'extended-master-secret', 'compression', 'heartbeat'];
    const faults = [
      ...readFileSync(new URL('tls/certificate/chain.ts', import.meta.url), 'utf8').matchAll(/^ {2}\| '([a-z-]+)'/gm),
    ];
    const codes = [
      ...plain.filter(
        (code) =>
          !['phase-out', 'not-found', 'invalid-origin', 'invalid-length', 'rsa-export', 'not-applicable'].includes(
            code as string,
          ),
      ),
      ...graded.flatMap((what) => grades.map((grade) => `${what}-${grade}`)),
      ...wanted.flatMap((what) => ['on', 'off', 'none', 'unknown'].map((state) => `${what}-${state}`)),
      ...faults.map(([, fault]) => `chain-${fault}`),
      ...['origin', 'length'].map((why) => `route-invalid-${why}`),
    ];
    expect(codes.filter((code) => !((code as string) in { ...en.tls, ...en.routing }))).toEqual([]);
  });

  it('are filled in', () => {
    const seen = { code: 'mx.exchanger', verdict: 'pass' as const, values: { host: 'mx.test', addresses: 2 } };
    expect(sentenceOf('mail.mx', seen, 'en')).toBe('mx.test takes mail, at 2 addresses.');
    expect(sentenceOf('mail.mx', { code: 'mx.exchanger', verdict: 'pass' }, 'en')).toBe(
      '– takes mail, at – addresses.',
    );
    expect(checkWords('mail.mx', 'en').title).toBe('Where mail goes');
    expect(checkWords('no.such', 'en').title).toBe('no.such');
  });
});
