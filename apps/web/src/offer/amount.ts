/**
 * Money as people write it, in cents; null for anything else. Thousands may be set off by blanks, points, commas or apostrophes: a sign that
 * comes last with one or two digits after it is the decimal one. Below a hundred billion, so that cents stay exact.
 */
export function centsOf(written: string): number | null {
  const text = written.replace(/[\s\u00a0\u202f€'’]/g, '');
  const found = /^(\d[\d.,]*?)(?:[.,](\d{1,2}))?$/.exec(text);
  if (!found) return null;
  const [, whole = '', cents = ''] = found;
  if (!/^(\d+|\d{1,3}(\.\d{3})+|\d{1,3}(,\d{3})+)$/.test(whole)) return null;
  const digits = whole.replace(/[.,]/g, '');
  return digits.length > 10 ? null : Number(digits) * 100 + Number(cents.padEnd(2, '0'));
}
