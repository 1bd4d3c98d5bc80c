import { createInterface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';
import type { Catalogue, Language } from '@proviso/catalogue';
import type { MessageId, Say } from '../messages.ts';

type Vocabulary = Catalogue['vocabulary'];

interface Step {
  key: string;
  ask: MessageId;
  /** A list of the vocabulary, or a free answer. */
  list?: keyof Vocabulary;
  many?: true;
  kind?: 'text' | 'country' | 'months' | 'yes-no';
  /** What Enter alone means; absent where an answer is needed. */
  fallback?: unknown;
}

const STEPS: readonly Step[] = [
  { key: 'title', ask: 'askTitle', kind: 'text' },
  { key: 'buyer', ask: 'askBuyer', kind: 'text', fallback: '' },
  { key: 'country', ask: 'askCountry', kind: 'country' },
  { key: 'sector', ask: 'askSector', list: 'sectors' },
  { key: 'kinds', ask: 'askKinds', list: 'kinds', many: true },
  { key: 'types', ask: 'askTypes', list: 'types', many: true },
  { key: 'services', ask: 'askServices', list: 'services', many: true },
  { key: 'assets', ask: 'askAssets', list: 'assets', many: true },
  { key: 'criticality', ask: 'askCriticality', list: 'criticality' },
  { key: 'exposure', ask: 'askExposure', list: 'exposure' },
  { key: 'personalData', ask: 'askPersonalData', list: 'personalData' },
  { key: 'remoteAccess', ask: 'askRemoteAccess', list: 'remoteAccess' },
  { key: 'hosting', ask: 'askHosting', list: 'hosting' },
  { key: 'development', ask: 'askDevelopment', list: 'development' },
  { key: 'alternatives', ask: 'askAlternatives', list: 'alternatives' },
  { key: 'ai', ask: 'askAi', kind: 'yes-no', fallback: false },
  { key: 'contractMonths', ask: 'askContractMonths', kind: 'months', fallback: 48 },
  { key: 'valueBand', ask: 'askValueBand', list: 'valueBand' },
];

export interface Terminal {
  input: Readable;
  output: Writable;
}

/**
 * Asks for a purchase in plain words, one question at a time; `<` goes back. Numbered answers, so that it works with a screen reader and
 * in a pipe. Gives what `contextOf` takes, or null when the input ended before the last question.
 */
export async function interview(
  catalogue: Catalogue,
  language: Language,
  say: Say,
  { input, output }: Terminal,
): Promise<Record<string, unknown> | null> {
  const reader = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  const lines = reader[Symbol.asyncIterator]();
  const answers: Record<string, unknown> = { schema: 'proviso.context/1', language };
  const write = (text: string): void => {
    output.write(`${text}\n`);
  };
  write(say('interviewIntro'));
  try {
    for (let at = 0; at < STEPS.length; ) {
      const step = STEPS[at] as Step;
      const terms = step.list ? catalogue.vocabulary[step.list] : [];
      write(`\n${at + 1}/${STEPS.length}  ${say(step.ask)}`);
      terms.forEach(({ text }, i) => {
        write(`  ${String(i + 1).padStart(2)}  ${text[language]}`);
      });
      write(hintOf(step, say));
      output.write('> ');
      const { value, done } = await lines.next();
      if (done) return null;
      const typed = value.trim();
      if (typed === '<') {
        at = Math.max(0, at - 1);
        continue;
      }
      const answer = answerOf(
        step,
        typed,
        terms.map(({ id }) => id),
      );
      if (answer === undefined) {
        write(say('askAgain'));
        continue;
      }
      if (answer === '') delete answers[step.key];
      else answers[step.key] = answer;
      at += 1;
    }
  } finally {
    reader.close();
  }
  return answers;
}

function hintOf(step: Step, say: Say): string {
  if (step.list) return say(step.many ? 'hintMany' : 'hintOne');
  if (step.kind === 'country') return say('hintCountry');
  if (step.kind === 'yes-no') return say('hintYesNo');
  if (step.kind === 'months') return say('hintMonths');
  return say(step.fallback === undefined ? 'hintText' : 'hintOptional');
}

/** The answer as the context holds it; undefined where it cannot be one. */
function answerOf(step: Step, typed: string, ids: readonly string[]): unknown {
  if (typed === '') return step.fallback;
  if (step.list) {
    const chosen = typed
      .split(/[\s,;]+/)
      .filter((part) => part !== '')
      .map((part) => ids[Number(part) - 1] ?? ids.find((id) => id === part));
    if (chosen.length === 0 || chosen.includes(undefined)) return undefined;
    if (step.many) return [...new Set(chosen)];
    return chosen.length === 1 ? chosen[0] : undefined;
  }
  if (step.kind === 'country') return /^[a-z]{2}$/i.test(typed) ? typed.toUpperCase() : undefined;
  if (step.kind === 'yes-no') return yesOrNo(typed);
  if (step.kind === 'months') {
    const months = Number(typed);
    return Number.isInteger(months) && months >= 1 && months <= 600 ? months : undefined;
  }
  return typed;
}

/** Yes and no in the four languages, by their first letters. */
function yesOrNo(typed: string): boolean | undefined {
  if (/^(y|yes|o|oui|j|ja)$/i.test(typed)) return true;
  if (/^(n|no|non|nee|nein)$/i.test(typed)) return false;
  return undefined;
}
