import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES } from '@proviso/catalogue';
import { StoreError, VersionConflict } from '@proviso/store';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { problemOf } from './errors.ts';
import { languageOf } from './language.ts';
import { problemText, wordsOf } from './messages.ts';
import { checkOrigin } from './origin.ts';
import { HttpProblem } from './problem.ts';
import { badText, strictly } from './strict.ts';

describe('the language of a reader', () => {
  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['nl-BE,nl;q=0.9,en;q=0.5', 'nl'],
    ['pt, de;q=0.4, fr;q=0.8', 'fr'],
    ['fr;q=0, de', 'de'],
    ['*;q=0.1', 'en'],
    ['FR', 'fr'],
  ])('%s', (header, language) => expect(languageOf(header)).toBe(language));

  it('is one of ours whatever is sent', () => {
    fc.assert(fc.property(fc.string(), (header) => LANGUAGES.includes(languageOf(header))));
  });
});

describe('shapes', () => {
  const shape = strictly(
    z.object({ a: z.object({ b: z.string() }).optional(), list: z.array(z.object({ c: z.int() })).default([]) }),
  );
  it.each([
    [{}, true],
    [{ a: { b: 'x' } }, true],
    [{ list: [{ c: 1 }] }, true],
    [{ d: 1 }, false],
    [{ a: { b: 'x', d: 1 } }, false],
    [{ list: [{ c: 1, d: 1 }] }, false],
  ])('take only the fields they name: %j', (value, fits) => expect(shape.safeParse(value).success).toBe(fits));

  it('keep what else they say', () => {
    const checked = strictly(z.object({ n: z.int().min(3) }).refine(({ n }) => n !== 5, 'not five'));
    expect([2, 3, 5].map((n) => checked.safeParse({ n }).success)).toEqual([false, true, false]);
  });
});

describe('text that a database cannot keep', () => {
  it.each([
    ['plain é 字 🙂', null],
    [{ a: ['x', 'y\0z'] }, 'a.1'],
    [{ a: { b: '\ud800' } }, 'a.b'],
    [{ 'k\0': 1 }, ''],
    [null, null],
  ])('is found: %j', (value, path) => expect(badText(value)).toBe(path));

  it('is found at any depth', () => {
    let deep: unknown = '\0';
    for (let i = 0; i < 50_000; i++) deep = [deep];
    expect(badText(deep)).toMatch(/^0\.0/);
  });
});

describe('where a request comes from', () => {
  const base = 'https://proviso.example';
  const cookie = 'proviso.session_token=x';
  it.each<[string, Record<string, string>, boolean]>([
    ['GET', { cookie, 'sec-fetch-site': 'cross-site' }, true],
    ['POST', { cookie, 'sec-fetch-site': 'same-origin' }, true],
    ['POST', { cookie, 'sec-fetch-site': 'same-site' }, false],
    ['POST', { cookie, 'sec-fetch-site': 'cross-site' }, false],
    ['POST', { cookie, 'sec-fetch-site': 'cross-site', origin: base }, false],
    ['DELETE', { cookie, origin: 'https://proviso.example' }, true],
    ['POST', { cookie, origin: 'https://proviso.example.evil.example' }, false],
    ['POST', { cookie, origin: 'null' }, false],
    ['POST', { cookie, origin: 'http://inner:4180' }, true],
    ['POST', { cookie }, false],
    ['POST', { origin: 'https://evil.example' }, false],
    ['POST', {}, true],
  ])('%s %j', (method, headers, allowed) => {
    const check = () => checkOrigin({ method, headers, host: 'inner:4180' }, base);
    if (allowed) expect(check).not.toThrow();
    else expect(check).toThrow('cross-site');
  });
});

describe('problems', () => {
  it.each([
    [new HttpProblem(418, 'x'), 418, 'x'],
    [new StoreError('missing', ''), 404, 'not-found'],
    [new StoreError('file-store', 'disk full'), 507, 'no-room'],
    [new StoreError('rights', ''), 500, 'internal'],
    [Object.assign(new Error('duplicate'), { code: '23505' }), 409, 'there-already'],
    [Object.assign(new Error('going'), { code: '57P01' }), 503, 'database-away'],
    [Object.assign(new Error('gone'), { code: 'ECONNREFUSED' }), 503, 'database-away'],
    [new Error('Connection terminated unexpectedly'), 503, 'database-away'],
    [new Error('Client has encountered a connection error and is not queryable'), 503, 'database-away'],
    [new Error('Client was closed and is not queryable'), 503, 'database-away'],
    [new TypeError('x is not a function'), 500, 'internal'],
    ['thrown text', 500, 'internal'],
  ])('%s', (error, status, code) => {
    expect(problemOf(error)).toMatchObject({ status, problem: { code } });
  });

  it('say which version stands', () => {
    expect(problemOf(new VersionConflict('The purchase', 1, 4)).problem).toEqual({
      code: 'version-conflict',
      current: 4,
    });
  });

  it('are said in every language, ours and those of procurement', () => {
    const ids = Object.keys(wordsOf('en'));
    for (const language of LANGUAGES) expect(Object.keys(wordsOf(language))).toEqual(ids);
    expect(problemText('wrong-state', 'nl', { state: 'opened' })).toContain('opened');
    expect(problemText('no-such-code', 'fr')).toBe('Ceci ne peut pas être fait.');
  });

  it('have words for every code that a route throws', () => {
    const root = join(import.meta.dirname, '..');
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
    );
    const codes = files.flatMap((name) =>
      [...readFileSync(join(root, name), 'utf8').matchAll(/new HttpProblem\(\s*[^,()]+,\s*'([a-z-]+)'/g)].map(
        ([, code]) => code ?? '',
      ),
    );
    expect(codes).toContain('not-found');
    const other = problemText('other', 'en');
    expect(codes.filter((code) => problemText(code, 'en') === other)).toEqual([]);
  });
});
