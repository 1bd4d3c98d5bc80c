import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { crossCheck } from './cross-check.ts';
import { type OwnEntry, type OwnFaultCode, ownEntry, type Spoken } from './own-entry.ts';
import { LANGUAGES, type Language, PHASES } from './scales.ts';
import { type Catalogue, type Requirement, type Risk, requirement, type Text } from './schema.ts';

/** An organisation's own requirement as it is kept. */
export interface KeptOwn {
  id: string;
  version: number;
  /** Day on which it was retired; null while it stands. */
  retired: string | null;
  /** An `OwnEntry`, which is checked here. */
  entry: unknown;
}

/** What keeps an own requirement out of the catalogue. */
export interface OwnFault {
  id: string;
  /** Where in the entry, as `words.nl.clause`. */
  where: string;
  code: OwnFaultCode;
  /** What the check says, for what has no words of its own. */
  message: string;
}

/**
 * The catalogue with what an organisation asks beside it, as a catalogue of its own with its own hash. It is checked as the catalogue is: by
 * the same schema and the same cross-check. What has a fault is left out, and the fault says why. Pure; without additions it is the very
 * catalogue that was given.
 */
export function withOwn(catalogue: Catalogue, kept: readonly KeptOwn[]): { catalogue: Catalogue; faults: OwnFault[] } {
  const faults: OwnFault[] = [];
  const taken = new Set(catalogue.requirements.map(({ id }) => id));
  const made = [...kept].sort(byId).flatMap((one): Made[] => {
    const found = madeFrom(one, catalogue, taken);
    if (Array.isArray(found)) {
      faults.push(...found);
      return [];
    }
    taken.add(one.id);
    return [found];
  });
  for (let merged = joined(catalogue, made); ; merged = joined(catalogue, made)) {
    const found: OwnFault[] = [];
    crossCheck(
      merged,
      (entry, path, message) => {
        const one = made.find(({ requirement: own }) => own === entry);
        if (one) found.push({ id: one.requirement.id, where: path.map(String).join('.'), code: 'wrong', message });
      },
      // Standards are named by the catalogue, whose wording knows where "or equivalent" must follow.
      () => false,
    );
    if (found.length === 0) return { catalogue: merged, faults };
    faults.push(...found);
    const bad = new Set(found.map(({ id }) => id));
    made.splice(0, made.length, ...made.filter(({ requirement: { id } }) => !bad.has(id)));
  }
}

/** A requirement with what its entry says beside it. */
interface Made {
  requirement: Requirement;
  risks: readonly string[];
  version: number;
}

/** What was sent as an entry, or everything that is wrong with it. */
export function readOwnEntry(value: unknown): { entry: OwnEntry } | { faults: Omit<OwnFault, 'id'>[] } {
  const read = ownEntry.safeParse(value, { reportInput: true });
  return read.success ? { entry: read.data } : { faults: read.error.issues.map(faultOf) };
}

function faultOf(issue: z.core.$ZodIssue): Omit<OwnFault, 'id'> {
  const params = issue.code === 'custom' ? (issue.params as { code?: OwnFaultCode } | undefined) : undefined;
  const said = CODES.find((code) => code === issue.message);
  const absent = issue.code === 'invalid_type' && issue.input === undefined;
  return {
    where: issue.path.map(String).join('.'),
    code: params?.code ?? said ?? (absent ? 'missing' : 'wrong'),
    message: issue.message,
  };
}
const CODES: readonly OwnFaultCode[] = ['missing', 'too-long', 'markup', 'characters', 'count', 'wrong'];

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);

function madeFrom(kept: KeptOwn, catalogue: Catalogue, taken: ReadonlySet<string>): Made | OwnFault[] {
  const fault = (where: string, code: OwnFaultCode, message: string): OwnFault => ({
    id: kept.id,
    where,
    code,
    message,
  });
  if (taken.has(kept.id)) return [fault('id', 'wrong', `the id "${kept.id}" is used twice`)];
  const read = readOwnEntry(kept.entry);
  if ('faults' in read) return read.faults.map((one) => ({ id: kept.id, ...one }));
  const { entry } = read;
  const lost = [
    ...entry.risks
      .filter((id) => !catalogue.risks.some((risk) => risk.id === id && !risk.retired))
      .map((id) => fault('risks', 'no-such-risk', id)),
    ...[entry.asked]
      .flat()
      .filter((id) => Array.isArray(entry.asked) && !catalogue.vocabulary.types.some((type) => type.id === id))
      .map((id) => fault('asked', 'no-such-type', id)),
  ];
  if (lost.length > 0) return lost;
  const whole = requirement.safeParse(asRequirement(kept, entry, catalogue));
  if (whole.success) return { requirement: whole.data, risks: entry.risks, version: kept.version };
  return whole.error.issues.map((issue) => ({ id: kept.id, ...faultOf(issue) }));
}

