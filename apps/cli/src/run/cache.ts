import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** Where readings are kept between runs: `$PROVISO_CACHE`, else the platform's cache folder. */
export function defaultCacheFolder(env: NodeJS.ProcessEnv): string {
  if (env.PROVISO_CACHE) return env.PROVISO_CACHE;
  const base = env.XDG_CACHE_HOME ?? env.LOCALAPPDATA ?? join(homedir(), '.cache');
  return join(base, 'proviso');
}

/**
 * Results by content: the key is the document's hash and everything else that shapes the answer. A damaged or half-written
 * entry counts as absent, and a cache that cannot be written is no reason to stop reading.
 */
export class ResultCache<Value> {
  private readonly folder: string;
  private readonly salt: string;

  /** `shape`: whatever changes the answer (engine, registry, options). */
  constructor(folder: string, shape: readonly string[]) {
    this.folder = folder;
    this.salt = shape.join('\n');
  }

  async get(sha256: string, extra: string): Promise<Value | null> {
    try {
      return JSON.parse(await readFile(this.pathOf(sha256, extra), 'utf8')) as Value;
    } catch {
      return null;
    }
  }

  async put(sha256: string, extra: string, value: Value): Promise<void> {
    const path = this.pathOf(sha256, extra);
    const draft = `${path}.${randomBytes(4).toString('hex')}`;
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(draft, JSON.stringify(value));
      await rename(draft, path);
    } catch {
      // Read-only or full: go on without, and leave no half of an entry behind.
      await rm(draft, { force: true }).catch(() => {});
    }
  }

  private pathOf(sha256: string, extra: string): string {
    const key = createHash('sha256').update(`${this.salt}\n${extra}\n${sha256}`).digest('hex');
    return join(this.folder, key.slice(0, 2), `${key.slice(2)}.json`);
  }
}
