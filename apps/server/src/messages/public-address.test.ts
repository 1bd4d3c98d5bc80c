import { expect, test } from 'vitest';
import { addressOf } from './public-address.ts';

test.each(['localhost', '127.0.0.1', '[::1]', '0x7f.1'])('%s is not called unless allowed', async (host) => {
  await expect(addressOf(host, false)).rejects.toThrow(/private-address|ENOTFOUND|EAI_AGAIN/);
});

test('is called where the operator allows it', async () => {
  expect(await addressOf('127.0.0.1', true)).toEqual({ address: '127.0.0.1', family: 4 });
});
