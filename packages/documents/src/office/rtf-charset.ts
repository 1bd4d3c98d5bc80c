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
export function encodingOfCharset(charset: number): string | null {
  return BY_CHARSET[charset] ?? null;
}

/** Fonts whose codes are pictures: charset 2. */
export const SYMBOL_CHARSET = 2;
