import { open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A text as it might lie in a file: in several encodings, and inside base64 at any place. */
export function encodingsOf(text: string): Buffer[] {
  const plain = Buffer.from(text);
  const wide = Buffer.from(text, 'utf16le');
  const base64 = [0, 1, 2].map((shift) => {
    const inside = Buffer.concat([Buffer.alloc(shift), plain])
      .toString('base64')
      .replaceAll('=', '');
    return inside.slice(Math.ceil((shift * 8) / 6), -2);
  });
  return [
    plain,
    wide,
    Buffer.from(wide).swap16(),
    Buffer.from(plain.toString('hex')),
    Buffer.from(plain.toString('hex').toUpperCase()),
    Buffer.from(plain).reverse(),
    ...base64.flatMap((one) => [Buffer.from(one), Buffer.from(one.replaceAll('+', '-').replaceAll('/', '_'))]),
  ];
}

/** Which needles lie in some bytes. */
export const found = (bytes: Buffer, needles: readonly Buffer[]): string[] =>
  needles.filter((needle) => bytes.includes(needle)).map(String);

/** Which needles lie in the files below a folder, with the file. What vanishes meanwhile held nothing for long. */
export async function foundInFolder(folder: string, needles: readonly Buffer[]): Promise<string[]> {
  const all: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path).catch(() => Buffer.alloc(0));
    all.push(...found(bytes, needles).map((needle) => `${path}: ${needle}`));
  }
  return all;
}

const CHUNK = 16 * 2 ** 20;

/**
 * Which needles lie in the memory of a process: a dump of it, region by region (proc(5)). Null where the system does not let us look, as
 * elsewhere than under Linux. Without `shared`, only what is the process's own.
 */
export async function foundInMemory(
  pid: number,
  needles: readonly Buffer[],
  { shared = true }: { shared?: boolean } = {},
): Promise<string[] | null> {
  const maps = await readFile(`/proc/${pid}/maps`, 'utf8').catch(() => null);
  const memory = await open(`/proc/${pid}/mem`, 'r').catch(() => null);
  if (maps === null || memory === null) return null;
  const overlap = Math.max(...needles.map(({ length }) => length));
  const pattern = shared ? /^([0-9a-f]+)-([0-9a-f]+) r/ : /^([0-9a-f]+)-([0-9a-f]+) r..p/;
  const all = new Set<string>();
  const chunk = Buffer.alloc(CHUNK);
  try {
    for (const line of maps.split('\n')) {
      const [, from = '', to = ''] = pattern.exec(line) ?? [];
      const end = Number.parseInt(to, 16);
      // Past 2^53 lies what the kernel maps into every process.
      if (from === '' || !Number.isSafeInteger(end)) continue;
      for (let at = Number.parseInt(from, 16); at < end; at += CHUNK - overlap) {
        const wanted = Math.min(CHUNK, end - at);
        const read = await memory.read(chunk, 0, wanted, at).then(
          ({ bytesRead }) => bytesRead,
          () => 0,
        );
        for (const needle of found(chunk.subarray(0, read), needles)) all.add(needle);
        if (wanted < CHUNK) break;
      }
    }
  } finally {
    await memory.close();
  }
  return [...all];
}
