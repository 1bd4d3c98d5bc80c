import type { Block, Document } from '@proviso/documents';
import { literal } from './patterns.ts';
import type { TenderWords } from './tender-words.ts';

/** A part of the tender that a document calls by its number: `annex 4`, `schedule b`. */
export interface AnnexReference {
  /** The number or letter, lower case: what is compared, since one dossier says "Annex 4" and "Appendix 4" of the same. */
  key: string;
  start: number;
  end: number;
}

export interface Annexes {
  referred: AnnexReference[];
  /** Keys of what the document itself holds, by its headings and title. */
  present: string[];
}

/**
 * The annexes that a document refers to and those it holds. "Annex I of Regulation (EU) 2024/2847" is a law's annex and none of the
 * tender's; "Annex 2 of the contract" is.
 */
export function annexesOf(document: Document, words: TenderWords): Annexes {
  const { annex, annexOf, annexOwn } = words.annex;
  const name = annex.flatMap((word) => [literal(word), literal(word.toLowerCase())]).join('|');
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}])(?:${name})\\s{1,3}(?:n[°ºo]\\.?\\s*)?(\\d{1,2}[a-z]?|[A-Z]|[IVX]{1,4})(?:\\.\\d{1,2})?(?![\\p{L}\\p{N}])`,
    'gu',
  );
  const foreign = new RegExp(
    `^[\\s,]{0,3}(?:,|\\(|(?:${annexOf.map(literal).join('|')})\\s+(?!(?:${annexOwn.map(literal).join('|')})(?![\\p{L}])))[^.;\\n]{0,60}(?:\\d{4}/\\d{2,4}|\\d{4}/\\d{1,4}/|ISO|IEC|EN \\d|NIST|RFC|GDPR|RGPD|AVG|DSGVO|NIS2|Regulation|Directive|Règlement|Directive|Verordening|Richtlijn|Verordnung|Richtlinie|Gesetz|Loi|Code|Wet |Act |Decision|Décision|Besluit|Beschluss)`,
    'u',
  );
  const present = new Set<string>();
  const referred: AnnexReference[] = [];
  const seen = new Set<string>();
  for (const [index, block] of document.blocks.entries()) {
    const text = document.text.slice(block.start, Math.min(block.end, block.start + LONGEST_BLOCK));
    for (const match of text.matchAll(pattern)) {
      const key = keyOf(match[1] ?? '');
      if (Number.parseInt(key, 10) > MOST_ANNEXES) continue;
      const end = match.index + match[0].length;
      if (isHeadingOf(block, index, match.index, text)) {
        present.add(key);
        continue;
      }
      // In the list of the tender's own parts each stands at the head of an item or row.
      if ((block.kind === 'item' || block.kind === 'row') && match.index <= LISTED) continue;
      // "Anhang VI" in a sentence on a directive is the directive's; tenders number theirs with figures and letters.
      if (/^[IVX]+$/.test(match[1] ?? '') && CITED.test(sentenceAt(text, match.index))) continue;
      if (
        foreign.test(text.slice(end, end + 120)) ||
        BEFORE.test(text.slice(Math.max(0, match.index - 60), match.index))
      )
        continue;
      if (seen.has(key)) continue;
      seen.add(key);
      referred.push({ key, start: block.start + match.index, end: block.start + end });
    }
  }
  return { referred, present: [...present] };
}

/** Keys that a file's name gives it: `Annex_4 - Prices.docx`, `bijlage4.pdf`. */
export function annexKeysOfName(path: string, words: TenderWords): string[] {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/[_.-]+/g, ' ');
  const pattern = new RegExp(
    `(?:${words.annex.annex.map(literal).join('|')}|att|attachment|annex|app|appendix)\\s*(\\d{1,2}[a-z]?|[a-z])(?![\\p{L}\\p{N}])`,
    'giu',
  );
  return [...name.matchAll(pattern)].map(([, key = '']) => keyOf(key));
}

/** A standard or law named just before: the annex is its own. */
const BEFORE =
  /(?:RFC|ISO|IEC|NIST|Regulation|Directive|Decision|Règlement|Décision|Verordening|Richtlijn|Besluit|Verordnung|Richtlinie|Beschluss)[^.;]{0,50}$/u;
/** A law or directive by its number. */
const CITED =
  /(?:19|20)\d\d\/\d{1,4}|\d{1,4}\/(?:19|20)\d\d|Richtlinie|Verordnung|Directive|Regulation|Règlement|Richtlijn|Verordening/u;

/** The sentence around a place, as far as full stops tell. */
function sentenceAt(text: string, at: number): string {
  const start = text.lastIndexOf('. ', at) + 1;
  const end = text.indexOf('. ', at);
  return text.slice(
    Math.max(start, at - LONGEST_SENTENCE),
    end < 0 ? at + LONGEST_SENTENCE : Math.min(end, at + LONGEST_SENTENCE),
  );
}

const LONGEST_SENTENCE = 400;
/** Characters before the name of an annex in a list of them: a letter, a number. */
const LISTED = 12;
const LONGEST_BLOCK = 20_000;
/** "Schedule 70" is a price list of a framework, no annex of a tender. */
const MOST_ANNEXES = 40;

/** It opens a heading or title, or stands alone in its block. In a table of contents every line looks so: what follows is not there yet. */
function isHeadingOf(block: Block, index: number, at: number, text: string): boolean {
  if (block.kind === 'heading' || block.kind === 'title') return true;
  if (at > 3) return false;
  return (
    (block.kind === 'paragraph' && text.length < 120 && !/[.;:]\s*$/.test(text) && !/\.{4,}|\d\s*$/.test(text)) ||
    index === 0
  );
}

const ROMAN: Readonly<Record<string, string>> = {
  I: '1',
  II: '2',
  III: '3',
  IV: '4',
  V: '5',
  VI: '6',
  VII: '7',
  VIII: '8',
  IX: '9',
  X: '10',
  XI: '11',
  XII: '12',
};

function keyOf(written: string): string {
  return ROMAN[written] ?? written.replace(/^0+(?=\d)/, '').toLowerCase();
}
