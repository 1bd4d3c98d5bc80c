import { expect, test } from 'vitest';
import { addressOf, isPublicAddress } from './public-address.ts';

test.each([
  ['9.9.9.9', true],
  ['2620:fe::fe', true],
  ['127.0.0.1', false],
  ['10.1.2.3', false],
  ['172.31.255.255', false],
  ['172.32.0.1', true],
  ['192.168.1.1', false],
  ['169.254.169.254', false],
  ['100.64.0.1', false],
  ['0.0.0.0', false],
  ['255.255.255.255', false],
  ['::1', false],
  ['::', false],
  ['::ffff:10.0.0.1', false],
  ['::ffff:9.9.9.9', false],
  ['64:ff9b::a00:1', false],
  ['fc00::1', false],
  ['fe80::1', false],
  ['2002:a00:1::', false],
  ['2001:db8::1', false],
  ['ff02::1', false],
  ['example.org', false],
  ['', false],
])('%s', (address, is) => expect(isPublicAddress(address)).toBe(is));

test.each(['localhost', '127.0.0.1', '[::1]', '0x7f.1'])('%s is not called unless allowed', async (host) => {
  await expect(addressOf(host, false)).rejects.toThrow(/private-address|ENOTFOUND|EAI_AGAIN/);
});

test('is called where the operator allows it', async () => {
  expect(await addressOf('127.0.0.1', true)).toEqual({ address: '127.0.0.1', family: 4 });
});
