import type { OwnEntry, Spoken } from '@proviso/catalogue/check';
import { LANGUAGES, type Language } from '../i18n/language.ts';

type Question = OwnEntry['question'];
export type AnswerKind = Question['answer'];
export type Meets = Extract<Question, { answer: 'choice' }>['choices'][number];
export const LEVELS = ['basic', 'standard', 'advanced'] as const;
type Level = (typeof LEVELS)[number];
export type Unit = Extract<Question, { answer: 'number' }>['unit'];

/** Words as they are typed: optional ones are empty, phrases a line each. */
export type DraftWords = Omit<Spoken, 'measure' | 'remedy' | 'acceptance' | 'exit' | 'phrases' | 'evidence'> & {
  measure: string;
  remedy: string;
  acceptance: string;
  exit: string;
  phrases: string;
  /** By kind, so that a kind can be taken away and put back. */
  evidence: Record<string, string>;
};

/** An own requirement while it is written: whatever was typed for another answer type or level stays until it is saved. */
export interface Draft extends Omit<OwnEntry, 'asked' | 'question' | 'words'> {
  asked: 'always' | 'types' | 'by-hand';
  types: string[];
  answer: AnswerKind;
  choices: Meets[];
  number: { unit: Unit; better: 'higher' | 'lower'; least: string; most: string } & Record<Level, string>;
  words: Partial<Record<Language, DraftWords>>;
}

export const NO_WORDS: DraftWords = {
  title: '',
  sentences: ['', '', ''],
  why: '',
  question: '',
  choices: ['', ''],
  measure: '',
  evidence: {},
  clause: '',
  remedy: '',
  acceptance: '',
  exit: '',
  phrases: '',
};

/** What a new one begins with. */
export function newDraft(language: Language): Draft {
  return {
    language,
    asked: 'always',
    types: [],
    applies: ['product', 'service'],
    risks: [],
    graded: false,
    knockout: false,
    burden: 1,
    evidence: ['document'],
    answer: 'yes-no',
    choices: ['advanced', 'none'],
    number: { unit: 'days', better: 'lower', least: '', most: '', basic: '', standard: '', advanced: '' },
    words: { [language]: NO_WORDS },
  };
}

/** One that is kept, to be changed. */
export function draftOf(entry: OwnEntry): Draft {
  const { asked, question, words, ...rest } = entry;
  const fresh = newDraft(entry.language);
  return {
    ...fresh,
    ...rest,
    asked: Array.isArray(asked) ? 'types' : asked,
    types: Array.isArray(asked) ? asked : [],
    answer: question.answer,
    choices: question.answer === 'choice' ? question.choices : fresh.choices,
    number: question.answer === 'number' ? numberOf(question) : fresh.number,
    words: Object.fromEntries(
      LANGUAGES.flatMap((one) => {
        const said = words[one];
        return said ? [[one, wordsOf(said, entry)]] : [];
      }),
    ),
  };
}

function numberOf({ unit, better, range: [least, most], values }: Extract<Question, { answer: 'number' }>) {
  const { basic, standard, advanced } = values;
  const written = { least, most, basic, standard, advanced };
  const texts = Object.fromEntries(Object.entries(written).map(([name, value]) => [name, String(value)]));
  return { unit, better, ...texts } as Draft['number'];
}

function wordsOf(said: Spoken, { evidence }: OwnEntry): DraftWords {
  return {
    ...said,
    sentences: LEVELS.map((_, i) => said.sentences[i] ?? ''),
    choices: said.choices.length > 0 ? said.choices : NO_WORDS.choices,
    measure: said.measure ?? '',
    remedy: said.remedy ?? '',
    acceptance: said.acceptance ?? '',
    exit: said.exit ?? '',
    phrases: said.phrases.join('\n'),
    evidence: Object.fromEntries(evidence.map((type, i) => [type, said.evidence[i] ?? ''])),
  };
}

/** As it is sent. What is not written yet is left to the server's check, which says where something is missing. */
export function entryOf(draft: Draft): unknown {
  const { asked, types, answer, choices, number, words, ...rest } = draft;
  return {
    ...rest,
    asked: asked === 'types' ? types : asked,
    question:
      answer === 'choice' ? { answer, choices } : answer === 'number' ? { answer, ...measured(draft) } : { answer },
    words: Object.fromEntries(
      LANGUAGES.flatMap((one) => {
        const said = words[one];
        return said ? [[one, spokenOf(said, draft)]] : [];
      }),
    ),
  };
}

function measured({ number }: Draft) {
  const value = (text: string): number | null => (text.trim() === '' ? null : Number(text));
  const at = (level: Level) => value(number[level]);
  return {
    unit: number.unit,
    better: number.better,
    range: [value(number.least), value(number.most)],
    values: { basic: at('basic'), standard: at('standard'), advanced: at('advanced') },
  };
}

function spokenOf(said: DraftWords, { graded, answer, choices, evidence }: Draft) {
  const orNull = (text: string): string | null => (text.trim() === '' ? null : text);
  return {
    title: said.title,
    sentences: said.sentences.slice(0, graded ? LEVELS.length : 1),
    why: said.why,
    question: said.question,
    choices: answer === 'choice' ? choices.map((_, i) => said.choices[i] ?? '') : [],
    measure: answer === 'number' ? said.measure : null,
    evidence: evidence.map((type) => said.evidence[type] ?? ''),
    clause: said.clause,
    remedy: orNull(said.remedy),
    acceptance: orNull(said.acceptance),
    exit: orNull(said.exit),
    phrases: said.phrases
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  };
}
