/**
 * Characters that Word files take from symbol fonts, where the code means a picture and not a letter. Only those that carry meaning
 * in running text; any other becomes a bullet.
 */
const SYMBOL: Readonly<Record<number, string>> = {
  34: '∀',
  36: '∃',
  39: '∋',
  45: '−',
  64: '≅',
  94: '⊥',
  163: '≤',
  165: '∞',
  171: '↔',
  172: '←',
  173: '↑',
  174: '→',
  175: '↓',
  176: '°',
  177: '±',
  179: '≥',
  180: '×',
  181: '∝',
  183: '•',
  184: '÷',
  185: '≠',
  186: '≡',
  187: '≈',
  188: '…',
  199: '∩',
  200: '∪',
  206: '∈',
  208: '∠',
  210: '®',
  211: '©',
  212: '™',
  214: '√',
  215: '⋅',
  222: '⇒',
  229: '∑',
};

const SYMBOL_LETTERS = 'ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ';

const WINGDINGS: Readonly<Record<number, string>> = {
  40: '☎',
  42: '✉',
  70: '☞',
  74: '☺',
  111: '☐',
  112: '☐',
  113: '☐',
  114: '☐',
  120: '☒',
  159: '•',
  167: '▪',
  168: '☐',
  216: '➢',
  223: '←',
  224: '→',
  232: '→',
  240: '⇨',
  251: '✗',
  252: '✓',
  253: '☒',
  254: '☑',
};

const WINGDINGS_2: Readonly<Record<number, string>> = {
  79: '✗',
  80: '✓',
  81: '☒',
  82: '☑',
  83: '☒',
  84: '☒',
  163: '☐',
};

/** The character that stands for code `code` (with or without the private-use offset F000) of `font`; always one UTF-16 unit. */
export function symbolCharacter(font: string, code: number): string {
  const index = code >= 0xf000 && code <= 0xf0ff ? code - 0xf000 : code;
  const name = font.toLowerCase();
  if (name === 'wingdings 2') return WINGDINGS_2[index] ?? '•';
  if (name.startsWith('wingdings') || name === 'webdings') return WINGDINGS[index] ?? '•';
  if (name === 'symbol') {
    const known = SYMBOL[index];
    if (known) return known;
    if (index >= 0x41 && index <= 0x5a) return SYMBOL_LETTERS[index - 0x41] ?? '•';
    if (index >= 0x61 && index <= 0x7a) return (SYMBOL_LETTERS[index - 0x61] ?? '•').toLowerCase();
    return index >= 0x20 && index < 0x7f ? String.fromCharCode(index) : '•';
  }
  if (code >= 0xe000 && code <= 0xf8ff) return WINGDINGS[index] ?? SYMBOL[index] ?? '•';
  return code > 0 && code < 0xfffe ? String.fromCharCode(code) : '•';
}

/** Private-use characters typed straight into the text, replaced one for one. */
export function mendPrivateUse(text: string): string {
  return text.replace(/[\uf020-\uf0ff]/g, (char) => symbolCharacter('', char.charCodeAt(0)));
}
