import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resultOf } from '../../check.ts';
import { readWebProfile } from '../profile.ts';
import { judgeCsp } from './judge.ts';
import { effectiveSources, parseCsp, parseSource } from './parse.ts';

const profile = readWebProfile({}).csp;
const NONCE = "'nonce-4AEemGb0xJptoIGFP3Nd5w'";
const REST = "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const script = (sources: string) => `script-src ${sources}; style-src 'self'; ${REST}`;
const judged = (...policies: string[]) => judgeCsp(policies, [], profile);
const codes = (...policies: string[]) => [...new Set(judged(...policies).map((one) => one.code))].sort();

describe('one policy', () => {
  test.each<[string, string, string, string[]]>([
    ['strict with a nonce', script(`${NONCE} 'strict-dynamic' 'unsafe-inline' https:`), 'pass', ['csp.policy']],
    ['strict with a hash', script("'sha256-RFWPLDbv2BY+rCkDzsE+0fr8ylGr2R2faWMhq4lfEQc='"), 'pass', ['csp.policy']],
    ['own hosts', script("'self' cdn.example.com https://*.example.com:443/js/"), 'pass', ['csp.policy']],
    ['by default-src', `default-src 'self'; ${REST}`, 'pass', ['csp.policy']],
    [
      'nothing allowed',
      `default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      'pass',
      ['csp.policy'],
    ],
    ['inline', script("'self' 'unsafe-inline'"), 'fail', ['csp.unsafe-inline']],
    [
      'inline by default-src',
      `default-src 'self' 'unsafe-inline'; ${REST}`,
      'fail',
      ['csp.style-inline', 'csp.unsafe-inline'],
    ],
    [
      'inline for attributes alone',
      `${script("'self'")}; script-src-attr 'unsafe-inline'`,
      'fail',
      ['csp.unsafe-inline'],
    ],
    ['inline in capitals', script("'SELF' 'Unsafe-Inline'"), 'fail', ['csp.unsafe-inline']],
    ['a nonce takes inline away', script(`${NONCE} 'unsafe-inline'`), 'pass', ['csp.policy']],
    ['eval', script("'self' 'unsafe-eval'"), 'fail', ['csp.unsafe-eval']],
    ['hashes for attributes', script("'self' 'unsafe-hashes'"), 'warn', ['csp.policy', 'csp.unsafe-hashes']],
    ['star', script('*'), 'fail', ['csp.wildcard']],
    ['a scheme', script('https:'), 'fail', ['csp.wildcard']],
    ['data as script', script("'self' data:"), 'fail', ['csp.wildcard']],
    ['everything under a suffix', script('*.co.uk'), 'fail', ['csp.wildcard']],
    ['plain HTTP', script('http://cdn.example.com'), 'fail', ['csp.plain-http']],
    ['this computer', script('127.0.0.1'), 'fail', ['csp.local-host']],
    ['a short nonce', script("'nonce-abc'"), 'warn', ['csp.policy', 'csp.short-nonce']],
    ['strict-dynamic alone', script("'strict-dynamic'"), 'warn', ['csp.policy', 'csp.strict-dynamic-alone']],
    [
      'inline styles',
      `script-src 'self'; style-src 'unsafe-inline'; ${REST}`,
      'warn',
      ['csp.policy', 'csp.style-inline'],
    ],
    ['no script-src', REST, 'fail', ['csp.missing']],
    [
      'no object-src',
      "script-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
      'fail',
      ['csp.missing'],
    ],
    [
      'no base-uri',
      `default-src 'self'; form-action 'self'; frame-ancestors 'none'`,
      'warn',
      ['csp.missing', 'csp.policy'],
    ],
    [
      'framed by anyone',
      `default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors *`,
      'fail',
      ['csp.wildcard'],
    ],
    [
      'objects from anywhere',
      `${script("'self'").replace("object-src 'none'", 'object-src *')}`,
      'fail',
      ['csp.wildcard'],
    ],
    ['keyword without quotes', script('self'), 'warn', ['csp.invalid-source', 'csp.policy']],
    ['none beside others', script("'none' 'self'"), 'warn', ['csp.none-beside-others', 'csp.policy']],
    ['twice: the first counts', `${script("'self'")}; script-src *`, 'warn', ['csp.duplicate-directive', 'csp.policy']],
    ['unknown directive', `${script("'self'")}; scripts-src *`, 'warn', ['csp.policy', 'csp.unknown-directive']],
    ['strange characters', `${script("'self'")}; report-to \xff`, 'warn', ['csp.characters', 'csp.policy']],
  ])('%s', (_, policy, verdict, expected) => {
    expect(codes(policy)).toEqual(expected);
    expect(resultOf('csp', '', judged(policy)).verdict).toBe(verdict);
  });

  test('none, and one that only reports, is a fail', () => {
    expect(judgeCsp([], [], profile)).toEqual([{ code: 'csp.none', verdict: 'fail' }]);
    expect(judgeCsp([''], [script("'self'")], profile)).toEqual([{ code: 'csp.report-only', verdict: 'fail' }]);
  });
});

describe('several policies are enforced together', () => {
  test.each<[string, string[], string[]]>([
    ['one forbids what the other allows', [script("'unsafe-inline'"), script("'self'")], ['csp.policy']],
    ['both allow it', [script("'unsafe-inline'"), script("'self' 'unsafe-inline'")], ['csp.unsafe-inline']],
    ['by a comma in one field', [`${script("'unsafe-inline'")}, ${script("'self'")}`], ['csp.policy']],
    ['one says nothing of scripts', [script("'unsafe-inline'"), "img-src 'self'"], ['csp.unsafe-inline']],
    ['one is wider than the other', [script('*'), script('http://a.example.com')], ['csp.plain-http']],
    [
      'one lacks objects, one allows all',
      [`${REST.replace("object-src 'none'", 'object-src *')}; script-src 'self'`, "script-src 'self'"],
      ['csp.wildcard'],
    ],
    [
      'together they are whole',
      ["script-src 'self'; base-uri 'none'", "object-src 'none'; form-action 'self'; frame-ancestors 'self'"],
      ['csp.policy'],
    ],
  ])('%s', (_, policies, expected) => expect(codes(...policies)).toEqual(expected));
});

describe('reading', () => {
  test.each([
    ["'self'", 'self'],
    ["'nonce-abc=='", 'nonce'],
    ["'sha384-abc'", 'hash'],
    ["'sha1-abc'", 'invalid'],
    ["'unsafe-inlin'", 'invalid'],
    ['unsafe-inline', 'invalid'],
    ['https:', 'scheme'],
    ['*', 'host'],
    ['*.example.com:*', 'host'],
    ['https://example.com/a/b.js', 'host'],
    ['https://', 'invalid'],
    ['ex*mple.com', 'invalid'],
    ['', 'invalid'],
  ])('%s is %s', (text, kind) => expect(parseSource(text).kind).toBe(kind));

  test('what a directive falls back to', () => {
    const [policy] = parseCsp(["default-src 'none'; child-src a.example.com"]);
    const of = (name: string) =>
      policy === undefined ? null : effectiveSources(policy, name)?.map((source) => source.text);
    expect([of('frame-src'), of('img-src'), of('base-uri') ?? null]).toEqual([['a.example.com'], ["'none'"], null]);
  });

  test('any text is read, in bounds', () =>
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(..."script-src 'unsafe-inline' *:/;,\t\x00é"), maxLength: 300 }),
        (text) => {
          expect(resultOf('csp', '', judged(text)).verdict).toMatch(/^(pass|warn|fail)$/);
        },
      ),
    ));

  test('adding a policy never makes the whole worse on scripts', () => {
    const source = fc.constantFrom(
      "'self'",
      "'unsafe-inline'",
      "'unsafe-eval'",
      '*',
      'https:',
      'http://a.example.com',
      NONCE,
      "'strict-dynamic'",
    );
    const policy = fc.array(source, { minLength: 1, maxLength: 4 }).map((sources) => script(sources.join(' ')));
    const fails = (...policies: string[]) => judged(...policies).filter((one) => one.verdict === 'fail').length;
    fc.assert(
      fc.property(policy, policy, (one, other) => {
        const [alone, beside] = [fails(one), fails(other)];
        expect(fails(one, other)).toBeLessThanOrEqual(Math.min(alone, beside) === 0 ? 0 : Math.max(alone, beside));
        expect(fails(one, one)).toBe(alone);
      }),
    );
  });
});
