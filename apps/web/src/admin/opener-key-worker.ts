import { createOpenerIdentity, protectOpenerIdentity, unlockOpenerIdentity } from '@proviso/sealing';

/** Asked of the worker: a new key, or the same key under another passphrase. */
export type KeyAsked =
  | { kind: 'make'; passphrase: string }
  | { kind: 'change'; protectedIdentity: string; passphrase: string; next: string };

export type KeyAnswer =
  | { kind: 'made'; recipient: string; fingerprint: string; protectedIdentity: string }
  | { kind: 'changed'; protectedIdentity: string }
  | { kind: 'refused'; code: string };

// scrypt keeps its thread busy for about a second; the page stays alive beside it.
self.onmessage = async ({ data }: MessageEvent<KeyAsked>) => {
  try {
    self.postMessage(await answer(data));
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    self.postMessage({ kind: 'refused', code: typeof code === 'string' ? code : 'unknown' } satisfies KeyAnswer);
  }
};

async function answer(asked: KeyAsked): Promise<KeyAnswer> {
  if (asked.kind === 'make') return { kind: 'made', ...(await createOpenerIdentity(asked.passphrase)) };
  const { identity } = await unlockOpenerIdentity(asked.protectedIdentity, asked.passphrase);
  return { kind: 'changed', protectedIdentity: await protectOpenerIdentity(identity, asked.next) };
}
