/** Which of the encodings without a mark a text is in, by its letters. */

interface Candidate {
  encoding: string;
  /** Letters beyond ASCII that a language written in it uses, most frequent first, lower case. */
  letters: string;
}

/** The likelier of two that read a text the same stands first. */
const SINGLE_BYTE: readonly Candidate[] = [
  { encoding: 'windows-1252', letters: 'éàèêçùôîûâïëœ' },
  { encoding: 'windows-1252', letters: 'äüöß' },
  { encoding: 'windows-1252', letters: 'áéíóúñü¿¡ªº' },
  { encoding: 'windows-1252', letters: 'ãçéáíóêõúâàªº' },
  { encoding: 'windows-1252', letters: 'àèéìòù' },
  { encoding: 'windows-1252', letters: 'åäöøæéþðýíáóú' },
  { encoding: 'windows-1252', letters: 'õäöüšž' },
  { encoding: 'windows-1250', letters: 'łąęóżśćńź' },
  { encoding: 'windows-1250', letters: 'íáéěřčšžýůúťďňó' },
  { encoding: 'windows-1250', letters: 'áéöóőüíúű' },
  { encoding: 'windows-1250', letters: 'čšžćđ' },
  { encoding: 'windows-1250', letters: 'ăîâşţ' },
  { encoding: 'windows-1250', letters: 'áíéčšžýúťľôňďäóĺŕ' },
  { encoding: 'iso-8859-2', letters: 'łąęóżśćńź' },
  { encoding: 'iso-8859-2', letters: 'íáéěřčšžýůúťďňó' },
  { encoding: 'iso-8859-2', letters: 'čšžćđ' },
  { encoding: 'iso-8859-2', letters: 'áíéčšžýúťľôňďäóĺŕ' },
  { encoding: 'windows-1257', letters: 'āīēšūņļžģčķ' },
  { encoding: 'windows-1257', letters: 'ėšųžįąčūę' },
  { encoding: 'windows-1254', letters: 'ıüşiğöç' },
  { encoding: 'windows-1251', letters: 'оеаинтсрвлкмдпуягызбчьйхжшющцэфъёієї' },
  { encoding: 'koi8-u', letters: 'оеаинтсрвлкмдпуягызбчьйхжшющцэфъёієї' },
  { encoding: 'ibm866', letters: 'оеаинтсрвлкмдпуягызбчьйхжшющцэфъё' },
  { encoding: 'iso-8859-5', letters: 'оеаинтсрвлкмдпуягызбчьйхжшющцэфъё' },
  { encoding: 'windows-1253', letters: 'αοιετσνηυρπκμλςγδωόίάέήύχθφώβξζψ' },
  { encoding: 'iso-8859-7', letters: 'αοιετσνηυρπκμλςγδωόίάέήύχθφώβξζψ' },
  { encoding: 'windows-1255', letters: 'יוהאלרתבשמנכדחפעקגטםצסזןךףץ' },
  { encoding: 'windows-1256', letters: 'اليمنتربوعدفهسكقحجةشصطخضذثزغءئأى' },
  { encoding: 'macintosh', letters: 'éàèêçùôîûâïëœ' },
  { encoding: 'macintosh', letters: 'äüöß' },
];

/** Frequent characters of each: kana and particles, common ideographs, syllables. */
const MULTI_BYTE: readonly Candidate[] = [
  { encoding: 'shift_jis', letters: 'のにはをたがでてとしれさいするこなもあまらりっるかす、。年日本国' },
  { encoding: 'euc-jp', letters: 'のにはをたがでてとしれさいするこなもあまらりっるかす、。年日本国' },
  { encoding: 'gb18030', letters: '的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出，。' },
  { encoding: 'big5', letters: '的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出，。' },
  { encoding: 'euc-kr', letters: '이다의는에을가를한하고로지은도기사자대서인어' },
];

