import { EXTENSION, RETRY_RANDOM, VERSIONS } from './protocol.ts';
import { Reader } from './reader.ts';

export interface ServerHello {
  /** The version that is settled: `supported_versions` where it is there, else `legacy_version`. */
  version: number;
  suite: number;
  compression: number;
  /** A HelloRetryRequest: version, suite and group are settled, no key has been made (RFC 8446 section 4.1.4). */
  retry: boolean;
  /** Group of `key_share`, in TLS 1.3. */
  group: number | null;
  extensions: ReadonlyMap<number, Uint8Array>;
}

/**
 * Reads the body of a ServerHello (RFC 5246 section 7.4.1.3, RFC 8446 section 4.1.3).
 * @throws WireError where a length lies or an extension comes twice.
 */
export function readServerHello(body: Uint8Array): ServerHello {
  const hello = new Reader(body);
  const legacy = hello.number(2);
  const retry = RETRY_RANDOM.equals(hello.take(32));
  hello.vector(1);
  const suite = hello.number(2);
  const compression = hello.number(1);
  const extensions = new Map<number, Uint8Array>();
  if (hello.left > 0) {
    const list = new Reader(hello.vector(2));
    while (list.left > 0) extensions.set(list.number(2), list.vector(2));
  }
  hello.end();
  const chosen = extensions.get(EXTENSION.supportedVersions);
  const version = chosen ? new Reader(chosen).number(2) : legacy;
  const share = extensions.get(EXTENSION.keyShare);
  const group = version === VERSIONS['TLS 1.3'] && share ? new Reader(share).number(2) : null;
  return { version, suite, compression, retry, group, extensions };
}
