import { readContent } from '@proviso/content';
import { spelledOut, type Term, TermMatcher } from '../term-matcher.ts';
import { DurationFinder, type DurationWords } from './durations.ts';
import { literal } from './patterns.ts';
import { stemOf } from './same-words.ts';

/** Languages in which tenders are linted; documents in others get the rules of a reading only. */
export const TENDER_LANGUAGES = ['en', 'fr', 'nl', 'de'] as const;
export type TenderLanguage = (typeof TENDER_LANGUAGES)[number];

export type TenderCue =
  | 'untestable'
  | 'certificate'
  | 'scope'
  | 'organisation'
  | 'compatible'
  | 'equivalent'
  | 'value'
  | 'brand'
  | 'party'
  | 'wish'
  | 'make'
  | 'hosted'
  | 'flowDown'
  | 'staff'
  | 'able'
  | 'held'
  | 'shown'
  | 'refused'
  | 'inspection'
  | 'ownHosting'
  | 'supported'
  | 'lasting'
  | 'delivered';

export interface TenderSign {
  cue: TenderCue | 'severity' | 'stage' | 'type';
  /** Which severity, stage or type of purchase. */
  value: string;
}

/** What one language's file holds. */
interface TenderFile {
  durations: DurationWords;
  untestable: string[];
  certificate: string[];
  scope: string[];
  organisation: string[];
  compatible: string[];
  equivalent: string[];
  annex: string[];
  annexOf: string[];
  annexOwn: string[];
  severities: Record<string, string[]>;
  stages: Record<string, string[]>;
  value: string[];
  party: string[];
  wish: string[];
  make: string[];
  hosted: string[];
  flowDown: string[];
  staff: string[];
  able: string[];
  held: string[];
  shown: string[];
  refused: string[];
  inspection: string[];
  ownHosting: string[];
  supported: string[];
  lasting: string[];
  delivered: string[];
  binding: string[];
  telling: string[];
  demandHead: string[];
  demandMark: string[];
  demandLabel: string[];
  wishMark: string[];
  common: string[];
  types: Record<string, string[]>;
}

/** The words of the tender rules in one language, ready to look for. */
export interface TenderWords {
  language: TenderLanguage;
  matcher: TermMatcher<TenderSign>;
  durations: DurationFinder;
  /** Turns that oblige without a modal verb. */
  binding: RegExp;
  /** Turns that tell what is done; said of a security measure in a tender they oblige. */
  telling: RegExp;
  /** Head of a table whose rows are demands. */
  demandHead: RegExp;
  /** A whole cell that makes its row a demand, or a wish. */
  demandMark: RegExp;
  /** What a block begins with that is a demand: `Requirement 12:`. */
  demandLabel: RegExp;
  wishMark: RegExp;
  /** Stems of words that say nothing of a clause's subject. */
  common: ReadonlySet<string>;
  annex: Pick<TenderFile, 'annex' | 'annexOf' | 'annexOwn'>;
}

const FOLDER = new URL('../../tender/', import.meta.url);
const CUES = [
  'untestable',
  'certificate',
  'scope',
  'organisation',
  'compatible',
  'equivalent',
  'value',
  'party',
  'wish',
  'make',
  'hosted',
  'flowDown',
  'staff',
  'able',
  'held',
  'shown',
  'refused',
  'inspection',
  'ownHosting',
  'supported',
  'lasting',
  'delivered',
] as const;
const loaded = new Map<TenderLanguage, TenderWords>();

export function isTenderLanguage(language: string | null): language is TenderLanguage {
  return (TENDER_LANGUAGES as readonly (string | null)[]).includes(language);
}

/** The words of a language, read once. */
export function loadTenderWords(language: TenderLanguage): TenderWords {
  const known = loaded.get(language);
  if (known) return known;
  const file = read<TenderFile>(`${language}.yaml`);
  const terms: Term<TenderSign>[] = [];
  const add = (words: readonly string[], label: TenderSign): void => {
    for (const text of words.flatMap(spelledOut)) terms.push({ text, label });
  };
  for (const cue of CUES) add(file[cue], { cue, value: '' });
  for (const cue of ['severity', 'stage', 'type'] as const) {
    const groups = { severity: file.severities, stage: file.stages, type: file.types }[cue];
    for (const [value, words] of Object.entries(groups)) add(words, { cue, value });
  }
  add(read<string[]>('brands.yaml'), { cue: 'brand', value: '' });
  const { annex, annexOf, annexOwn } = file;
  const words = {
    language,
    matcher: new TermMatcher(terms),
    durations: new DurationFinder(file.durations),
    binding: new RegExp(file.binding.join('|'), 'iu'),
    telling: new RegExp(file.telling.join('|'), 'iu'),
    demandHead: new RegExp(file.demandHead.join('|'), 'iu'),
    demandMark: wholeCell(file.demandMark),
    demandLabel: new RegExp(
      `^\\s*(?:${file.demandLabel.map(literal).join('|')})\\s*[\\p{L}\\d.-]{0,8}\\s*[:–—|]`,
      'iu',
    ),
    wishMark: wholeCell(file.wishMark),
    common: commonStems(file),
    annex: { annex, annexOf, annexOwn },
  };
  loaded.set(language, words);
  return words;
}

function wholeCell(words: readonly string[]): RegExp {
  return new RegExp(`^(?:${words.map(literal).join('|')})$`, 'iu');
}

/** Function words, parties and units of time. */
function commonStems({ common, party, durations, wish }: TenderFile): Set<string> {
  const words = [...common, ...party, ...Object.values(durations.units).flat(), ...durations.working, ...wish];
  return new Set(
    words
      .flatMap(spelledOut)
      .flatMap((word) => word.split(/[^\p{L}]+/u))
      .map(stemOf),
  );
}

function read<T>(name: string): T {
  return readContent(new URL(name, FOLDER)) as T;
}
