import type { z } from 'zod';
import { type Code, message } from './messages.ts';
import type { Language } from './purchase/purchase.ts';

type Values = Record<string, string | number>;

/** How a value of that form looks; ids of formats as zod names them. */
const LOOKS: Readonly<Record<string, string>> = {
  date: '2026-01-31',
  datetime: '2026-01-31T11:00:00Z',
  email: 'name@example.org',
  url: 'https://example.org',
  uuid: '123e4567-e89b-42d3-a456-426614174000',
};

/**
 * What is wrong with a value, as the name of its message (`problem`) and what fills that. The issue must have been made with `reportInput`, else
 * a field that is missing looks like one of another kind.
 */
export function inputProblem(issue: z.core.$ZodIssue | undefined): Values {
  switch (issue?.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? named('input-missing')
        : named('input-wrong-type', { expected: issue.expected });
    case 'invalid_value':
      return named('input-not-one-of', { choices: issue.values.join(', ').slice(0, 400) });
    case 'unrecognized_keys':
      return named('input-unknown-field', { fields: issue.keys.join(', ').slice(0, 200) });
    case 'invalid_format':
      return LOOKS[issue.format] === undefined
        ? named('input-bad-text')
        : named('input-bad-form', { form: LOOKS[issue.format] ?? '' });
    case 'too_big':
      return named(BIG[kindOf(issue.origin)], { limit: Number(issue.maximum) });
    case 'too_small':
      if (issue.origin === 'string' && Number(issue.minimum) === 1) return named('input-missing');
      return named(SMALL[kindOf(issue.origin)], { limit: Number(issue.minimum) });
    case 'custom':
      return named('input-bad-text');
    default:
      return named('input-other');
  }
}

/** What `inputProblem` found, as part of a sentence. */
export function inputProblemText(values: Readonly<Values>, language: Language): string {
  return message(values.problem as Code, language, values);
}

const BIG = { text: 'input-too-long', list: 'input-too-many', number: 'input-too-large' } as const;
const SMALL = { text: 'input-too-short', list: 'input-too-few', number: 'input-too-small' } as const;

const kindOf = (origin: string): keyof typeof BIG =>
  origin === 'string' ? 'text' : ['array', 'set', 'map'].includes(origin) ? 'list' : 'number';

const named = (problem: Code, values: Values = {}): Values => ({ problem, ...values });
