import { createHash } from 'node:crypto';
import type { Finding } from '../types.ts';

/**
 * What makes a finding the same one in a later version of the document: its rule, its words, the heading it stands under, and the
 * requirement it is about; not where it stands. Of several alike, the order counts.
 */
export function fingerprintsOf(
  findings: readonly (Finding & { path?: string; requirement?: string; absent?: true })[],
): string[] {
  const seen = new Map<string, number>();
  return findings.map(({ rule, text, section, path = '', requirement = '', absent }) => {
    const nearest = section.split(' › ').at(-1) ?? '';
    // A finding about what is absent hangs on no words of its own.
    const words = absent ? '' : plain(text).slice(0, 400);
    const name = path.slice(path.lastIndexOf('/') + 1);
    const key = [rule, requirement, name, words, words === '' ? '' : plain(nearest)].join('\u0000');
    const nth = seen.get(key) ?? 0;
    seen.set(key, nth + 1);
    return createHash('sha256').update(`${key}\u0000${nth}`).digest('hex').slice(0, 32);
  });
}

/** Numbers of clauses, blanks and case change from draft to draft. */
function plain(text: string): string {
  return text
    .replace(/^[\d.()a-z]{1,8}\s/i, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}
