import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { StoreError } from '../errors.ts';

/**
 * A backup is one stream: this line, then frames of a letter, a length (4 bytes, big-endian) and so many bytes.
 * H header, T begin of a table, F begin of a file, D data, E end of either with its hash, Z end of all with the hash of all before.
 */
export const MAGIC = Buffer.from('PROVISO-BACKUP/1\n');
export type FrameKind = 'H' | 'T' | 'F' | 'D' | 'E' | 'Z';

export interface Header {
  /** ISO 8601. */
  created: string;
  /** Migrations that the data are at. */
  migrations: { version: number; name: string; sha256: string }[];
  /** In an order in which each refers only to those before it. */
  tables: { name: string; columns: string[] }[];
}

/** `E`: what lay between begin and end. */
export interface Section {
  sha256: string;
  bytes: number;
  /** Of a table. */
  rows?: number;
  /** Why a file could not be read; its data are not to be used. */
  bad?: string;
}

/** A frame as read; JSON is parsed by whoever knows what it is. */
export interface Frame {
  kind: FrameKind;
  data: Buffer;
}

/** No frame of ours is longer; a longer one is damage, and would fill the memory. */
const LONGEST = 8 * 1024 * 1024;

/** Writes frames, waiting when the other side is slow. */
export class FrameWriter {
  private readonly out: Writable;
  private readonly hash = createHash('sha256');
  bytes = 0;

  constructor(out: Writable) {
    this.out = out;
  }

  async begin(header: Header): Promise<void> {
    await this.send(MAGIC);
    await this.json('H', header);
  }

  async json(kind: FrameKind, value: unknown): Promise<void> {
    await this.frame(kind, Buffer.from(JSON.stringify(value)));
  }

  async frame(kind: FrameKind, data: Uint8Array): Promise<void> {
    for (let at = 0; at === 0 || at < data.length; at += LONGEST) {
      const part = data.subarray(at, at + LONGEST);
      const head = Buffer.alloc(5);
      head.write(kind, 0, 'latin1');
      head.writeUInt32BE(part.length, 1);
      await this.send(head);
      await this.send(part);
    }
  }

  /** The last frame. The stream is left open: it is the caller's. */
  async end(): Promise<void> {
    await this.json('Z', { sha256: this.hash.copy().digest('hex') });
  }

  private async send(bytes: Uint8Array): Promise<void> {
    this.hash.update(bytes);
    this.bytes += bytes.length;
    if (this.out.destroyed) throw this.out.errored ?? new Error('The backup was broken off: nobody takes it any more.');
    if (this.out.write(bytes)) return;
    const gone = new AbortController();
    const { signal } = gone;
    // A receiver that leaves without a word must not keep us waiting.
    await Promise.race([once(this.out, 'drain', { signal }), once(this.out, 'close', { signal })]).finally(() =>
      gone.abort(),
    );
  }
}

/** Reads frames and checks the hash of all. Throws `damaged-backup`, also when the stream ends early or goes on too long. */
export async function* readFrames(source: AsyncIterable<Uint8Array>): AsyncGenerator<Frame> {
  const hash = createHash('sha256');
  let held = Buffer.alloc(0);
  let begun = false;
  let over = false;
  for await (const chunk of source) {
    if (over && chunk.length > 0) throw damaged('there is something after its end');
    held = held.length === 0 ? Buffer.from(chunk) : Buffer.concat([held, chunk]);
    if (!begun) {
      if (held.length < MAGIC.length) continue;
      if (!held.subarray(0, MAGIC.length).equals(MAGIC)) throw damaged('it does not begin as a backup of Proviso');
      hash.update(MAGIC);
      held = held.subarray(MAGIC.length);
      begun = true;
    }
    while (held.length >= 5 && !over) {
      const length = held.readUInt32BE(1);
      if (length > LONGEST) throw damaged('a length in it is impossible');
      if (held.length < 5 + length) break;
      const frame = { kind: held.toString('latin1', 0, 1) as FrameKind, data: held.subarray(5, 5 + length) };
      if (frame.kind === 'Z') {
        const { sha256 } = json<{ sha256: string }>(frame);
        if (sha256 !== hash.digest('hex')) throw damaged('its bytes are not those that were written');
        over = true;
      } else hash.update(held.subarray(0, 5 + length));
      held = held.subarray(5 + length);
      yield frame;
    }
    if (over && held.length > 0) throw damaged('there is something after its end');
  }
  if (!over) throw damaged('it ends too early');
}

/** The JSON object of a frame. Throws `damaged-backup`. */
export function json<Value extends object>(frame: Frame): Value {
  try {
    const value: unknown = JSON.parse(frame.data.toString('utf8'));
    if (typeof value === 'object' && value !== null) return value as Value;
  } catch {}
  throw damaged('a part of it cannot be read');
}

/** The header of a frame, in its shape. Throws `damaged-backup`. */
export function headerOf(frame: Frame): Header {
  const header = json<Partial<Header>>(frame);
  const { tables, migrations } = header;
  const texts = (values: unknown) => Array.isArray(values) && values.every((value) => typeof value === 'string');
  const whole =
    Array.isArray(migrations) &&
    migrations.every((migration) => texts([migration?.name, migration?.sha256])) &&
    Array.isArray(tables) &&
    tables.every((table) => texts([table?.name]) && texts(table?.columns));
  if (!whole) throw damaged('its header cannot be read');
  return header as Header;
}

export function damaged(why: string): StoreError {
  return new StoreError(
    'damaged-backup',
    `The backup is damaged: ${why}. Nothing was changed. Use another copy of it.`,
  );
}
