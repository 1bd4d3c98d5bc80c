import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { checkHash, type FileStore, noFile, verified } from './file-store.ts';
import { diskError, type OpenForWriting, spool, tidySpool } from './spool.ts';

/**
 * Files in a folder: `ab/cd/abcd…`. A file is written under another name, brought to disk, and then named, so that what has a
 * name is whole, also after a power cut.
 */
export function diskFiles(folder: string, options: { openForWriting?: OpenForWriting } = {}): FileStore {
  const coming = join(folder, 'coming');
  const pathOf = (sha256: string) => join(folder, checkHash(sha256).slice(0, 2), sha256.slice(2, 4), sha256);
  const found = async (sha256: string) =>
    await stat(pathOf(sha256)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
  const size = async (sha256: string) => (await found(sha256))?.size ?? null;
  return {
    size,
    storedAt: async (sha256) => (await found(sha256))?.mtime ?? null,
    tidy: (before) => tidySpool(coming, before),
    async put(bytes, { limit } = {}) {
      const spooled = await spool(bytes, coming, { ...options, ...(limit !== undefined && { limit }) });
      const { path, ...stored } = spooled;
      try {
        // One that is there already is written over: should it have been damaged, this mends it.
        const target = pathOf(stored.sha256);
        await mkdir(dirname(target), { recursive: true, mode: 0o700 });
        await rename(path, target);
        for (const named of [dirname(target), dirname(dirname(target)), folder]) await syncFolder(named);
      } catch (error) {
        await rm(path, { force: true }).catch(() => {});
        throw diskError(error, folder);
      }
      return stored;
    },
    async get(sha256) {
      if ((await size(sha256)) === null) throw noFile(sha256);
      return verified(createReadStream(pathOf(sha256)), sha256);
    },
    async remove(sha256) {
      await rm(pathOf(sha256), { force: true });
    },
    async *list() {
      const inside = async (path: string) => (await readdir(path).catch(() => [])).sort();
      for (const first of await inside(folder)) {
        if (!/^[0-9a-f]{2}$/.test(first)) continue;
        for (const second of await inside(join(folder, first))) {
          for (const name of await inside(join(folder, first, second))) if (/^[0-9a-f]{64}$/.test(name)) yield name;
        }
      }
    },
  };
}

/** A new name is safe when its folder is. Windows cannot sync a folder, and need not. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
