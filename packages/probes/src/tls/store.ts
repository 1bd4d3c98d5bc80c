import { createHash, X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { readChain } from './certificate/certificate.ts';

/** Root certificates, DER, and what they are called. */
export interface TrustStore {
  name: string;
  roots: readonly Uint8Array[];
}

let bundled: TrustStore | null = null;

/** Mozilla's roots, as Node carries them. */
export function bundledStore(): TrustStore {
  bundled ??= {
    name: `Mozilla's roots of Node ${process.versions.node}`,
    roots: rootCertificates.map((pem) => new X509Certificate(pem).raw),
  };
  return bundled;
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * Mozilla's roots and further ones out of PEM, as those of an organisation's own authority.
 * @throws Error where there is no certificate in it, or one that cannot be read
 */
export function storeWith(pem: string, name: string): TrustStore {
  const own = (pem.match(CERTIFICATE) ?? []).map((one) => new X509Certificate(one).raw);
  if (own.length === 0) throw new Error('there is no certificate in it');
  const { name: known, roots } = bundledStore();
  return { name: `${known}, and ${name}`, roots: [...roots, ...own] };
}

interface Index {
  sha256: string;
  /** Roots in base64, by the name that they issue under in hexadecimal. */
  bySubject: ReadonlyMap<string, readonly string[]>;
}

const indexes = new WeakMap<TrustStore, Index>();

/** A store's hash, and its roots that issued, by name, any of these certificates or are among them; 64 at most. */
export function anchorsIn(store: TrustStore, sent: readonly Uint8Array[]): { anchors: string[]; sha256: string } {
  const { sha256, bySubject } = indexOf(store);
  const names = readChain(sent).certificates.flatMap(({ issuer, subject }) => [hex(issuer), hex(subject)]);
  const anchors = [...new Set(names)].flatMap((name) => bySubject.get(name) ?? []);
  return { anchors: anchors.slice(0, 64), sha256 };
}

function indexOf(store: TrustStore): Index {
  const known = indexes.get(store);
  if (known) return known;
  const hash = createHash('sha256');
  const bySubject = new Map<string, string[]>();
  for (const root of store.roots) {
    hash.update(root);
    const [certificate] = readChain([root]).certificates;
    if (!certificate) continue;
    const name = hex(certificate.subject);
    bySubject.set(name, [...(bySubject.get(name) ?? []), Buffer.from(root).toString('base64')]);
  }
  const index = { sha256: hash.digest('hex'), bySubject };
  indexes.set(store, index);
  return index;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
