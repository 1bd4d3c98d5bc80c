/** A zip archive whose entries are stored as they are (PKWARE APPNOTE 6.3, sections 4.3.7, 4.3.12, 4.3.16), dated 1 January 1980. */
export function storedZip(entries: readonly { name: string; text: string }[]): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const { name, text } of entries) {
    const path = encoder.encode(name);
    const content = encoder.encode(text);
    const about = entryHeader(content, path.length);
    const local = joined([fields([4, 0x04034b50]), about, path, content]);
    directory.push(
      joined([fields([4, 0x02014b50], [2, 20]), about, fields([2, 0], [2, 0], [2, 0], [4, 0], [4, offset]), path]),
    );
    parts.push(local);
    offset += local.length;
  }
  const size = directory.reduce((sum, entry) => sum + entry.length, 0);
  const end = fields(
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, entries.length],
    [2, entries.length],
    [4, size],
    [4, offset],
    [2, 0],
  );
  return joined([...parts, ...directory, end]);
}

/** What the local header and the directory say alike: version, flags (names in UTF-8), method, time, date, checksum, sizes, lengths. */
function entryHeader(content: Uint8Array, nameLength: number): Uint8Array {
  const { length } = content;
  return fields(
    [2, 20],
    [2, 0x0800],
    [2, 0],
    [2, 0],
    [2, 0x21],
    [4, crc32(content)],
    [4, length],
    [4, length],
    [2, nameLength],
    [2, 0],
  );
}

/** Numbers one after the other, least significant byte first. */
function fields(...numbers: [bytes: number, value: number][]): Uint8Array {
  return Uint8Array.from(
    numbers.flatMap(([bytes, value]) => Array.from({ length: bytes }, (_, i) => (value >>> (8 * i)) & 0xff)),
  );
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

let table: Uint32Array | undefined;

/** CRC-32 as zip has it (polynomial 0xEDB88320, reflected). */
export function crc32(bytes: Uint8Array): number {
  table ??= Uint32Array.from({ length: 256 }, (_, n) => {
    let sum = n;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
    return sum;
  });
  let sum = 0xffffffff;
  for (const byte of bytes) sum = (sum >>> 8) ^ (table[(sum ^ byte) & 0xff] ?? 0);
  return (sum ^ 0xffffffff) >>> 0;
}