/** The fields of a catalogue entry, filled from what people write; where a language has no words, those of the first stand in. */
function asRequirement(kept: KeptOwn, entry: OwnEntry, { own }: Catalogue): z.input<typeof requirement> {
  const { question, language } = entry;
  const first = entry.words[language] as Spoken;
  const inAll = (words: (said: Spoken, language: Language) => string): Text =>
    Object.fromEntries(LANGUAGES.map((one) => [one, words(entry.words[one] ?? first, one)])) as Text;
  const title = inAll((said, one) =>
    entry.words[one] ? said.title : `${said.title} [${own.writtenIn[language][one]}]`,
  );
  const sentence = (at: number): Text => inAll(({ sentences }) => sentences[Math.min(at, sentences.length - 1)] ?? '');
  const written = LANGUAGES.filter((one) => entry.words[one]);
  return {
    id: kept.id,
    since: 'own',
    ...(kept.retired === null ? {} : { retired: kept.retired }),
    title,
    who: 'supplier',
    modal: 'must',
    applies: entry.applies,
    phases: [...PHASES],
    burden: entry.burden,
    knockout: entry.knockout,
    origin: { kind: 'own', source: `${kept.id} v${kept.version}`, confidence: 'high' },
    anchors: [],
    standards: [],
    // Its sentences are whole: nothing is put together from these two.
    action: title,
    result: title,
    levels: { basic: sentence(0), standard: sentence(1), advanced: sentence(2) },
    parameters:
      question.answer === 'number'
        ? [
            {
              id: MEASURE,
              label: inAll(({ measure }) => measure ?? ''),
              unit: question.unit,
              range: question.range,
              values: question.values,
            },
          ]
        : [],
    why: inAll(({ why }) => why),
    question: {
      text: inAll((said) => said.question),
      answer: question.answer,
      ...(question.answer === 'choice'
        ? {
            choices: question.choices.map((meets, i) => ({
              id: `choice-${i + 1}`,
              text: inAll(({ choices }) => choices[i] ?? ''),
              meets,
            })),
          }
        : {}),
      ...(question.answer === 'number' ? { unit: MEASURE, better: question.better } : {}),
    },
    evidence: entry.evidence.map((type, i) => ({ type, text: inAll((said) => said.evidence[i] ?? '') })),
    checks: [],
    clause: {
      text: inAll(({ clause }) => clause),
      remedy: inAll(({ remedy }, one) => remedy ?? own.remedy[one]),
    },
    acceptance: inAll(({ acceptance }, one) => acceptance ?? own.acceptance[one]),
    exit: first.exit === null ? null : inAll(({ exit }) => exit ?? ''),
    crosswalk: [],
    phrases: Object.fromEntries(
      LANGUAGES.map((one) => [one, phrasesOf(entry.words[one] ?? first)]),
    ) as Requirement['phrases'],
    // Whoever wrote it answers for it: it is nobody's draft translation.
    reviewed: { en: 'own', fr: 'own', nl: 'own', de: 'own' },
    own: {
      asked: entry.asked,
      languages: [language, ...written.filter((one) => one !== language)],
      version: kept.version,
    },
  };
}

/** Of a number's measure, as the mark `{measure}` in the texts names it. */
const MEASURE = 'measure';

/** The organisation's own words, or its title where it gave none; their joints mean nothing in a title. */
function phrasesOf({ phrases, title }: Spoken): string[] {
  return phrases.length > 0 ? phrases : [title.replace(/[&|*{}]/g, ' ').trim() || title];
}

/** A risk needs what the organisation wrote to answer it: a need of its own, so that nothing of the catalogue drops out for it. */
function joined(catalogue: Catalogue, made: readonly Made[]): Catalogue {
  if (made.length === 0) return catalogue;
  const answering = made.filter(({ requirement: { retired } }) => !retired);
  const risks = catalogue.risks.map((risk): Risk => {
    const needs = answering
      .filter((one) => one.risks.includes(risk.id))
      .map(({ requirement: { id, title } }) => ({
        id: id.toLowerCase(),
        text: title,
        from: 'low' as const,
        answers: [id],
      }));
    return needs.length === 0 ? risk : { ...risk, needs: [...risk.needs, ...needs] };
  });
  // Every change is a version, and nothing is deleted, so that the sum only grows.
  const revision = made.reduce((sum, { version }) => sum + version, 0);
  return {
    ...catalogue,
    edition: { ...catalogue.edition, edition: `${catalogue.edition.edition}+own.${revision}` },
    hash: createHash('sha256')
      .update(JSON.stringify([catalogue.hash, made]))
      .digest('hex'),
    requirements: [...catalogue.requirements, ...made.map(({ requirement: own }) => own)],
    risks,
  };
}
