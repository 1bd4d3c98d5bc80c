import type { Transform } from 'node:stream';
import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib';
import type { Body } from './message.ts';

/** Codings that a client may take off (RFC 9110 section 8.4.1, RFC 7932, RFC 8878). */
const CODINGS: Record<string, (bytes: Buffer) => Transform> = {
  gzip: () => createGunzip({ finishFlush: constants.Z_SYNC_FLUSH }),
  'x-gzip': () => createGunzip({ finishFlush: constants.Z_SYNC_FLUSH }),
  // Many servers leave the zlib wrapper out.
  deflate: (bytes) =>
    ((bytes[0] ?? 0) % 16 === 8 ? createInflate : createInflateRaw)({ finishFlush: constants.Z_SYNC_FLUSH }),
  br: () => createBrotliDecompress({ finishFlush: constants.BROTLI_OPERATION_FLUSH }),
  zstd: () => createZstdDecompress({ finishFlush: constants.ZSTD_e_flush }),
};

/**
 * Takes content codings off, last first, and stops at the limit: what a small body swells to is never held.
 * @param codings the values of Content-Encoding
 * @returns the body so far with `truncated` where it was cut, cannot be read, or is coded more than twice
 */
export async function decodeBody({ bytes, truncated }: Body, codings: readonly string[], most: number): Promise<Body> {
  const names = codings.flatMap((value) => value.toLowerCase().split(',')).map((name) => name.trim());
  const wanted = names.filter((name) => name !== '' && name !== 'identity').reverse();
  if (wanted.length > 2) return { bytes: Buffer.alloc(0), truncated: true };
  let body: Body = { bytes: bytes.subarray(0, most), truncated: truncated || bytes.length > most };
  for (const name of wanted) {
    const start = CODINGS[name];
    if (start === undefined) return { bytes: Buffer.alloc(0), truncated: true };
    const next = await unpack(start(body.bytes), body.bytes, most);
    body = { bytes: next.bytes, truncated: next.truncated || body.truncated };
  }
  return body;
}

function unpack(stream: Transform, bytes: Buffer, most: number): Promise<Body> {
  return new Promise((resolve) => {
    const kept: Buffer[] = [];
    let size = 0;
    const settle = (truncated: boolean) => {
      stream.removeAllListeners('data');
      stream.destroy();
      resolve({ bytes: Buffer.concat(kept), truncated });
    };
    stream.on('data', (part: Buffer) => {
      kept.push(part.subarray(0, most - size));
      size += part.length;
      if (size > most) settle(true);
    });
    stream.on('end', () => settle(false));
    stream.on('error', () => settle(true));
    stream.end(bytes);
  });
}
