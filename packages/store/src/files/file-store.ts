import { createHash } from 'node:crypto';
import { Readable, Transform } from 'node:stream';
import { StoreError } from '../errors.ts';

/** A stored file: its name is what it contains. */
export interface StoredFile {
  /** sha256, hexadecimal. */
  sha256: string;
  bytes: number;
}

/** Bytes by their hash. The same bytes are stored once; nothing stored ever changes. Memory stays bounded whatever the size. */
export interface FileStore {
  /** Stores a stream; when this resolves it is on disk. Throws `file-too-large` beyond `limit` bytes, and `file-store`. */
  put(bytes: AsyncIterable<Uint8Array>, options?: { limit?: number }): Promise<StoredFile>;
  /**
   * The bytes of a file. The stream fails with `damaged-file` at its end when they are not those of the hash. Throws `no-file`.
   */
  get(sha256: string): Promise<Readable>;
  /** When it was stored last; null when it is not there. */
  storedAt(sha256: string): Promise<Date | null>;
  /** Size in bytes; null when it is not there. */
  size(sha256: string): Promise<number | null>;
  /** Removes a file; one that is not there is no error. */
  remove(sha256: string): Promise<void>;
  /** Hashes of all files. */
  list(): AsyncGenerator<string>;
  /** Removes what uploads that broke off before a moment have left, as a killed server does; gives how many. */
  tidy(before: Date): Promise<number>;
}

/** Throws a TypeError for what is no sha256: it becomes part of a path. */
export function checkHash(sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new TypeError(`Not a sha256 in hexadecimal: ${sha256}`);
  return sha256;
}

/** Passes bytes on and fails at the end when they are not what the hash says. */
export function verified(source: Readable, sha256: string): Readable {
  const hash = createHash('sha256');
  const check = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      done(null, chunk);
    },
    flush(done) {
      const found = hash.digest('hex');
      done(
        found === sha256
          ? null
          : new StoreError(
              'damaged-file',
              `The stored file ${sha256} is damaged: its bytes have the hash ${found}. Restore it from a backup.`,
            ),
      );
    },
  });
  source.on('error', (error) => check.destroy(error));
  check.on('close', () => source.destroy());
  return source.pipe(check);
}

/** A stream of bytes already in memory. */
export function streamOf(bytes: Uint8Array | string): Readable {
  return Readable.from([typeof bytes === 'string' ? Buffer.from(bytes) : bytes]);
}

export function noFile(sha256: string): StoreError {
  return new StoreError('no-file', `There is no stored file ${sha256}.`);
}
