import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Compiled, compileFrom } from './compile.ts';
import { packContainer, unpackContainer } from './container.ts';
import { openRegistry, type Registry } from './registry.ts';

const root = join(import.meta.dirname, '..');
let compiled: Compiled;
let registry: Registry;

beforeAll(() => {
  compiled = compileFrom(root);
  registry = openRegistry(unpackContainer(packContainer(compiled.sections)));
});

test('the data and the names in the tree have no fault', () => {
  expect(compiled.faults.map((f) => `${f.file}: ${f.entry}: ${f.message}`)).toEqual([]);
});

test('what was packed comes back whole', () => {
  expect(registry.size).toBe(compiled.records.length);
  for (let i = 0; i < registry.size; i += 11) {
    const { hand: _hand, file: _file, ...record } = compiled.records[i] ?? { hand: 0, file: 0 };
    expect(registry.at(i)).toEqual(record);
  }
});

test('the same data make the same version', () => {
  expect(registry.version).toMatch(/^\d{4}-\d\d-\d\d\+[0-9a-f]{8}$/);
  expect(openRegistry(unpackContainer(packContainer(compileFrom(root).sections))).version).toBe(registry.version);
});

describe('what is core', () => {
  test.each([
    ['RFC 8446', true],
    ['ISO/IEC 27001:2022', true],
    ['ISO 22301:2019', true],
    ['IEC 62443-4-1:2018', true],
    ['NIST SP 800-53 Rev. 5', true],
    ['ETSI EN 303 645', true],
    ['3GPP TS 33.501', true],
    ['ITU-T X.509', true],
    ['IEEE 802.1X-2020', true],
    ['W3C xmldsig-core1', true],
    ['PCI DSS', true],
    ['GDPR', true],
    ['TLS 1.2', true],
    ['RFC 768', false],
    ['TCP', false],
    ['SOAP', false],
    ['WCAG 2.1', false],
    ['ETSI EN 301 549', false],
    ['ISO 9001:2015', false],
    ['ISO 14001:2015', false],
    ['ISO 8601-1:2019', false],
    ['PDF/A', false],
    ['IEEE 802.3-2022', false],
    ['Public Procurement Directive', false],
    ['ITIL', false],
  ])('%s: %s', (id, core) => {
    expect(registry.get(id)?.core).toBe(core);
  });
});
