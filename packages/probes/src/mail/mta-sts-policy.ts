import { stripBlanks } from './blanks.ts';
import { canonical } from './lookup.ts';

export type StsMode = 'enforce' | 'testing' | 'none';

/** A policy file (RFC 8461 section 3.2). */
export interface StsPolicy {
  mode: StsMode | null;
  /** Seconds. */
  maxAge: number | null;
  /** Patterns as written, in lower case. */
  mx: string[];
  problems: {
    code: 'not-a-field' | 'version' | 'mode' | 'max-age' | 'mx' | 'no-mx' | 'duplicate' | 'characters';
    line: number;
  }[];
}

/** The longest life that a policy may have, in seconds (RFC 8461 section 3.2). */
export const LONGEST_AGE = 31_557_600;
const LABEL = '[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?';
const PATTERN = new RegExp(`^(?:\\*\\.)?${LABEL}(?:\\.${LABEL})+$`);

/**
 * Reads a policy. Of a field that stands twice the first counts; unknown fields are passed over (RFC 8461 section 3.2). Any problem but
 * `duplicate` makes it no policy to those who follow the grammar.
 */
export function parseStsPolicy(text: string): StsPolicy {
  const policy: StsPolicy = { mode: null, maxAge: null, mx: [], problems: [] };
  const fields = new Map<string, string>();
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  lines.forEach((written, at) => {
    const line = at + 1;
    const [, name, rest = ''] = /^([A-Za-z0-9][A-Za-z0-9_.-]{0,31}):(.*)$/.exec(written) ?? [];
    // Blanks are cut by hand: a pattern for both ends takes time that grows with their square.
    const value = stripBlanks(rest);
    if (name === undefined) policy.problems.push({ code: 'not-a-field', line });
    else if (name === 'mx') readPattern(value.toLowerCase(), line, policy);
    else if (fields.has(name)) policy.problems.push({ code: 'duplicate', line });
    else fields.set(name, value);
    if (/[^\t -~]/.test(written)) policy.problems.push({ code: 'characters', line });
  });
  if (fields.get('version') !== 'STSv1') policy.problems.push({ code: 'version', line: 1 });
  const mode = fields.get('mode');
  if (mode === 'enforce' || mode === 'testing' || mode === 'none') policy.mode = mode;
  else policy.problems.push({ code: 'mode', line: 1 });
  const age = fields.get('max_age') ?? '';
  if (/^\d{1,10}$/.test(age) && Number(age) <= LONGEST_AGE) policy.maxAge = Number(age);
  else policy.problems.push({ code: 'max-age', line: 1 });
  if (policy.mode !== 'none' && policy.mx.length === 0) policy.problems.push({ code: 'no-mx', line: 1 });
  return policy;
}

function readPattern(value: string, line: number, policy: StsPolicy): void {
  if (PATTERN.test(value)) policy.mx.push(value);
  else policy.problems.push({ code: 'mx', line });
}

/** Whether an exchanger is one that a pattern names; a star stands for exactly one label (RFC 8461 section 4.1). */
export function matchesMx(pattern: string, host: string): boolean {
  const name = canonical(host);
  if (!pattern.startsWith('*.')) return canonical(pattern) === name;
  const dot = name.indexOf('.');
  return dot > 0 && name.slice(dot + 1) === canonical(pattern.slice(2));
}
