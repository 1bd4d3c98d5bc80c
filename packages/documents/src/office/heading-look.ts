/** How a paragraph looks, for telling headings that no style marks. */
export interface Look {
  text: string;
  /** All of it is bold; all of it is set in capitals. */
  bold: boolean;
  caps: boolean;
  /** Larger than running text. */
  large: boolean;
  /** Number computed from the file's lists; null for none. */
  number: string | null;
  /** 0-based level in its list. */
  ilvl: number;
}

const PRINTED_WORD =
  /^((?:section|article|part|chapter|annex|appendix|schedule|artikel|abschnitt|kapitel|anlage|anhang|teil|titre|chapitre|annexe|bijlage|hoofdstuk|sección|capítulo|artículo|anexo|articolo|allegato|capitolo)\s+(?:\d{1,3}(?:\.\d{1,3}){0,5}|[IVX]{1,6}|[A-Z]))(?=[\s.:)–-]|$)/iu;
const PRINTED_PLAIN =
  /^(\d{1,3}(?:\.\d{1,3}){0,5}|[A-Z]{1,2}\d{0,3}[A-Z]?(?:\.\d{1,2}){1,4}|[IVX]{1,6}(?=[.)])|[A-Z](?=[.)]))(?:[.):]|\s[-–—:])?(?=\s)/u;

/** A line of a table of contents: a leader or dash, and the page. */
const CONTENTS_LINE = /(?:\.{3}|…|[—–]|\t)\s*(?:\d+|[ivxl]+)$/i;

const MAX_LENGTH = 110;

/** The clause number printed at the start of a text (`3.2.1`, `Article 4`, `A.1`, `IV`), or null. */
export function printedNumber(text: string): string | null {
  return (PRINTED_WORD.exec(text) ?? PRINTED_PLAIN.exec(text))?.[1] ?? null;
}

/**
 * Depth (1 is the highest) of a heading that only its look gives away: short, without the end of a sentence, and bold, in capitals, or
 * larger than running text; null for a paragraph that is none. In real files few headings carry an outline level.
 */
export function headingByLook(look: Look): number | null {
  // A tab between the number and the words is how a number is typed.
  const text = look.text.trim().replace(/^(\S{0,11}[\d.)]) ?\t\s*/, '$1 ');
  if (CONTENTS_LINE.test(text)) return null;
  if (/^[-–—•*[<(]/.test(text)) return null;
  if (text.length < 3 || text.length > MAX_LENGTH || text.includes('\n') || text.includes('\t')) return null;
  if (/[;,]$|[^.]\.$/.test(text) && !/^\S+\.$/.test(text)) return null;
  const letters = text.replace(/[^\p{L}]/gu, '');
  if (letters.length < 3) return null;
  const printed = printedNumber(text);
  const number = look.number ?? printed;
  const typedCaps = letters.length >= 4 && /^[\p{Lu}ß]+$/u.test(letters);
  const caps = look.caps || typedCaps;
  // A label of a form ("Name:") is no heading.
  if (text.endsWith(':') && !(number !== null && look.bold)) return null;
  if (text.endsWith('?') && !look.bold) return null;
  if (!look.bold && !(caps && (number !== null || look.large)) && !(look.large && number !== null)) return null;
  if (number !== null)
    return Math.min(6, Math.max(1, look.number === null ? depthOf(number) : Math.max(depthOf(number), look.ilvl + 1)));
  if (caps || look.large) return 1;
  return 2;
}

function depthOf(number: string): number {
  return number.split('.').filter((part) => part !== '').length;
}
