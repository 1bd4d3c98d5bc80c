import { isIP } from 'node:net';
import type { Certificate } from './certificate.ts';

/**
 * Whether a certificate is for that host (RFC 9525): a DNS name in its subjectAltName, or an address there for an address. The subject's
 * common name does not count (section 2). A `*` stands for one whole label, the first one (section 6.3). Names compare without case; host is in its
 * ASCII form.
 */
export function isForHost(certificate: Pick<Certificate, 'dnsNames' | 'addresses'>, host: string): boolean {
  if (isIP(host) !== 0) return certificate.addresses.includes(addressHex(host));
  const wanted = labels(host);
  return certificate.dnsNames.some((name) => {
    const [first = '', ...rest] = labels(name);
    const [wantedFirst = '', ...wantedRest] = wanted;
    if (rest.join('.') !== wantedRest.join('.')) return false;
    return first === '*' ? rest.length > 0 && wantedFirst !== '' : first === wantedFirst;
  });
}

function labels(name: string): string[] {
  return name.toLowerCase().replace(/\.$/, '').split('.');
}

/** The bytes of an address as hexadecimal. */
function addressHex(address: string): string {
  if (isIP(address) === 4) {
    return address
      .split('.')
      .map((part) => Number(part).toString(16).padStart(2, '0'))
      .join('');
  }
  // The URL parser writes an IPv6 address in one form, with at most one `::`.
  const form = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = '', tail] = form.split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':')).map((group) => group.padStart(4, '0'));
  const before = groups(head);
  const after = tail === undefined ? [] : groups(tail);
  return [...before, ...Array(8 - before.length - after.length).fill('0000'), ...after].join('');
}
