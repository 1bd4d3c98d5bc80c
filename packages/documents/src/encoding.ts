/** Enough of a text to tell what it is; the readers decode the whole with their own care. */
export function decodeHead(bytes: Uint8Array, limit: number): string {
  const part = bytes.subarray(0, limit);
  const wide = utf16(part);
  if (wide !== null) return new TextDecoder(wide).decode(part);
  return new TextDecoder('utf-8').decode(part);
}

/**
 * The UTF-16 flavour a text is in, by its mark or, without one, by zeros on one side of nearly every pair; null for anything else.
 */
export function utf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const length = Math.min(bytes.length, 4096) & ~1;
  if (length < 8) return null;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < length; at += 2) {
    if (bytes[at] === 0) even++;
    if (bytes[at + 1] === 0) odd++;
  }
  const pairs = length / 2;
  if (odd > pairs * 0.7 && even < pairs * 0.05) return 'utf-16le';
  if (even > pairs * 0.7 && odd < pairs * 0.05) return 'utf-16be';
  return null;
}

/** Whether bytes cannot be text in any usual encoding: more than one in fifty is a control character. */
export function isBinary(bytes: Uint8Array): boolean {
  const part = bytes.subarray(0, 64 * 1024);
  if (utf16(part) !== null) return false;
  let control = 0;
  for (const byte of part) {
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 27) control++;
  }
  return control > part.length / 50;
}

/** Whether nothing but blanks, zeros and byte-order marks stands in the file. */
export function isBlank(bytes: Uint8Array): boolean {
  for (const byte of bytes) {
    if (byte > 32 && byte !== 0xef && byte !== 0xbb && byte !== 0xbf && byte !== 0xff && byte !== 0xfe) return false;
  }
  return true;
}
