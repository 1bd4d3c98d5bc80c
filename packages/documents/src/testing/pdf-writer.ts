import { deflateSync } from 'node:zlib';

/** Text at a place: points from the left and from the top of the page to the line the letters stand on. */
export interface DrawnText {
  x: number;
  y: number;
  text: string;
  size?: number;
  bold?: boolean;
  /** Degrees, against the clock. */
  angle?: number;
}

export interface DrawnPage {
  texts: DrawnText[];
  /** Stroked lines, from and to. */
  lines?: [x0: number, y0: number, x1: number, y1: number][];
  /** A grey picture from edge to edge. */
  picture?: boolean;
  /** Quarter turns clockwise the page is shown with. */
  rotate?: 0 | 90 | 180 | 270;
  /** Content as it is, instead of all the above. */
  raw?: Buffer;
}

export interface PdfOptions {
  info?: Record<string, string>;
  /** Adds an encryption dictionary that no empty password opens. */
  locked?: boolean;
}

const WIDTH = 595;
const HEIGHT = 842;

/** Writes a small, valid PDF 1.4 with the standard fonts, for tests. */
export function writePdf(pages: readonly DrawnPage[], options: PdfOptions = {}): Uint8Array {
  const objects: Buffer[] = [];
  const add = (body: string | Buffer): number =>
    objects.push(typeof body === 'string' ? Buffer.from(body, 'latin1') : body);
  const stream = (dictionary: string, data: Buffer): Buffer =>
    Buffer.concat([
      Buffer.from(`<< ${dictionary} /Length ${data.length} >>\nstream\n`, 'latin1'),
      data,
      Buffer.from('\nendstream', 'latin1'),
    ]);
  const regular = add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>');
  const bold = add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>');
  const picture = add(
    stream(
      '/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8',
      Buffer.from([128]),
    ),
  );
  const tree = objects.length + pages.length * 2 + 1;
  const kids: string[] = [];
  for (const page of pages) {
    const content = page.raw ?? deflateSync(Buffer.from(operators(page), 'latin1'));
    const id = add(stream('/Filter /FlateDecode', content));
    const resources = `<< /Font << /R ${regular} 0 R /B ${bold} 0 R >> /XObject << /P ${picture} 0 R >> >>`;
    const rotate = page.rotate ? ` /Rotate ${page.rotate}` : '';
    kids.push(
      `${add(`<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 ${WIDTH} ${HEIGHT}]${rotate} /Contents ${id} 0 R /Resources ${resources} >>`)} 0 R`,
    );
  }
  add(`<< /Type /Pages /Count ${kids.length} /Kids [${kids.join(' ')}] >>`);
  const catalog = add(`<< /Type /Catalog /Pages ${tree} 0 R >>`);
  let trailer = `/Root ${catalog} 0 R`;
  const info = Object.entries(options.info ?? {}).map(([key, value]) => `/${key} (${escaped(value)})`);
  if (info.length > 0) trailer += ` /Info ${add(`<< ${info.join(' ')} >>`)} 0 R`;
  if (options.locked) {
    const hex = (byte: string): string => `<${byte.repeat(32)}>`;
    trailer += ` /ID [${hex('a1')} ${hex('a1')}] /Encrypt ${add(`<< /Filter /Standard /V 1 /R 2 /O ${hex('5c')} /U ${hex('3d')} /P -44 >>`)} 0 R`;
  }
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  const offsets: number[] = [];
  let at = parts[0]?.length ?? 0;
  objects.forEach((body, index) => {
    const object = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), body, Buffer.from('\nendobj\n')]);
    offsets.push(at);
    parts.push(object);
    at += object.length;
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  parts.push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} ${trailer} >>\nstartxref\n${at}\n%%EOF\n`,
    ),
  );
  return new Uint8Array(Buffer.concat(parts));
}

/** Lines of text below each other, for `DrawnPage.texts`. */
export function lines(
  texts: readonly string[],
  at: { x?: number; y?: number; size?: number; step?: number; bold?: boolean } = {},
): DrawnText[] {
  const { x = 60, y = 80, size = 10, step = 13, bold = false } = at;
  return texts.map((text, index) => ({ x, y: y + index * step, size, bold, text }));
}

/** A deflate stream of a few hundred kilobytes that inflates to as many megabytes of spaces. */
export function deflateBomb(megabytes: number): Buffer {
  const whole = deflateSync(Buffer.alloc(1024 * 1024, 32), { level: 9, finishFlush: 2 /* Z_SYNC_FLUSH */ });
  const block = whole.subarray(2);
  return Buffer.concat([whole.subarray(0, 2), ...Array.from({ length: megabytes }, () => block), Buffer.from([3, 0])]);
}

function operators(page: DrawnPage): string {
  const out: string[] = [];
  if (page.picture) out.push(`q ${WIDTH} 0 0 ${HEIGHT} 0 0 cm /P Do Q`);
  for (const [x0, y0, x1, y1] of page.lines ?? []) out.push(`0.5 w ${x0} ${HEIGHT - y0} m ${x1} ${HEIGHT - y1} l S`);
  for (const { x, y, text, size = 10, bold = false, angle = 0 } of page.texts) {
    const turn = (angle * Math.PI) / 180;
    const [cos, sin] = [Math.cos(turn).toFixed(5), Math.sin(turn).toFixed(5)];
    const minus = (-Math.sin(turn)).toFixed(5);
    out.push(
      `BT /${bold ? 'B' : 'R'} ${size} Tf ${cos} ${sin} ${minus} ${cos} ${x} ${HEIGHT - y} Tm (${escaped(text)}) Tj ET`,
    );
  }
  return out.join('\n');
}

/** Windows-1252 where it has the character, PDF escapes where PDF wants them. */
function escaped(text: string): string {
  return text
    .replace(/[\\()]/g, '\\$&')
    .replaceAll('•', '\x95')
    .replaceAll('–', '\x96')
    .replaceAll('’', '\x92');
}
