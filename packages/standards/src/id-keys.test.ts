import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { looseKey, openKeys, packKeys } from './id-keys.ts';
import { loadRegistry } from './registry.ts';

const registry = loadRegistry();

describe('an id is found however it is typed', () => {
  test.each([
    ['rfc5246', 'RFC 5246'],
    ['RFC-5246', 'RFC 5246'],
    ['iso27001:2013', 'ISO/IEC 27001:2013'],
    ['ISO/CEI 27001:2013', 'ISO/IEC 27001:2013'],
    ['NEN-EN-ISO/IEC 27001:2022', 'ISO/IEC 27001:2022'],
    ['DIN EN ISO/IEC 27001', 'ISO/IEC 27001:2022'],
    ['ABNT NBR ISO/IEC 27001:2013', 'ISO/IEC 27001:2013'],
    ['CEI 62443-4-1:2018', 'IEC 62443-4-1:2018'],
    ['iec62443', 'IEC 62443'],
    ['800-53', undefined],
    ['sp800-53r4', 'NIST SP 800-53 Rev. 4'],
    ['NIST Special Publication 800-53, Revision 5', 'NIST SP 800-53 Rev. 5'],
    ['FIPS PUB 140-2', 'NIST FIPS 140-2'],
    ['EN303645', 'ETSI EN 303 645'],
    ['EN 303 645 v2.1.1', 'ETSI EN 303 645 V2.1.1'],
    ['x.509 (10/2012)', 'ITU-T X.509 (10/2012)'],
    ['IEEE Std 802.1X-2010', 'IEEE 802.1X-2010'],
    ['802.1x', 'IEEE 802.1X-2020'],
    ['TLSv1.2', 'TLS 1.2'],
    ['tls 1.0', 'TLS 1.0'],
    ['SSLv3', 'SSL 3.0'],
    ['pci-dss 3.2.1', 'PCI DSS v3.2.1'],
    ['OWASP Top Ten', 'OWASP Top 10'],
    ['DSGVO', 'GDPR'],
    ['Regulation (EU) 2016/679', 'GDPR'],
    ['', undefined],
    ['???', undefined],
    ['no such standard', undefined],
  ])('%s', (typed, id) => {
    expect(registry.find(typed)?.id).toBe(id);
  });

  test('every record is found by its own id, and by its id in small letters', () => {
    for (let i = 0; i < registry.size; i += 7) {
      const { id } = registry.at(i);
      expect(registry.get(id)?.id).toBe(id);
      expect(registry.find(id.toLowerCase())).toBeDefined();
    }
  });
});

test('a loose key has no case, blanks or joiners', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const key = looseKey(text);
      expect(key).toMatch(/^[\p{L}\p{N}]*$/u);
      expect(looseKey(text.toUpperCase().toLowerCase())).toBe(looseKey(text.toLowerCase()));
    }),
  );
});

test('a packed table finds what went in and nothing else', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { maxLength: 200 }), fc.string(), (keys, other) => {
      const table = openKeys(
        packKeys(
          keys.map((key, i) => [key, i] as const),
          keys.length,
        ),
      );
      keys.forEach((key, i) => {
        expect(table.find(key)).toBe(i);
      });
      expect(table.find(other)).toBe(keys.indexOf(other));
    }),
  );
});

test('what is typed nearly right brings near ids', () => {
  expect(registry.search('iso 27001', 3).map((s) => s.id)).toContain('ISO/IEC 27001:2022');
  expect(registry.search('zero trust architecture', 3).map((s) => s.id)).toContain('NIST SP 800-207');
  expect(registry.search('', 3)).toEqual([]);
});
