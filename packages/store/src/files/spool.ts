import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreError } from '../errors.ts';
import type { StoredFile } from './file-store.ts';

/** A file that was written under a temporary name and is safe on disk. */
export interface Spooled extends StoredFile {
  path: string;
}

/** How a file is opened for writing; tests hand in one whose disk is full. */
export type OpenForWriting = (path: string) => Promise<Pick<FileHandle, 'write' | 'sync' | 'close'>>;

const openNew: OpenForWriting = (path) => open(path, 'wx', 0o600);

/** Writes a stream to a temporary file of a folder, hashing as it goes. When it fails, nothing is left. */
export async function spool(
  bytes: AsyncIterable<Uint8Array>,
  folder: string,
  {
    limit = Number.POSITIVE_INFINITY,
    openForWriting = openNew,
  }: { limit?: number; openForWriting?: OpenForWriting } = {},
): Promise<Spooled> {
  const path = join(folder, randomUUID());
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = await openForWriting(path);
    const hash = createHash('sha256');
    let size = 0;
    try {
      for await (const chunk of bytes) {
        size += chunk.length;
        if (size > limit) throw new StoreError('file-too-large', `The file is larger than the ${limit} bytes allowed.`);
        hash.update(chunk);
        for (let at = 0; at < chunk.length; ) at += (await file.write(chunk, at)).bytesWritten;
      }
      await file.sync();
    } finally {
      await file.close();
    }
    return { path, sha256: hash.digest('hex'), bytes: size };
  } catch (error) {
    await rm(path, { force: true }).catch(() => {});
    throw diskError(error, folder);
  }
}

/** Removes the temporary files of a folder that were last written to before a moment; gives how many. */
export async function tidySpool(folder: string, before: Date): Promise<number> {
  let gone = 0;
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const written = await stat(path).catch(() => null);
    if (written === null || !written.isFile() || written.mtime >= before) continue;
    await rm(path, { force: true });
    gone++;
  }
  return gone;
}

/** Says what a disk's refusal means; other errors stay as they are. */
export function diskError(error: unknown, folder: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new StoreError(
      'file-store',
      `The disk of ${folder} is full. Make room and send the file again; nothing of it was kept.`,
      {
        cause: error,
      },
    );
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new StoreError(
      'file-store',
      `${folder} may not be written to. Give this user the right to, and send the file again.`,
      {
        cause: error,
      },
    );
  }
  return error;
}
