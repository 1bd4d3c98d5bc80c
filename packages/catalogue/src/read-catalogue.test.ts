import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCatalogue } from './read-catalogue.ts';

const DATA = join(import.meta.dirname, '..', 'data');
const TLS = 'requirements/CRY-02-tls.yaml';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'proviso-catalogue-'));
  cpSync(DATA, folder, { recursive: true });
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Faults of one file after a change, as `line: message`. */
function faultsAfter(
  file: string,
  change: (text: string) => string,
  knows: (id: string) => boolean = () => true,
): string[] {
  const path = join(folder, file);
  writeFileSync(path, change(readFileSync(path, 'utf8')));
  return readCatalogue(folder, knows)
    .faults.filter((fault) => fault.file === file)
    .map(({ line, message }) => `${line}: ${message}`);
}

describe('a catalogue is refused, with file, line and what is expected', () => {
  it.each([
    ['a missing translation', (text: string) => text.replace(/^ {2}nl: Versleutelde.*\n/m, ''), /^4: title\.nl: /],
    ['an unknown key', (text: string) => text.replace('burden: 1', 'burden: 1\ncolour: red'), /colour/],
    ['a duplicate key', (text: string) => `${text}burden: 2\n`, /unique/],
    ['a reference to no check', (text: string) => text.replace('[tls.profile]', '[tls.moon]'), /no check "tls.moon"/],
    [
      'a reference to no source',
      (text: string) => text.replace('source: nis2', 'source: atlantis'),
      /no source "atlantis"/,
    ],
    ['a condition on no fact', (text: string) => text.replace('{ exposure: {', '{ moon: {'), /no fact "moon"/],
    [
      'a condition on no value',
      (text: string) => text.replace('atLeast: internal', 'atLeast: galactic'),
      /no exposure "galactic"/,
    ],
    [
      'a mark that one language lacks',
      (text: string) => text.replace('réglés selon {std:RFC 9325}', 'réglés'),
      /fr leaves out \{standard RFC 9325\}/,
    ],
    [
      'a mark that leads nowhere',
      (text: string) => text.replaceAll('older version switched off', 'older {thing} off'),
      /no parameter "thing"/,
    ],
    ['no choice for "not met"', (text: string) => text.replace('meets: none', 'meets: basic'), /no choice says/],
    ['an unknown level', (text: string) => text.replace('meets: none', 'meets: superb'), /meets/],
    ['broken YAML', (text: string) => text.replace('title:', 'title: [ }'), /^\d+: /],
  ])('%s', (_, change, expected) => {
    const faults = faultsAfter(TLS, change);
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.join('\n')).toMatch(expected);
  });

  it('an unknown standard', () => {
    expect(
      faultsAfter(
        TLS,
        (text) => text,
        (id) => id !== 'RFC 9325',
      ).join('\n'),
    ).toMatch(/no "RFC 9325"/);
  });

  it('an id that is used twice, in the second file', () => {
    cpSync(join(folder, TLS), join(folder, 'requirements/ZZ.yaml'));
    const { faults } = readCatalogue(folder, () => true);
    expect(faults).toContainEqual({ file: 'requirements/ZZ.yaml', line: 2, message: 'the id "CRY-02" is used twice' });
  });

  it('a requirement that nothing leads to, and a need that nothing answers', () => {
    cpSync(join(folder, TLS), join(folder, 'requirements/ZZ.yaml'));
    const lonely = faultsAfter('requirements/ZZ.yaml', (text) => text.replace('id: CRY-02', 'id: CRY-99'));
    expect(lonely.join('\n')).toMatch(/no risk, law or standard leads to CRY-99/);
    const risk = faultsAfter('risks/RSK-02-vulnerability.yaml', (text) => text.replaceAll('[VUL-01]', '[VUL-77]'));
    expect(risk.join('\n')).toMatch(/no requirement "VUL-77"/);
  });

  it('a file that is missing', () => {
    rmSync(join(folder, 'vocabulary.yaml'));
    expect(readCatalogue(folder, () => true)).toMatchObject({
      catalogue: undefined,
      faults: [{ file: 'vocabulary.yaml', line: 1, message: 'the file is missing' }],
    });
  });
});
