/** A number as that many bytes, big-endian. */
export function number(value: number, bytes: 1 | 2 | 3): Uint8Array {
  const written = Buffer.alloc(bytes);
  written.writeUIntBE(value, 0, bytes);
  return written;
}

export function join(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** The parts with their length before them (RFC 8446 section 3.4). */
export function vector(lengthBytes: 1 | 2 | 3, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = join(...parts);
  return join(number(content.length, lengthBytes), content);
}

/** Numbers as a vector, such as a list of suites. */
export function numbers(lengthBytes: 1 | 2, each: 1 | 2, values: readonly number[]): Uint8Array {
  const bytes = Buffer.alloc(values.length * each);
  for (const [at, value] of values.entries()) bytes.writeUIntBE(value, at * each, each);
  return vector(lengthBytes, bytes);
}
