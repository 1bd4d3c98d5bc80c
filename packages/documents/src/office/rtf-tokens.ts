/** Takes the tokens of an RTF file in order. */
export interface RtfHandler {
  openGroup(): void;
  closeGroup(): void;
  /** `\word` with its number, or null without one. */
  word(word: string, value: number | null): void;
  /** `\~`, `\*`, `\-` and the like. */
  symbol(symbol: string): void;
  /** One byte of text in the code page in force, written `\'hh` or as it is. */
  byte(value: number): void;
  /** A stretch of ASCII text. */
  text(text: string): void;
}

/** Splits an RTF file (RTF 1.9.1, "Basic entities") into tokens; bytes after `\binN` are stepped over. */
export function readRtfTokens(bytes: Uint8Array, handler: RtfHandler): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = buffer.length;
  let at = 0;
  while (at < length) {
    const code = buffer[at] ?? 0;
    if (code === 0x7b) {
      handler.openGroup();
      at++;
    } else if (code === 0x7d) {
      handler.closeGroup();
      at++;
    } else if (code === 0x5c) at = control(buffer, at + 1, handler);
    else if (code === 0x0a || code === 0x0d || code === 0) at++;
    else if (code >= 0x80) {
      handler.byte(code);
      at++;
    } else {
      const start = at;
      while (at < length && isPlain(buffer[at] ?? 0)) at++;
      handler.text(buffer.toString('latin1', start, at));
    }
  }
}

function isPlain(code: number): boolean {
  return code !== 0x7b && code !== 0x7d && code !== 0x5c && code < 0x80 && code !== 0x0a && code !== 0x0d && code !== 0;
}

/** Reads what follows a backslash; gives where to go on. */
function control(buffer: Buffer, from: number, handler: RtfHandler): number {
  const first = buffer[from] ?? 0x20;
  if (!isLetter(first)) {
    if (first === 0x27) {
      const value = Number.parseInt(buffer.toString('latin1', from + 1, from + 3), 16);
      if (!Number.isNaN(value)) handler.byte(value);
      return from + 3;
    }
    handler.symbol(String.fromCharCode(first));
    return from + 1;
  }
  let at = from;
  while (at - from < 32 && isLetter(buffer[at] ?? 0)) at++;
  const word = buffer.toString('latin1', from, at);
  const digits = at;
  if (buffer[at] === 0x2d) at++;
  while (at - digits < 11 && isDigit(buffer[at] ?? 0)) at++;
  const value = at > digits ? Number.parseInt(buffer.toString('latin1', digits, at), 10) : Number.NaN;
  if (buffer[at] === 0x20) at++;
  if (word === 'bin' && value > 0) return at + value;
  handler.word(word, Number.isNaN(value) ? null : value);
  return at;
}

function isLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
