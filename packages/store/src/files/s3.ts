import { openAsBlob } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { AwsClient } from 'aws4fetch';
import { StoreError } from '../errors.ts';
import { checkHash, type FileStore, noFile, verified } from './file-store.ts';
import { spool, tidySpool } from './spool.ts';

export interface S3Options {
  /** `https://s3.eu-central-1.amazonaws.com`, or that of any store that speaks the same. */
  endpoint: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
  region: string;
  /** Comes before the hash in the key: `proviso/`. */
  prefix?: string;
  /** Where a file waits while its hash is taken; the system's folder for temporary files by default. */
  spoolFolder?: string;
  /** Milliseconds before the second attempt, twice that before the third. */
  retryMs?: number;
}

const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const ATTEMPTS = 3;
/** Time until a store begins to answer, in milliseconds. */
const ANSWER_MS = 60_000;

/**
 * Files in an S3-compatible store, addressed by path (`endpoint/bucket/key`). Each request is signed (AWS Signature Version 4) with the
 * hash of its body, so that the store itself refuses bytes that were changed on the way.
 */
export function s3Files(options: S3Options): FileStore {
  const { bucket, prefix = '', spoolFolder = join(tmpdir(), 'proviso-spool'), retryMs = 200 } = options;
  const base = `${options.endpoint.replace(/\/+$/, '')}/${bucket}`;
  const aws = new AwsClient({
    accessKeyId: options.accessKeyId,
    secretAccessKey: options.secretAccessKey,
    region: options.region,
    service: 's3',
  });
  const keyOf = (sha256: string) => `${prefix}${checkHash(sha256)}`;

  /** Sends a request up to three times; all of ours may be repeated. */
  async function ask(method: string, path: string, body?: { blob: Blob; sha256: string }): Promise<Response> {
    for (let attempt = 1; ; attempt++) {
      const signed = await aws.sign(`${base}${path}`, {
        method,
        headers: {
          'x-amz-content-sha256': body?.sha256 ?? EMPTY,
          ...(body && { 'content-type': 'application/octet-stream' }),
        },
      });
      const answer = await send(signed, method, body?.blob);
      if (answer instanceof Response && answer.status < 500 && answer.status !== 429) return answer;
      if (attempt === ATTEMPTS) {
        const reason = answer instanceof Response ? `it answers ${answer.status}` : answer.message;
        throw new StoreError(
          'file-store',
          `The file store ${options.endpoint} does not work: ${reason}. Try again later.`,
          {
            cause: answer,
          },
        );
      }
      if (answer instanceof Response) await answer.body?.cancel();
      await new Promise((resolve) => setTimeout(resolve, retryMs * 2 ** (attempt - 1)));
    }
  }

  /** The answer, or an error that says what the store refused. */
  async function expectOk(answer: Response, doing: string): Promise<Response> {
    if (answer.ok) return answer;
    const code = /<Code>([\w.]+)<\/Code>/.exec(await answer.text())?.[1] ?? '';
    throw new StoreError(
      'file-store',
      `The file store ${options.endpoint} refused to ${doing} (${answer.status} ${code}). Check bucket "${bucket}", key and rights.`,
    );
  }

  /** What the store says of a file without its bytes; null when it is not there. */
  async function headersOf(sha256: string): Promise<Headers | null> {
    const answer = await ask('HEAD', `/${keyOf(sha256)}`);
    if (answer.status === 404) return null;
    return (await expectOk(answer, 'say whether a file is there')).headers;
  }

  return {
    size: async (sha256) => {
      const headers = await headersOf(sha256);
      return headers && Number(headers.get('content-length'));
    },
    storedAt: async (sha256) => {
      const headers = await headersOf(sha256);
      return headers && new Date(headers.get('last-modified') ?? Date.now());
    },
    tidy: (before) => tidySpool(spoolFolder, before),
    async put(bytes, { limit } = {}) {
      const { path, ...stored } = await spool(bytes, spoolFolder, { ...(limit !== undefined && { limit }) });
      try {
        const blob = await openAsBlob(path);
        const answer = await ask('PUT', `/${keyOf(stored.sha256)}`, { blob, sha256: stored.sha256 });
        await (await expectOk(answer, 'store a file')).body?.cancel();
        return stored;
      } finally {
        await rm(path, { force: true });
      }
    },
    async get(sha256) {
      const answer = await ask('GET', `/${keyOf(sha256)}`);
      if (answer.status === 404) {
        await answer.body?.cancel();
        throw noFile(sha256);
      }
      const { body } = await expectOk(answer, 'give a file');
      return verified(body === null ? Readable.from([]) : Readable.fromWeb(body as ReadableStream), sha256);
    },
    async remove(sha256) {
      const answer = await ask('DELETE', `/${keyOf(sha256)}`);
      if (answer.status !== 404) await expectOk(answer, 'remove a file');
      await answer.body?.cancel();
    },
    async *list() {
      // ListObjectsV2; our keys are hexadecimal, so no XML needs to be understood but their tags.
      for (let token: string | null = ''; token !== null; ) {
        const query = new URLSearchParams({ 'list-type': '2', prefix, ...(token && { 'continuation-token': token }) });
        const answer = await expectOk(await ask('GET', `/?${query}`), 'list its files');
        const xml = await answer.text();
        for (const [, key = ''] of xml.matchAll(/<Key>([^<]*)<\/Key>/g)) {
          const name = key.slice(prefix.length);
          if (/^[0-9a-f]{64}$/.test(name)) yield name;
        }
        token = /<NextContinuationToken>([^<]+)<\/NextContinuationToken>/.exec(xml)?.[1] ?? null;
      }
    },
  };
}

async function send(signed: Request, method: string, body: Blob | undefined): Promise<Response | Error> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new Error('it does not answer')), ANSWER_MS);
  try {
    return await fetch(signed.url, {
      method,
      headers: signed.headers,
      body: body ?? null,
      signal: late.signal,
      redirect: 'error',
    });
  } catch (error) {
    const { cause, message } = error as Error;
    return cause instanceof Error ? cause : new Error(message);
  } finally {
    clearTimeout(timer);
  }
}
