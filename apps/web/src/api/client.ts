import type { Problem } from 'proviso-server/contract';
import { keptLanguage } from '../i18n/language.ts';
import { ProblemError } from './problem.ts';

export interface Asked {
  signal?: AbortSignal;
  headers?: Readonly<Record<string, string>>;
}

/** An answer with what its headers say; for bytes and for things with an `etag`. */
export interface Answered<T> {
  data: T;
  etag: string | null;
}

/** Talks to the server. Every method throws `ProblemError` for a refusal; an answer without content is `undefined`. */
export interface Api {
  get<T>(path: string, asked?: Asked): Promise<T>;
  /** As `get`, with the version that `put` sends back as `if-match`. */
  getVersioned<T>(path: string, asked?: Asked): Promise<Answered<T>>;
  post<T>(path: string, body?: unknown, asked?: Asked): Promise<T>;
  put<T>(path: string, body?: unknown, asked?: Asked & { etag?: string }): Promise<T>;
  patch<T>(path: string, body?: unknown, asked?: Asked): Promise<T>;
  delete(path: string, asked?: Asked): Promise<void>;
  /** Bytes, as a file or a download. */
  bytes(path: string, asked?: Asked): Promise<Blob>;
  /** The whole address, for links and event streams. */
  address(path: string): string;
}

/**
 * An API below an address: `apiAt('/api')`, `apiAt('/api/t/…')`. Bodies are JSON, but `Blob`s and bytes go as they are. Cookies go along to
 * our own origin only; the reader's language goes with each request, so that refusals come in it.
 */
export function apiAt(base: string): Api {
  const address = (path: string): string => `${base}${path}`;
  async function ask(method: string, path: string, body: unknown, asked: Asked & { etag?: string } = {}) {
    const raw = body instanceof Blob || body instanceof Uint8Array;
    const headers: Record<string, string> = { 'accept-language': keptLanguage(), ...asked.headers };
    if (body !== undefined && !raw) headers['content-type'] = 'application/json';
    if (raw) headers['content-type'] ??= 'application/octet-stream';
    if (asked.etag !== undefined) headers['if-match'] = asked.etag;
    let response: Response;
    try {
      response = await fetch(address(path), {
        method,
        headers,
        credentials: 'same-origin',
        body: body === undefined ? undefined : raw ? (body as BodyInit) : JSON.stringify(body),
        signal: asked.signal,
      });
    } catch (error) {
      if (asked.signal?.aborted) throw error;
      throw new ProblemError(0, { code: 'offline', message: '' });
    }
    if (!response.ok) throw await problemOf(response);
    return response;
  }
  return {
    get: async <T>(path: string, asked?: Asked) => json<T>(await ask('GET', path, undefined, asked)),
    async getVersioned<T>(path: string, asked?: Asked) {
      const response = await ask('GET', path, undefined, asked);
      return { data: await json<T>(response), etag: response.headers.get('etag') };
    },
    post: async <T>(path: string, body?: unknown, asked?: Asked) => json<T>(await ask('POST', path, body, asked)),
    put: async <T>(path: string, body?: unknown, asked?: Asked & { etag?: string }) =>
      json<T>(await ask('PUT', path, body, asked)),
    patch: async <T>(path: string, body?: unknown, asked?: Asked) => json<T>(await ask('PATCH', path, body, asked)),
    async delete(path, asked) {
      await ask('DELETE', path, undefined, asked);
    },
    bytes: async (path, asked) => (await ask('GET', path, undefined, asked)).blob(),
    address,
  };
}

async function json<T>(response: Response): Promise<T> {
  const text = await response.text();
  if (text === '') return undefined as T;
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new ProblemError(response.status, { code: 'unreadable-answer', message: '' });
  }
}

/** A refusal as the server says it; what stands between (a proxy) may answer in other shapes. */
async function problemOf(response: Response): Promise<ProblemError> {
  const body: unknown = await response.json().catch(() => null);
  const said = (body ?? {}) as Partial<Problem>;
  return new ProblemError(response.status, {
    ...said,
    code: typeof said.code === 'string' ? said.code : 'unreadable-answer',
    message: typeof said.message === 'string' ? said.message : '',
  });
}

/** What no organisation owns: who is signed in, set-up, the preview of a demand. */
export const api = apiAt('/api');
