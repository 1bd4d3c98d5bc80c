const tables = new Map<string, Map<string, number[]>>();

/** A text in one of the encodings that only `TextDecoder` knows, made by decoding every one- and two-byte sequence. */
export function encodeAs(text: string, encoding: string): Uint8Array {
  let table = tables.get(encoding);
  if (table === undefined) {
    table = tableOf(encoding);
    tables.set(encoding, table);
  }
  const bytes: number[] = [];
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    const found = code < 128 ? [code] : table.get(char);
    if (found === undefined) throw new Error(`${char} is not in ${encoding}`);
    bytes.push(...found);
  }
  return Uint8Array.from(bytes);
}

function tableOf(encoding: string): Map<string, number[]> {
  const table = new Map<string, number[]>();
  const decoder = new TextDecoder(encoding);
  const add = (bytes: number[]): void => {
    const char = decoder.decode(Uint8Array.from(bytes));
    if ([...char].length === 1 && char !== '\ufffd' && !table.has(char)) table.set(char, bytes);
  };
  for (let first = 128; first < 256; first++) add([first]);
  if (!/^(?:shift_jis|euc-jp|gb18030|big5|euc-kr)$/.test(encoding)) return table;
  for (let first = 0x81; first < 0xff; first++) for (let second = 0x40; second < 0xff; second++) add([first, second]);
  return table;
}
