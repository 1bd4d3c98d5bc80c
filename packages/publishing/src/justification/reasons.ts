import type { DemandFile, Exclusion, Language, Note, Reason, Requirement } from '@proviso/catalogue';
import { say, wordsOf } from '../messages.ts';
import type { Terms } from '../terms.ts';
import { needText } from './matrix.ts';

/** A reason for a requirement in words: risk and need, law and article, or the scope of a standard. */
export function reasonInWords(reason: Reason, { catalogue }: DemandFile, language: Language, terms: Terms): string {
  const words = wordsOf('justification', language);
  switch (reason.kind) {
    case 'risk':
      return say(words, reason.only ? 'reason-risk-only' : 'reason-risk', {
        need: needText({ catalogue }, reason.risk, reason.need, language),
        title: catalogue.risks.find(({ id }) => id === reason.risk)?.title[language] ?? reason.risk,
        risk: reason.risk,
        rating: terms.rating(reason.rating),
      });
    case 'law':
      return say(words, 'reason-law', {
        law: lawName(catalogue, reason.law, language),
        ref: reason.ref,
        level: terms.level(reason.level),
      });
    case 'standard': {
      const entry = catalogue.standards.find(({ id }) => id === reason.standard);
      return say(words, 'reason-standard', {
        standard: entry?.title[language] ?? reason.standard,
        scope: entry?.scope[language] ?? '',
      });
    }
    case 'own':
      return reason.types === null
        ? say(words, 'reason-own')
        : say(words, 'reason-own-types', { types: typeNames(catalogue, reason.types, language) });
    case 'added':
      return say(words, 'reason-added');
  }
}

/** Why a requirement of the catalogue is not asked for, a sentence each. */
export function exclusionInWords(
  exclusion: Exclusion,
  { catalogue }: DemandFile,
  language: Language,
  terms: Terms,
): string[] {
  const words = wordsOf('justification', language);
  switch (exclusion.kind) {
    case 'not-applicable':
      return [say(words, `out-${exclusion.because}`)];
    case 'answered-otherwise':
      return [say(words, 'out-otherwise', { by: exclusion.by.join(', ') })];
    case 'not-asked':
      return exclusion.types === null
        ? [say(words, 'out-not-asked')]
        : [say(words, 'out-not-asked-types', { types: typeNames(catalogue, exclusion.types, language) })];
    case 'left-out':
      return [say(words, 'out-left', { number: exclusion.departure + 1 })];
    case 'no-need': {
      const absent = exclusion.risks.filter(({ rating }) => rating === null).map(({ risk }) => risk);
      const present = exclusion.risks.flatMap(({ risk, rating, from }) =>
        rating === null ? [] : [{ risk, rating, from }],
      );
      return [
        say(words, 'out-no-need'),
        ...(absent.length > 0 ? [say(words, 'out-absent', { risks: [...new Set(absent)].join(', ') })] : []),
        ...present.map(({ risk, rating, from }) =>
          RANK[rating] < RANK[from]
            ? say(words, 'out-lower', { risk, rating: terms.rating(rating), from: terms.rating(from) })
            : say(words, 'out-not-arising', { risk }),
        ),
      ];
    }
  }
}

const RANK = { low: 0, medium: 1, high: 2, critical: 3 } as const;

/** A note on proportion in words. */
export function noteInWords(
  one: Note,
  requirement: Requirement,
  { catalogue }: DemandFile,
  language: Language,
  terms: Terms,
): string {
  const words = wordsOf('justification', language);
  if (one.kind === 'capped-by-value') return say(words, 'capped-by-value', { from: terms.level(one.from) });
  return say(words, 'law-parameter', {
    law: lawName(catalogue, one.law, language),
    parameter: parameterLabel(requirement, one.parameter, language),
    value: measured(requirement, one.parameter, one.value, language),
  });
}

export function parameterLabel(requirement: Requirement, parameter: string, language: Language): string {
  return requirement.parameters.find(({ id }) => id === parameter)?.label[language] ?? parameter;
}

/** A value with the unit of its parameter. */
export function measured(requirement: Requirement, parameter: string, value: number, language: Language): string {
  const unit = requirement.parameters.find(({ id }) => id === parameter)?.unit;
  return `${value} ${unit === undefined ? '' : (wordsOf('units', language)[unit] ?? unit)}`.trim();
}

function typeNames({ vocabulary }: DemandFile['catalogue'], types: readonly string[], language: Language): string {
  return types.map((id) => vocabulary.types.find((one) => one.id === id)?.text[language] ?? id).join(', ');
}

function lawName(catalogue: DemandFile['catalogue'], law: string, language: Language): string {
  const entry = catalogue.laws.find(({ id }) => id === law);
  return entry ? `${entry.title[language]} (${entry.citation})` : law;
}
