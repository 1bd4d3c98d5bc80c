import { languageOfWords } from './function-words.ts';
import type { Block, Document } from './model.ts';
import { languageOfScript } from './script.ts';

/** ISO 639-1 code and how sure the n-gram model is, 0 to about 1; below 0.6 it is guessing. */
export interface Identified {
  language: string;
  score: number;
}

/** The part of the n-gram model that is used here. */
export interface Detector {
  detect(text: string): { language: string; getScores(): Record<string, number> };
}

/** Characters after which a passage is long enough to be judged on its own. */
const PASSAGE = 1000;
/** Letters below which a passage takes its neighbours' language. */
const MIN_LETTERS = 40;
/** What the model looks at: it reads the first 350 bytes of what it is given. */
const WINDOW = 400;
const SURE = 0.6;

let loading: Promise<Detector> | undefined;

/** The n-gram model; loaded at first use (about 150 ms, 90 MB). Why this one: docs/decisions/0002-language-detection.md. */
export function detector(): Promise<Detector> {
  loading ??= import('eld/extrasmall').then((module) => module.eld);
  return loading;
}

/** The language of a passage in Latin, Cyrillic or another shared script; null for too few letters. */
function identify(model: Detector, passage: string): Identified | null {
  const words = plainWords(passage);
  if (words.length < MIN_LETTERS) return null;
  const unlisted = unlistedLanguage(words);
  if (unlisted !== null) return { language: unlisted, score: 1 };
  const result = model.detect(words);
  if (result.language === '') return null;
  return { language: result.language, score: result.getScores()[result.language] ?? 0 };
}

/**
 * Fills `language` of every block and of the document. What the file itself states of a block stays. Blocks without enough letters take that of the
 * passage they stand in.
 */
export async function fillLanguages(document: Document): Promise<void> {
  const passages = cutPassages(document);
  let model: Detector | undefined;
  const votes = new Map<string, number>();
  for (const passage of passages) {
    const told = languageOfScript(passage.text) ?? languageOfWords(plainWords(passage.text));
    if (told !== null) passage.found = { language: told, score: 1 };
    else {
      model ??= await detector();
      passage.found = identify(model, passage.text);
    }
    const { found } = passage;
    if (found !== null && found.score >= SURE)
      votes.set(found.language, (votes.get(found.language) ?? 0) + passage.text.length * found.score);
  }
  let stated = 0;
  for (const block of document.blocks) {
    if (block.language === undefined) continue;
    const length = block.end - block.start;
    stated += length;
    votes.set(block.language, (votes.get(block.language) ?? 0) + length);
  }
  let dominant: string | null = null;
  let most = 0;
  for (const [language, weight] of votes) {
    if (weight > most) {
      most = weight;
      dominant = language;
    }
  }
  dominant ??= passages.find((passage) => passage.found !== null)?.found?.language ?? null;
  // A notice in all languages of the Union has one it was written in, and says which.
  const own = document.properties.language;
  if (own !== undefined && votes.has(own) && stated * 2 > document.text.length) dominant = own;
  document.language = dominant;
  settle(passages, dominant);
}

interface Passage {
  blocks: Block[];
  text: string;
  found: Identified | null;
}

/** A passage of another language than the document's must be sure, or stand beside another of the same. */
function settle(passages: readonly Passage[], dominant: string | null): void {
  let before: string | null = null;
  for (let i = 0; i < passages.length; i++) {
    const passage = passages[i];
    if (passage === undefined) continue;
    const { found } = passage;
    const next = passages[i + 1]?.found?.language;
    let language: string | null;
    if (found === null) language = before ?? dominant;
    else if (found.language === dominant || found.score >= 0.72) language = found.language;
    else
      language =
        found.score >= SURE && (found.language === before || found.language === next) ? found.language : dominant;
    before = language;
    if (language === null) continue;
    for (const block of passage.blocks) block.language = language;
  }
}

/** Neighbouring blocks together, until there is enough to judge. Code says nothing of the language and joins what it stands in. */
function cutPassages(document: Document): Passage[] {
  const passages: Passage[] = [];
  let open: Passage = { blocks: [], text: '', found: null };
  for (const block of document.blocks) {
    if (block.language !== undefined) continue;
    open.blocks.push(block);
    if (block.kind !== 'code')
      open.text += `${document.text.slice(block.start, Math.min(block.end, block.start + PASSAGE))} `;
    if (open.text.length >= PASSAGE) {
      passages.push(open);
      open = { blocks: [], text: '', found: null };
    }
  }
  if (open.blocks.length > 0) passages.push(open);
  return passages;
}

/**
 * The two official languages of the Union that the model does not know: Maltese by a letter nobody else writes, Irish by the word
 * for `and` among its articles.
 */
function unlistedLanguage(words: string): 'mt' | 'ga' | null {
  if ((words.match(/[ħĦġĠ]/g) ?? []).length * 120 > words.length) return 'mt';
  const irish = (words.match(/(?<!\p{L})(?:agus|na|an|ar|maidir|leis|chun|faoi|lena|nach|seo)(?!\p{L})/giu) ?? [])
    .length;
  return /(?<!\p{L})agus(?!\p{L})/iu.test(words) && irish * 30 > words.length ? 'ga' : null;
}

/** Addresses, numbers, codes and capitals carry no language; the longest prose comes from the middle of a passage. */
function plainWords(passage: string): string {
  const from = passage.length > WINDOW * 2 ? Math.floor((passage.length - WINDOW * 2) / 2) : 0;
  return passage
    .slice(from, from + WINDOW * 2)
    .replace(/\b(?:https?:|www\.)\S+|\S*[@\d_/\\]\S*|\p{Lu}{2,}|[.…_-]{3,}/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, WINDOW);
}
