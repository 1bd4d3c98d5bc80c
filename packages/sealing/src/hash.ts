import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { chunksOf } from './streams.ts';

/** What was hashed: 64 hex digits, and how many bytes. */
export interface Digest {
  sha256: string;
  size: number;
}

/** SHA-256 of bytes, or of a text's UTF-8, as 64 hex digits. */
export function sha256Hex(content: Uint8Array | string): string {
  return bytesToHex(sha256(typeof content === 'string' ? new TextEncoder().encode(content) : content));
}

/** SHA-256 and size of a stream, read to its end without holding it. WebCrypto cannot do this: its digest takes all bytes at once. */
export async function sha256OfStream(stream: ReadableStream<Uint8Array>): Promise<Digest> {
  const hashing = new Hashing();
  for await (const chunk of chunksOf(stream)) hashing.add(chunk);
  return hashing.digest();
}

/** A hash of bytes that come one by one. */
export class Hashing {
  private readonly hash = sha256.create();
  private size = 0;

  add(chunk: Uint8Array): void {
    this.hash.update(chunk);
    this.size += chunk.length;
  }

  /** Ends the hash; call once. */
  digest(): Digest {
    return { sha256: bytesToHex(this.hash.digest()), size: this.size };
  }
}
