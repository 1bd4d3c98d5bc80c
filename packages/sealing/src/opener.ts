import { armor, Decrypter, Encrypter } from 'age-encryption';
import { createKeyPair, type KeyPair, recipientOf, unarmoured } from './age.ts';
import { SealingError } from './errors.ts';
import { fingerprintOf } from './fingerprint.ts';

/**
 * Characters of a passphrase. The protected identity lies on the server, where its one defence against whoever takes it away is the
 * passphrase: NIST SP 800-63B-4 section 3.1.1.2 asks 15 characters of a password that stands alone.
 */
export const SHORTEST_PASSPHRASE = 15;

/** Different characters: "aaaaaaaaaaaaaaa" has fifteen and is no passphrase. */
const FEWEST_DIFFERENT = 6;

/** scrypt with N = 2^18 (256 MiB): about a second on a laptop of today, and the default of age-encryption. */
const WORK_FACTOR = 18;

/** Only files of the work factor above: another one could ask a browser for minutes, or gigabytes. */
const PROTECTED_HEADER = /^age-encryption\.org\/v1\n-> scrypt [A-Za-z0-9+/]{22} 18\n/;

export interface OpenerIdentity {
  /** The public key, which shares are encrypted to. */
  recipient: string;
  /** What openers read to each other, so that nobody slips in another's key. */
  fingerprint: string;
  /** The identity, encrypted with the passphrase: an armoured age file that `age -d -i` takes as well. May lie on the server. */
  protectedIdentity: string;
}

/**
 * An opener's own key, made in her browser. Takes about a second, during which the thread is busy.
 * @throws SealingError `weak-passphrase`
 */
export async function createOpenerIdentity(passphrase: string): Promise<OpenerIdentity> {
  const { identity, recipient } = await createKeyPair();
  return {
    recipient,
    fingerprint: fingerprintOf(recipient),
    protectedIdentity: await protectOpenerIdentity(identity, passphrase),
  };
}

/** An unlocked identity under a (new) passphrase. @throws SealingError `weak-passphrase`, `broken-identity` */
export async function protectOpenerIdentity(identity: string, passphrase: string): Promise<string> {
  const normal = normalised(passphrase);
  if ([...normal].length < SHORTEST_PASSPHRASE || new Set(normal).size < FEWEST_DIFFERENT)
    throw new SealingError(
      'weak-passphrase',
      `A passphrase needs at least ${SHORTEST_PASSPHRASE} characters, ${FEWEST_DIFFERENT} of them different. Five words picked by chance are good.`,
    );
  await recipientOf(identity);
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(WORK_FACTOR);
  encrypter.setPassphrase(normal);
  return armor.encode(await encrypter.encrypt(`${identity}\n`));
}

/**
 * The opener's key out of its protection. Takes about a second.
 * @throws SealingError `wrong-passphrase`, or `broken-identity` when the file itself is not whole
 */
export async function unlockOpenerIdentity(protectedIdentity: string, passphrase: string): Promise<KeyPair> {
  const bytes = unarmoured(protectedIdentity);
  if (!bytes || !PROTECTED_HEADER.test(String.fromCharCode(...bytes.subarray(0, 100)))) throw broken();
  const decrypter = new Decrypter();
  decrypter.addPassphrase(normalised(passphrase));
  let identity: string;
  try {
    identity = (await decrypter.decrypt(bytes, 'text')).trim();
  } catch (error) {
    if (!String(error).includes('no identity matched')) throw broken();
    throw new SealingError(
      'wrong-passphrase',
      'This passphrase does not unlock the key. Check the keyboard and capitals.',
    );
  }
  return { identity, recipient: await recipientOf(identity) };
}

/** The same passphrase from every keyboard: NIST SP 800-63B asks NFKC (or NFKD) before hashing. */
function normalised(passphrase: string): string {
  return passphrase.normalize('NFKC');
}

function broken(): SealingError {
  return new SealingError(
    'broken-identity',
    'The protected key is not whole, or not one of ours. Take it from a backup.',
  );
}
