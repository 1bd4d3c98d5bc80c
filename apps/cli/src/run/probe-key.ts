import { createPrivateKey } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { BundleError, newSigner, type Signer, signerOf } from '@proviso/probes';
import { UsageError, unwritten } from '../exit.ts';

/** Where the key lies that bundles are signed with: `$PROVISO_PROBE_KEY`, else in the person's folder of settings. */
export function defaultKeyFile(env: NodeJS.ProcessEnv): string {
  if (env.PROVISO_PROBE_KEY) return env.PROVISO_PROBE_KEY;
  const base = env.XDG_CONFIG_HOME ?? env.APPDATA ?? join(homedir(), '.config');
  return join(base, 'proviso', 'probe-key.pem');
}

/** The key of a file; a new one is made where there is none, readable by its owner alone. @throws UsageError, OutputError */
export async function loadSigner(file: string): Promise<{ signer: Signer; made: boolean }> {
  if (!existsSync(file)) return { signer: await makeSigner(file), made: true };
  try {
    return { signer: signerOf(createPrivateKey(await readFile(file))), made: false };
  } catch (error) {
    if (error instanceof BundleError) throw new UsageError(`${file}: ${error.message}`);
    throw new UsageError(`${file} holds no private key in PEM. Make one with: openssl genpkey -algorithm ed25519`);
  }
}

async function makeSigner(file: string): Promise<Signer> {
  const signer = newSigner();
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const pem = signer.privateKey.export({ type: 'pkcs8', format: 'pem' });
    await writeFile(file, pem, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw unwritten(file, error, false);
  }
  return signer;
}
