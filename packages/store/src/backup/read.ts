import { createHash } from 'node:crypto';
import { damaged, type Frame, type Header, headerOf, json, readFrames, type Section } from './format.ts';

/** What is done with the parts of a backup. `data` yields the bytes of the section and must be read to its end. */
export interface BackupVisitor {
  header(header: Header): Promise<void>;
  table(table: Header['tables'][number], data: AsyncIterable<Uint8Array>): Promise<{ rows: number } | undefined>;
  file(sha256: string, data: AsyncIterable<Uint8Array>): Promise<void>;
}

export interface BackupSummary {
  header: Header;
  rows: number;
  files: number;
  /** Files that were unreadable when the backup was made. */
  missing: string[];
}

/**
 * Walks through a backup and checks every hash and count against what it says of itself. Throws `damaged-backup`. A file that was
 * unreadable at the time ends its `data` with an error that the visitor lets through; it is listed as missing.
 */
export async function readBackup(source: AsyncIterable<Uint8Array>, visitor: BackupVisitor): Promise<BackupSummary> {
  const frames = readFrames(source);
  const first = (await frames.next()).value as Frame | undefined;
  if (first?.kind !== 'H') throw damaged('it has no header');
  const header = headerOf(first);
  await visitor.header(header);
  const summary: BackupSummary = { header, rows: 0, files: 0, missing: [] };
  let tables = 0;
  for (;;) {
    const frame = (await frames.next()).value as Frame | undefined;
    if (frame === undefined) throw damaged('it ends too early');
    if (frame.kind === 'Z') break;
    if (frame.kind === 'T') {
      const { name } = json<{ name: string }>(frame);
      const table = header.tables[tables++];
      if (table?.name !== name) throw damaged(`table ${name} is out of order`);
      const section = new SectionReader(frames);
      const loaded = await visitor.table(table, section.data());
      const end = section.checked();
      if (loaded !== undefined && loaded.rows !== end.rows) throw damaged(`table ${name} has other rows than it says`);
      summary.rows += end.rows ?? 0;
    } else if (frame.kind === 'F') {
      const { sha256 } = json<{ sha256: string }>(frame);
      const section = new SectionReader(frames);
      await visitor.file(sha256, section.data()).catch((error: unknown) => {
        if (error !== section.unreadable) throw error;
      });
      if (section.unreadable === null) {
        if (section.checked().sha256 !== sha256) throw damaged(`file ${sha256} is another`);
        summary.files++;
      } else summary.missing.push(sha256);
    } else throw damaged('its parts are out of order');
  }
  // Runs the generator to its end, which refuses what comes after.
  if (!(await frames.next()).done) throw damaged('there is something after its end');
  if (tables !== header.tables.length) throw damaged('not all tables are in it');
  return summary;
}

class SectionReader {
  private readonly frames: AsyncGenerator<Frame>;
  private readonly hash = createHash('sha256');
  private bytes = 0;
  private rows = 0;
  private end: Section | null = null;
  /** The error that ended `data` when the file could not be read at the time of the backup. */
  unreadable: Error | null = null;

  constructor(frames: AsyncGenerator<Frame>) {
    this.frames = frames;
  }

  async *data(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const frame = (await this.frames.next()).value as Frame | undefined;
      if (frame === undefined) throw damaged('it ends too early');
      if (frame.kind === 'E') {
        this.end = json<Section>(frame);
        if (this.end.bad === undefined) return;
        this.unreadable = new Error(this.end.bad);
        throw this.unreadable;
      }
      if (frame.kind !== 'D') throw damaged('its parts are out of order');
      this.hash.update(frame.data);
      this.bytes += frame.data.length;
      for (let at = frame.data.indexOf(10); at >= 0; at = frame.data.indexOf(10, at + 1)) this.rows++;
      yield frame.data;
    }
  }

  checked(): Section {
    const { end } = this;
    if (end === null || end.sha256 !== this.hash.digest('hex') || end.bytes !== this.bytes)
      throw damaged('a part of it is not whole');
    if (end.rows !== undefined && end.rows !== this.rows) throw damaged('a table has other rows than it says');
    return end;
  }
}
