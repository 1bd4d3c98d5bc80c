import { describe, expect, it } from 'vitest';
import { isAddress } from './resolve-exclude.ts';

const inAddress = (text: string, name: string) => {
  const start = text.indexOf(name);
  return isAddress(text, start, start + name.length);
};

describe('isAddress', () => {
  it.each([
    ['see https://example.org/iso-27001/', 'iso-27001'],
    ['(http://tls.example/x)', 'tls'],
    ['www.iso27001security.com', 'iso27001'],
    ['mail iso27001@example.org now', 'iso27001'],
    ['ISO27001_certificate.pdf', 'ISO27001'],
    ['[text](/policies/iso-27001/)', 'iso-27001'],
    ['csrc.nist.gov/publications/sp800-53', 'sp800-53'],
    ['https://example.org/standards/\niso-27001/controls/', 'iso-27001'],
  ])('holds a name in %j', (text, name) => {
    expect(inAddress(text, name)).toBe(true);
  });

  it.each([
    ['uses ISO/IEC 27001.', 'ISO'],
    ['TLS/SSL/IPsec', 'SSL'],
    ['publish a security.txt', 'security.txt'],
    ['(ISO27001)', 'ISO27001'],
    ['SPF/DKIM/DMARC.', 'DKIM'],
    ['https:// means TLS', 'TLS'],
  ])('does not hold one in %j', (text, name) => {
    expect(inAddress(text, name)).toBe(false);
  });
});
