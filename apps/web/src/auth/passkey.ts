import { api } from '../api/index.ts';

interface JsonCredentials {
  parseRequestOptionsFromJSON?(options: unknown): PublicKeyCredentialRequestOptions;
  parseCreationOptionsFromJSON?(options: unknown): PublicKeyCredentialCreationOptions;
}
type JsonCredential = PublicKeyCredential & { toJSON(): unknown };

const credentials = (): JsonCredentials =>
  (typeof PublicKeyCredential === 'undefined' ? {} : PublicKeyCredential) as JsonCredentials;

/**
 * Browsers that know the JSON form of Web Authentication Level 3; older ones are offered a password. So are those that came by an address in
 * numbers: a passkey belongs to a name.
 */
export function knowsPasskeys(): boolean {
  if (/^[\d.]+$|:/.test(location.hostname)) return false;
  return typeof credentials().parseRequestOptionsFromJSON === 'function';
}

/** True when signed in; false when the reader thought better of it. @throws ProblemError */
export async function signInByPasskey(): Promise<boolean> {
  const options = await api.get('/auth/passkey/generate-authenticate-options');
  const publicKey = credentials().parseRequestOptionsFromJSON?.(options);
  const found = publicKey && (await orNull(navigator.credentials.get({ publicKey })));
  if (!found) return false;
  await api.post('/auth/passkey/verify-authentication', { response: (found as JsonCredential).toJSON() });
  return true;
}

/** True when one was added. The session must be fresh, else the server refuses. @throws ProblemError */
export async function addPasskey(name: string): Promise<boolean> {
  const options = await api.get(`/auth/passkey/generate-register-options?name=${encodeURIComponent(name)}`);
  const publicKey = credentials().parseCreationOptionsFromJSON?.(options);
  const made = publicKey && (await orNull(navigator.credentials.create({ publicKey })));
  if (!made) return false;
  await api.post('/auth/passkey/verify-registration', { response: (made as JsonCredential).toJSON(), name });
  return true;
}

/** A browser throws `NotAllowedError` when the reader closes its window, or waits too long. */
async function orNull(asked: Promise<Credential | null>): Promise<Credential | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof DOMException && ['NotAllowedError', 'AbortError', 'InvalidStateError'].includes(error.name))
      return null;
    throw error;
  }
}
