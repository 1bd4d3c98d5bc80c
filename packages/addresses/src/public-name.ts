import { isIP } from 'node:net';
import { isPublicAddress } from './public-address.ts';

/**
 * Endings under which no name is anybody's on the internet: of IANA's special-use names (RFC 6761 and later), and `internal` (ICANN, 2024).
 * `test` and `example` are not among them: a laboratory has its own servers for them.
 */
const SPECIAL = ['localhost', 'local', 'internal', 'invalid', 'onion', 'home.arpa'] as const;

/** Whether a host's name or address can be one of the public internet. True says only that it may be: nothing is asked of the network. */
export function isPublicName(name: string): boolean {
  const bare = name.toLowerCase().replace(/\.$/, '');
  if (isIP(bare) !== 0) return isPublicAddress(bare);
  return !SPECIAL.some((ending) => bare === ending || bare.endsWith(`.${ending}`));
}