/** Punctuation and signs that texts of any language hold. */
const SIGNS = new Set('–—‘’“”„«»•…§°€£²³·©®™½¼‹›№ºª´\u00a0');
const LETTER = /\p{L}/u;

/**
 * The most likely encoding of bytes that are not UTF-8. `windows-1252` when nothing speaks for another.
 * @param bytes some ten thousand bytes are enough
 */
export function guessEncoding(bytes: Uint8Array): string {
  let best = 'windows-1252';
  let highest = Number.NEGATIVE_INFINITY;
  const texts = new Map<string, string>();
  for (const candidate of MULTI_BYTE) {
    const score = scoreWide(new TextDecoder(candidate.encoding).decode(bytes), candidate.letters);
    if (score > highest && score > 0.5) {
      highest = score;
      best = candidate.encoding;
    }
  }
  for (const candidate of SINGLE_BYTE) {
    let text = texts.get(candidate.encoding);
    if (text === undefined) {
      text = new TextDecoder(candidate.encoding).decode(bytes.subarray(0, 64 * 1024));
      texts.set(candidate.encoding, text);
    }
    const score = scoreNarrow(text, candidate.letters);
    if (score > highest + 1e-9) {
      highest = score;
      best = candidate.encoding;
    }
  }
  return best;
}

/** Share of the non-ASCII characters that the language uses, less what no text holds; about 0 to 1. */
function scoreNarrow(text: string, letters: string): number {
  const rank = new Map([...letters].map((letter, index) => [letter, index]));
  let score = 0;
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 128) continue;
    count++;
    const char = text[at] as string;
    const lower = char.toLowerCase();
    const before = text[at - 1] ?? ' ';
    const place = rank.get(lower);
    if (place !== undefined) {
      // The letters a language uses most count a little more, so that case-shifted Cyrillic (KOI8 against 1251) shows.
      score += 1 - (place / letters.length) * 0.3;
      if (char !== lower && isLower(before)) score -= 1.2;
      // Greek, Cyrillic, Hebrew and Arabic letters do not stand inside Latin words.
      if (code >= 0x370 && (/[a-z]/i.test(before) || /[a-z]/i.test(text[at + 1] ?? ' '))) score -= 1.5;
    } else if (SIGNS.has(char))
      score += isLetter(before) && isLetter(text[at + 1] ?? ' ') && char !== '’' && char !== '·' ? -0.3 : 0.7;
    else if ((code >= 0x80 && code < 0xa0) || code === 0xfffd || (code >= 0xe000 && code < 0xf900)) score -= 3;
    else if (LETTER.test(char)) score -= isLower(before) && char !== lower ? 1 : 0.2;
    else score -= 0.6;
  }
  return count === 0 ? 0 : score / count;
}

function scoreWide(text: string, letters: string): number {
  const frequent = new Set(letters);
  let common = 0;
  let known = 0;
  let wrong = 0;
  let count = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (code < 128) continue;
    count++;
    if (frequent.has(char)) common++;
    if (
      (code >= 0x3000 && code <= 0x30ff) ||
      (code >= 0x4e00 && code <= 0x9fff) ||
      (code >= 0xac00 && code <= 0xd7a3) ||
      (code >= 0xff01 && code <= 0xff5e)
    )
      known++;
    else if (code === 0xfffd || (code >= 0xe000 && code < 0xf900) || (code >= 0xff61 && code <= 0xff9f)) wrong++;
  }
  if (count === 0) return 0;
  // A tenth of the characters being the most frequent ones of the language is what real text has at least.
  return (
    known / count + Math.min(1, (common / count) * 4) * 0.5 - (wrong / count) * 5 - (common / count < 0.04 ? 0.7 : 0)
  );
}

function isLower(char: string): boolean {
  return char !== char.toUpperCase() && char === char.toLowerCase();
}

function isLetter(char: string): boolean {
  return LETTER.test(char);
}
