import { randomBytes, type webcrypto } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the server keeps to itself: the key of receipts, and the secret that signs cookies. */
export interface Secrets {
  receiptKey: webcrypto.JsonWebKey;
  signIn: string;
}

const FILE = 'secrets.json';

/**
 * The server's secrets: from the environment (`PROVISO_SECRETS`, the file's content, for servers on several hosts), else from
 * `DIR/secrets.json`, which is made at the first start and can be read by nobody else. Receipts given out are checked with this key: keep
 * it with the backups.
 * @throws Error that says what to do, where the file is damaged or cannot be written.
 */
export async function loadSecrets(folder: string, given: string | undefined): Promise<Secrets> {
  const path = join(folder, FILE);
  if (given !== undefined) return secretsOf(given, 'PROVISO_SECRETS');
  const kept = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (kept !== null) return secretsOf(kept, path);
  const { createReceiptKey } = await import('@proviso/sealing');
  const made: Secrets = { receiptKey: await createReceiptKey(), signIn: randomBytes(32).toString('base64url') };
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // Never over another's: two that start at once have one file.
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(made, null, 1)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  return made;
}

function secretsOf(text: string, where: string): Secrets {
  try {
    const { receiptKey, signIn } = JSON.parse(text) as Secrets;
    if (typeof receiptKey.d === 'string' && typeof signIn === 'string' && signIn.length >= 32)
      return { receiptKey, signIn };
  } catch {
    // Said below.
  }
  throw new Error(
    `${where} does not hold the server's secrets. Restore it from a backup; it was made at the first start.`,
  );
}
