import type { Reading } from '@proviso/reading';
import { type CodePair, cohensKappa, krippendorffAlpha, percentAgreement, weightedKappa } from './agreement.ts';
import { type Coding, keyOf, machineValue } from './codings.ts';
import { QUESTIONS, SCALES } from './report/client/scales.ts';
import type { Question, ReportAgreement, ReportConfirmation } from './report/data.ts';

type Confirmations = Map<string, Partial<Record<Question, ReportConfirmation>>>;

/**
 * What people settled on, by document and question. A settled code decides; else coders that all agree do, one coder alone included; where
 * coders differ the value is null. Codes made on another copy of the document (by its hash) confirm nothing of this one.
 * @param settled codes by whoever decides where coders differ.
 */
export function confirmationsOf(
  readings: readonly Reading[],
  codings: readonly Coding[],
  settled: readonly Coding[] = [],
): { confirmed: Confirmations; onEarlierCopies: number } {
  const copies = new Map(readings.map((reading) => [reading.source.path, reading.source.sha256]));
  const current = (coding: Coding): boolean =>
    coding.sha256 === '' ? copies.has(coding.document) : copies.get(coding.document) === coding.sha256;
  const confirmed: Confirmations = new Map();
  const put = (key: Coding, confirmation: ReportConfirmation): void => {
    confirmed.set(key.document, { ...confirmed.get(key.document), [key.question]: confirmation });
  };
  for (const group of groups(codings.filter(current))) {
    const first = group[0];
    if (!first) continue;
    const agreed = group.every((coding) => coding.value === first.value);
    put(first, {
      value: agreed ? first.value : null,
      coders: group.map((coding) => coding.coder),
      how: !agreed ? 'open' : group.length === 1 ? 'single' : 'agreed',
      quote: first.quote,
      note: group
        .map((coding) => coding.note)
        .filter(Boolean)
        .join(' / '),
    });
  }
  for (const coding of settled.filter(current))
    put(coding, {
      value: coding.value,
      coders: [coding.coder],
      how: 'settled',
      quote: coding.quote,
      note: coding.note,
    });
  const onEarlierCopies = [...codings, ...settled].filter((coding) => !current(coding)).length;
  return { confirmed, onEarlierCopies };
}

/**
 * Agreement for each question: between people, and of the machine with what they settled on. Cohen's kappas are of two coders; with
 * more, the mean over all pairs (Light 1971). Alpha takes all coders at once.
 */
export function agreementOf(
  readings: readonly Reading[],
  codings: readonly Coding[],
  settled: readonly Coding[] = [],
): ReportAgreement[] {
  const { confirmed } = confirmationsOf(readings, codings, settled);
  const known = new Set(readings.map((reading) => reading.source.path));
  return QUESTIONS.flatMap((question) => {
    const mine = codings.filter((coding) => coding.question === question && known.has(coding.document));
    const people = betweenPeople(question, mine);
    const pairs = readings.flatMap((reading): CodePair[] => {
      const machine = machineValue(reading, question);
      const value = confirmed.get(reading.source.path)?.[question]?.value;
      return machine === null || value == null ? [] : [[machine, value]];
    });
    const machine: ReportAgreement = {
      question,
      between: 'machine',
      units: pairs.length,
      percent: percentAgreement(pairs),
      kappa: cohensKappa(pairs),
      weightedKappa: weightedKappa(pairs, SCALES[question]),
      alpha: krippendorffAlpha(pairs, SCALES[question]),
    };
    return [people, machine].filter((row) => row.units > 0);
  });
}

function betweenPeople(question: Question, codings: readonly Coding[]): ReportAgreement {
  const scale = SCALES[question];
  const coders = [...new Set(codings.map((coding) => coding.coder))].sort();
  const units = groups(codings).map((group) =>
    coders.map((coder) => group.find((coding) => coding.coder === coder)?.value ?? null),
  );
  const pairings = coders.flatMap((_, a) =>
    coders.slice(a + 1).map((__, offset) =>
      units.flatMap((unit): CodePair[] => {
        const first = unit[a];
        const second = unit[a + 1 + offset];
        return first == null || second == null ? [] : [[first, second]];
      }),
    ),
  );
  return {
    question,
    between: 'people',
    units: units.filter((unit) => unit.filter((value) => value !== null).length >= 2).length,
    percent: percentAgreement(pairings.flat()),
    kappa: mean(pairings.map(cohensKappa)),
    weightedKappa: mean(pairings.map((pairs) => weightedKappa(pairs, scale))),
    alpha: krippendorffAlpha(units, scale),
  };
}

function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

function groups(codings: readonly Coding[]): Coding[][] {
  const byKey = new Map<string, Coding[]>();
  for (const coding of codings) {
    const group = byKey.get(keyOf(coding));
    if (group) group.push(coding);
    else byKey.set(keyOf(coding), [coding]);
  }
  return [...byKey.values()];
}
