import { stripBlanks } from '../mail/blanks.ts';

/** What a Strict-Transport-Security field says (RFC 6797 section 6.1). */
export interface Hsts {
  /** Seconds. */
  maxAge: number;
  includeSubDomains: boolean;
  /** Not in the RFC: asks for a place in the lists that browsers carry. */
  preload: boolean;
}

export type HstsProblem = 'syntax' | 'duplicate' | 'max-age';

const DIRECTIVE = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+)(?:[ \t]*=[ \t]*(?:"([^"\\]*)"|([!#$%&'*+\-.^_`|~0-9A-Za-z]+)))?$/;

/** Reads one field value. A faulty one counts for nothing, so there is either the whole or what is wrong with it. */
export function parseHsts(value: string): Hsts | HstsProblem {
  const seen = new Map<string, string | null>();
  for (const piece of value.split(';')) {
    const text = stripBlanks(piece);
    if (text === '') continue;
    const [, name, quoted, token] = DIRECTIVE.exec(text) ?? [];
    if (name === undefined) return 'syntax';
    if (seen.has(name.toLowerCase())) return 'duplicate';
    seen.set(name.toLowerCase(), quoted ?? token ?? null);
  }
  const age = seen.get('max-age');
  if (age == null || !/^\d+$/.test(age)) return 'max-age';
  // A directive without value that has one is passed over by browsers; taken for absent here.
  const bare = (name: string) => seen.get(name) === null;
  return {
    maxAge: Math.min(Number(age), Number.MAX_SAFE_INTEGER),
    includeSubDomains: bare('includesubdomains'),
    preload: bare('preload'),
  };
}
