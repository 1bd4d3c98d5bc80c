import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { domainToASCII } from 'node:url';
import { type ProbeOutcome, readOutcome } from '@proviso/probes';
import { UsageError } from '../exit.ts';

/**
 * The name that a person wrote: `example.org`, an address, `https://example.org/path`, with letters of any script. Null where it is none.
 */
export function nameIn(text: string): string | null {
  const bare = text.trim();
  if (bare === '') return null;
  const host = /^[a-z][a-z0-9+.-]*:\/\//i.test(bare) ? (URL.parse(bare)?.hostname ?? '') : bare;
  const plain = host.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (/^[0-9a-f:.]*:[0-9a-f:.]*$/i.test(plain)) return plain.toLowerCase();
  if (!/^[^\s/@:?#[\]\\]+$/.test(plain)) return null;
  // Underscores are no letters of a host's name, and yet some names of services have them.
  const ascii = /^[\x21-\x7e]+$/.test(plain) ? plain.toLowerCase() : domainToASCII(plain);
  const labels = ascii.split('.');
  return ascii.length > 253 || labels.some((label) => label === '' || label.length > 63) ? null : ascii;
}

/** The lines of a list that say something: blank ones and those that begin with # do not. @throws UsageError where it cannot be read. */
export async function* listedNames(file: string): AsyncGenerator<string> {
  const input = file === '-' ? process.stdin : createReadStream(file);
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      const text = line.replace(/^\uFEFF/, '').trim();
      if (text !== '' && !text.startsWith('#')) yield text;
    }
  } catch {
    throw new UsageError(`${file} cannot be read. Give a file with one name a line.`);
  }
}

/** Which run a file of results belongs to. */
export interface RunIdentity {
  profile: { id: string; sha256: string };
  families: readonly string[];
}

/**
 * Results of an earlier run: one outcome a line, only ever added to. A line that was cut off when the run was stopped is taken away.
 * @throws UsageError where the file is of something else, or of another profile or other families
 */
export class ResultFile {
  readonly path: string;
  /** Names that are done. */
  readonly done = new Set<string>();

  private constructor(path: string) {
    this.path = path;
  }

  static async open(path: string, run: RunIdentity): Promise<ResultFile> {
    const file = new ResultFile(path);
    const size = (await stat(path).catch(() => null))?.size ?? 0;
    if (size > 0) {
      await dropTorn(path, size);
      let first = true;
      for await (const { subject, profile, families } of file.outcomes()) {
        if (first && (profile.sha256 !== run.profile.sha256 || families.join() !== run.families.join()))
          throw new UsageError(
            `${path} holds results by the profile ${profile.id} for ${families.join(', ')}, and this run is another. Name another file.`,
          );
        first = false;
        file.done.add(subject);
      }
    }
    return file;
  }

  /** All outcomes in the file, in the order in which they came. @throws UsageError where a line is none. */
  async *outcomes(): AsyncGenerator<ProbeOutcome> {
    if (!(await stat(this.path).catch(() => null))) return;
    const lines = createInterface({ input: createReadStream(this.path), crlfDelay: Number.POSITIVE_INFINITY });
    let number = 0;
    for await (const line of lines) {
      number += 1;
      if (line === '') continue;
      yield this.read(line, number);
    }
  }

  private read(line: string, number: number): ProbeOutcome {
    try {
      return readOutcome(JSON.parse(line));
    } catch {
      throw new UsageError(`${this.path} is no file of results: line ${number} is none. Name another file.`);
    }
  }
}

const BLOCK = 64 * 1024;

/** Cuts a file off after its last whole line. */
async function dropTorn(path: string, size: number): Promise<void> {
  const file = await open(path, 'r+');
  try {
    for (let end = size; end > 0; ) {
      const start = Math.max(0, end - BLOCK);
      const { buffer } = await file.read(Buffer.alloc(end - start), 0, end - start, start);
      const last = buffer.lastIndexOf(10);
      if (last >= 0) {
        if (start + last + 1 < size) await file.truncate(start + last + 1);
        return;
      }
      end = start;
    }
    await file.truncate(0);
  } finally {
    await file.close();
  }
}
