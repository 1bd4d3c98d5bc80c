/** Unlocks a protected key away from the page: scrypt takes a second, in which the page would stand still. */
import { unlockOpenerIdentity } from '@proviso/sealing';

export interface UnlockRequest {
  protectedIdentity: string;
  passphrase: string;
}
export type UnlockAnswer = { identity: string } | { code: string };

addEventListener('message', async ({ data }: MessageEvent<UnlockRequest>) => {
  const answer = await unlockOpenerIdentity(data.protectedIdentity, data.passphrase).then(
    ({ identity }): UnlockAnswer => ({ identity }),
    (error): UnlockAnswer => ({ code: String(error?.code ?? 'unknown') }),
  );
  postMessage(answer);
});
