import { lookup } from 'node:dns/promises';
import { isPublicAddress } from '@proviso/addresses';

/**
 * The address to connect to for a host name, resolved once: whoever connects takes this one, so that the name cannot lead elsewhere meanwhile.
 * @throws Error `private-address` where any of its addresses is not public, unless `anywhere`
 */
export async function addressOf(host: string, anywhere: boolean): Promise<{ address: string; family: 4 | 6 }> {
  const bare = host.replace(/^\[|\]$/g, '');
  const found = await lookup(bare, { all: true });
  const [first] = found;
  if (!first) throw new Error('no-address');
  if (!anywhere && found.some(({ address }) => !isPublicAddress(address))) throw new Error('private-address');
  return { address: first.address, family: first.family === 6 ? 6 : 4 };
}
