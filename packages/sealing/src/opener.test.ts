import { armor, Decrypter, Encrypter } from 'age-encryption';
import { expect, test } from 'vitest';
import { recipientOf } from './age.ts';
import { createOpenerIdentity, protectOpenerIdentity, unlockOpenerIdentity } from './opener.ts';
import { refusalOf } from './testing/purchase.ts';

// Written once with a composed letter, typed later with a combining one, as another system does.
const PASSPHRASE = 'vélo rouge sur la colline';

test('a protected identity opens with its passphrase only, also in plain age', async () => {
  const { recipient, protectedIdentity } = await createOpenerIdentity(PASSPHRASE);
  const { identity } = await unlockOpenerIdentity(protectedIdentity, PASSPHRASE.normalize('NFD'));
  expect(await recipientOf(identity)).toBe(recipient);
  expect(await refusalOf(unlockOpenerIdentity(protectedIdentity, `${PASSPHRASE} `))).toBe('wrong-passphrase');
  const decrypter = new Decrypter();
  decrypter.addPassphrase(PASSPHRASE.normalize('NFKC'));
  expect(await decrypter.decrypt(armor.decode(protectedIdentity), 'text')).toBe(`${identity}\n`);
  const cut = protectedIdentity.split('\n').toSpliced(1, 1).join('\n');
  for (const broken of [cut, '', 'x'.repeat(300_000), recipient])
    expect(await refusalOf(unlockOpenerIdentity(broken, PASSPHRASE))).toBe('broken-identity');
});

test('a work factor other than ours is refused before it costs anything', async () => {
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(10);
  encrypter.setPassphrase(PASSPHRASE);
  const light = armor.encode(await encrypter.encrypt('AGE-SECRET-KEY-PQ-1'));
  expect(await refusalOf(unlockOpenerIdentity(light, PASSPHRASE))).toBe('broken-identity');
});

test.each(['', 'fourteen chars', 'aaaaaaaaaaaaaaaaaaaa', 'abcdeabcdeabcdeabcde', '👩‍💻👩‍💻👩‍💻👩‍💻'])(
  'the passphrase %j is too weak',
  async (weak) => {
    expect(await refusalOf(createOpenerIdentity(weak))).toBe('weak-passphrase');
  },
);

test('what is wrong with an identity is said without the identity', async () => {
  const secret = 'AGE-SECRET-KEY-PQ-18T6RE69X9NV7RAWUCAMRPP2AUPD6F0J6FNVWTMV07PXMFLTMMS6SVSUNMQ';
  const error = await protectOpenerIdentity(secret, PASSPHRASE).catch((one: Error) => one);
  expect(error).toMatchObject({ code: 'broken-identity' });
  expect(
    `${(error as Error).stack} ${JSON.stringify(error)} ${String((error as Error).cause)}`.toUpperCase(),
  ).not.toContain('T6RE69');
});
