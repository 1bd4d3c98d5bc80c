import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import type { Reading } from '@proviso/reading';
import { type Coding, codingsCsv, parseCodings } from './codings.ts';
import { type CollectLog, parseLog } from './collect/log.ts';
import { newPlan, parsePlan, type StudyPlan } from './plan.ts';
import { isWebAddress, parseSources, type SourceEntry, sourcesCsv } from './sources.ts';
import { StudyError } from './study-error.ts';

/** Codes in `codings/settled.csv` decide where coders differ. */
const SETTLED = 'settled.csv';

/**
 * A study as a folder:
 *
 *     study.yaml               what is asked
 *     sources.csv              the list of addresses and files
 *     snapshots/log.ndjson     what became of each address in each collection
 *     snapshots/objects/       the copies, by their hash
 *     readings.ndjson          what the machine says of the newest copies
 *     readings-before.ndjson   the same, before the newest collection
 *     codings/NAME.csv         what a person says; settled.csv decides where people differ
 *     report.html
 */
export class StudyFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = resolve(path);
  }

  /**
   * Makes a new study. @returns the files it made, relative to the folder.
   * @throws StudyError when the folder already holds one.
   */
  static async init(path: string, title: string): Promise<string[]> {
    const study = new StudyFolder(path);
    if (existsSync(study.at('study.yaml')))
      throw new StudyError(
        `${path} is a study already. Go on with it (proviso study collect ${path}), or name another folder.`,
      );
    for (const folder of ['snapshots/objects', 'codings']) await mkdir(study.at(folder), { recursive: true });
    await writeFile(study.at('study.yaml'), newPlan(title));
    if (!existsSync(study.at('sources.csv'))) await writeFile(study.at('sources.csv'), sourcesCsv([]));
    return ['study.yaml', 'sources.csv', 'snapshots/', 'codings/'];
  }

  at(...parts: string[]): string {
    return join(this.path, ...parts);
  }

  /** @throws StudyError when this is no study, or study.yaml has a mistake. */
  async plan(): Promise<StudyPlan> {
    const text = await textOf(this.at('study.yaml'));
    if (text === null) throw new StudyError(`${this.path} is no study; make one with: proviso study init ${this.path}`);
    return parsePlan(text);
  }

  /** The list, with folders in it opened: one entry a file, with what the list says of the folder. */
  async sources(): Promise<SourceEntry[]> {
    const { sources } = await this.plan();
    const entries = parseSources((await textOf(this.at(sources))) ?? '');
    const opened = await Promise.all(entries.map((entry) => this.#opened(entry)));
    return opened.flat();
  }

  /** The list as it is written. */
  async sourceList(): Promise<SourceEntry[]> {
    return parseSources((await textOf(this.at((await this.plan()).sources))) ?? '');
  }

  async writeSources(entries: readonly SourceEntry[]): Promise<void> {
    await writeWhole(this.at((await this.plan()).sources), sourcesCsv(entries));
  }

  async log(): Promise<CollectLog> {
    return parseLog((await textOf(this.at('snapshots/log.ndjson'))) ?? '');
  }

  /** Adds a line to the log and waits until the disk has it. */
  async append(line: object): Promise<void> {
    await mkdir(this.at('snapshots'), { recursive: true });
    const file = await open(this.at('snapshots/log.ndjson'), 'a');
    try {
      await file.appendFile(`${JSON.stringify(line)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
  }

  /** Keeps a copy under its hash; the same content is kept once. */
  async keep(body: Buffer, extension: string): Promise<{ sha256: string; file: string }> {
    const sha256 = createHash('sha256').update(body).digest('hex');
    const file = join('snapshots/objects', sha256.slice(0, 2), `${sha256}${extension}`);
    if (!existsSync(this.at(file))) {
      await mkdir(this.at('snapshots/objects', sha256.slice(0, 2)), { recursive: true });
      await writeWhole(this.at(file), body);
    }
    return { sha256, file };
  }

  async readings(name: 'readings.ndjson' | 'readings-before.ndjson' = 'readings.ndjson'): Promise<Reading[]> {
    const text = (await textOf(this.at(name))) ?? '';
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line, index) => {
        try {
          return JSON.parse(line) as Reading;
        } catch {
          throw new StudyError(`${name}, line ${index + 1}, is cut short or changed; read the study again.`);
        }
      });
  }

  /** Writes the readings; those of other copies of the same documents become the ones before. */
  async writeReadings(readings: readonly Reading[]): Promise<void> {
    const old = await this.readings().catch(() => []);
    const hashes = new Map(readings.map((reading) => [reading.source.path, reading.source.sha256]));
    const differ = old.some((reading) => hashes.get(reading.source.path) !== reading.source.sha256);
    if (differ) await rename(this.at('readings.ndjson'), this.at('readings-before.ndjson'));
    await writeWhole(this.at('readings.ndjson'), readings.map((reading) => `${JSON.stringify(reading)}\n`).join(''));
  }

  /** All codes, and apart those that decide. @throws StudyError that names file and line. */
  async codings(): Promise<{ codings: Coding[]; settled: Coding[] }> {
    const names = await readdir(this.at('codings')).catch(() => []);
    const found: { codings: Coding[]; settled: Coding[] } = { codings: [], settled: [] };
    for (const name of names.filter((entry) => entry.endsWith('.csv')).sort()) {
      try {
        const codings = parseCodings((await textOf(this.at('codings', name))) ?? '');
        found[name === SETTLED ? 'settled' : 'codings'].push(...codings);
      } catch (error) {
        if (error instanceof StudyError) throw new StudyError(`codings/${name}, ${error.message}`);
        throw error;
      }
    }
    return found;
  }

  /** Writes the codes of one person. @returns the file, relative to the folder. */
  async writeCodings(coder: string, codings: readonly Coding[]): Promise<string> {
    const name = `${coder
      .normalize('NFC')
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '')
      .toLowerCase()}.csv`;
    if (name === '.csv')
      throw new StudyError(`"${coder}" is no name for a file of codings: it needs a letter or a digit.`);
    await mkdir(this.at('codings'), { recursive: true });
    await writeWhole(this.at('codings', name), codingsCsv(codings));
    return join('codings', name);
  }

  async #opened(entry: SourceEntry): Promise<SourceEntry[]> {
    if (isWebAddress(entry.address)) return [entry];
    const path = this.filePath(entry.address);
    if (!(await stat(path).catch(() => null))?.isDirectory()) return [entry];
    const names = await readdir(path, { recursive: true, withFileTypes: true });
    return names
      .filter((name) => name.isFile() && !name.name.startsWith('.'))
      .map((name) => join(entry.address, relative(path, join(name.parentPath, name.name))))
      .sort()
      .map((address) => ({ ...entry, address }));
  }

  /** Where a file of the list is: relative to the study. */
  filePath(address: string): string {
    return resolve(this.path, address);
  }
}

async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** A file appears under its name only when it is whole. */
async function writeWhole(path: string, content: string | Buffer): Promise<void> {
  await writeFile(`${path}.part`, content);
  await rename(`${path}.part`, path);
}
