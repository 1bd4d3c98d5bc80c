import { symbolCharacter } from './symbol-fonts.ts';

/** Encoding of each `\fcharset` of a font (RTF 1.9.1, "Font table"). 0 and 1 mean the code page of the file. */
const BY_CHARSET: Readonly<Record<number, string>> = {
  77: 'macintosh',
  78: 'shift_jis',
  80: 'gbk',
  81: 'big5',
  128: 'shift_jis',
  129: 'euc-kr',
  130: 'euc-kr',
  134: 'gbk',
  136: 'big5',
  161: 'windows-1253',
  162: 'windows-1254',
  163: 'windows-1258',
  177: 'windows-1255',
  178: 'windows-1256',
  186: 'windows-1257',
  204: 'windows-1251',
  222: 'windows-874',
  238: 'windows-1250',
};

const BY_PAGE: Readonly<Record<number, string>> = {
  866: 'ibm866',
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gbk',
  949: 'euc-kr',
  950: 'big5',
  1361: 'euc-kr',
  10000: 'macintosh',
  10007: 'x-mac-cyrillic',
  65001: 'utf-8',
};

/** Encoding of an `\ansicpg` code page, by the name a `TextDecoder` knows; Western European for an unknown one. */
export function encodingOfPage(page: number): string {
  if (page >= 1250 && page <= 1258) return `windows-${page}`;
  return BY_PAGE[page] ?? 'windows-1252';
}

/** Encoding of a font's charset; null when it is the file's own. */
function encodingOfCharset(charset: number): string | null {
  return BY_CHARSET[charset] ?? null;
}

/** Fonts whose codes are pictures: charset 2. */
const SYMBOL_CHARSET = 2;

const DOUBLE_BYTE: ReadonlySet<string> = new Set(['shift_jis', 'gbk', 'big5', 'euc-kr']);

/** The fonts of an RTF file, for what they say about the encoding of its bytes. */
export class RtfFonts {
  /** Of the file, for fonts that say nothing. */
  encoding = 'windows-1252';
  private readonly fonts = new Map<number, { encoding: string | null; symbol: boolean; name: string }>();
  private readonly decoders = new Map<string, InstanceType<typeof TextDecoder>>();

  charset(font: number, charset: number): void {
    this.fonts.set(font, { encoding: encodingOfCharset(charset), symbol: charset === SYMBOL_CHARSET, name: '' });
  }

  name(font: number, name: string): void {
    const known = this.fonts.get(font);
    if (known) known.name = name;
  }

  /** What the bytes mean in a font. */
  decode(bytes: readonly number[], font: number): string {
    const known = this.fonts.get(font);
    if (known?.symbol) return bytes.map((byte) => symbolCharacter(known.name, byte)).join('');
    const encoding = known?.encoding ?? this.encoding;
    let decoder = this.decoders.get(encoding);
    if (!decoder) {
      decoder = new TextDecoder(encoding);
      this.decoders.set(encoding, decoder);
    }
    return decoder.decode(Uint8Array.from(bytes));
  }

  isDoubleByte(font: number): boolean {
    return DOUBLE_BYTE.has(this.fonts.get(font)?.encoding ?? this.encoding);
  }
}
