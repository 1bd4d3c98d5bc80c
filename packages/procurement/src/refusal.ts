import type { Code } from './messages.ts';

/** Why a command was not carried out: a message id with what fills it. The words are in `messages/`, in four languages. */
export interface Refusal {
  refused: true;
  code: Code;
  /** The field or subject that is meant, as `input.closing` or a requirement's id. */
  where?: string;
  values: Record<string, string | number>;
}

export function refuse(code: Code, values: Record<string, string | number> = {}, where?: string): Refusal {
  return { refused: true, code, ...(where === undefined ? {} : { where }), values };
}

export function isRefusal(one: unknown): one is Refusal {
  return typeof one === 'object' && one !== null && (one as Refusal).refused === true;
}
