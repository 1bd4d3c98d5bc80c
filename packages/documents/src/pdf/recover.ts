/** Objects searched for at most. */
const MAX_PAGES = 20_000;

/**
 * Gives a PDF whose end is missing a new one. PDFium finds the objects of a broken file by itself but needs to be told which of
 * them is the root: the catalogue if it is there, else one made of the page objects found. Null where there is neither, as in
 * files that keep their objects compressed together.
 */
export function withNewEnd(bytes: Uint8Array): Uint8Array | null {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const root = objectWith(text, /\/Type\s*\/Catalog\b/g).at(-1);
  if (root !== undefined) return Buffer.concat([bytes, Buffer.from(end(root), 'latin1')]);
  const pages = objectWith(text, /\/Type\s*\/Page\b/g);
  if (pages.length === 0) return null;
  const free = highestObject(text) + 1;
  const kids = pages.map((page) => `${page} 0 R`).join(' ');
  const tree = `\n${free} 0 obj\n<< /Type /Pages /Count ${pages.length} /Kids [${kids}] /MediaBox [0 0 595 842] >>\nendobj`;
  const catalog = `\n${free + 1} 0 obj\n<< /Type /Catalog /Pages ${free} 0 R >>\nendobj`;
  return Buffer.concat([bytes, Buffer.from(`\nendstream\nendobj${tree}${catalog}${end(free + 1)}`, 'latin1')]);
}

/** Whether the mark that ends every PDF is missing. */
export function isCutOff(bytes: Uint8Array): boolean {
  return !Buffer.from(bytes.subarray(-2048)).toString('latin1').includes('%%EOF');
}

function end(root: number): string {
  return `\ntrailer\n<< /Root ${root} 0 R >>\nstartxref\n0\n%%EOF\n`;
}

/** Numbers of the objects that hold a pattern, in file order. */
function objectWith(text: string, pattern: RegExp): number[] {
  const found: number[] = [];
  for (const match of text.matchAll(pattern)) {
    // The object begins a little before its type; a stream in between would mean the match is not a dictionary's.
    const before = text.slice(Math.max(0, match.index - 1500), match.index);
    const number = [...before.matchAll(/(\d{1,8}) \d{1,5} obj\b/g)].at(-1);
    if (number === undefined || before.indexOf('endobj', number.index) >= 0) continue;
    found.push(Number(number[1]));
    if (found.length >= MAX_PAGES) break;
  }
  return found;
}

function highestObject(text: string): number {
  let highest = 0;
  for (const match of text.matchAll(/(\d{1,8}) \d{1,5} obj\b/g)) highest = Math.max(highest, Number(match[1]));
  return highest;
}
