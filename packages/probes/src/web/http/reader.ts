import type { Connection } from './dialer.ts';
import { DialError } from './dialer.ts';

/** Reads a connection piece by piece, and never more than it may. */
export interface ByteReader {
  /** A line without its end, as latin1; CR before LF is taken off. Null at the end of the stream. */
  line(most: number): Promise<string | null>;
  /** Up to this many bytes, at least one; null at the end. */
  some(most: number): Promise<Buffer | null>;
}

/** @param most bytes that may come in all; one more is the failure `limit` */
export function byteReader(connection: Connection, signal: AbortSignal, most: number): ByteReader {
  let held: Buffer = Buffer.alloc(0);
  let total = 0;
  const more = async (): Promise<boolean> => {
    const bytes = await connection.read(signal);
    if (bytes === null) return false;
    total += bytes.length;
    if (total > most) throw new DialError('limit', `more than ${most} bytes`);
    held = held.length === 0 ? Buffer.from(bytes) : Buffer.concat([held, bytes]);
    return true;
  };
  return {
    async line(longest) {
      for (let seen = 0; ; ) {
        const end = held.indexOf(10, seen);
        if (end > longest || (end < 0 && held.length > longest))
          throw new DialError('limit', `a line over ${longest} bytes`);
        if (end >= 0) {
          const line = held.subarray(0, end).toString('latin1').replace(/\r$/, '');
          held = held.subarray(end + 1);
          return line;
        }
        seen = held.length;
        if (!(await more())) {
          if (held.length > 0) throw new DialError('closed', 'ended inside a line');
          return null;
        }
      }
    },
    async some(wanted) {
      if (held.length === 0 && !(await more())) return null;
      const part = held.subarray(0, wanted);
      held = held.subarray(part.length);
      return part;
    },
  };
}
