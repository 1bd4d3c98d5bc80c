/** Exact fractions of whole numbers, so that no digit of a score depends on how a computer rounds. */
export interface Ratio {
  n: bigint;
  /** Above zero. */
  d: bigint;
}

export const ZERO: Ratio = { n: 0n, d: 1n };
export const ONE: Ratio = { n: 1n, d: 1n };

/** In lowest terms. @throws RangeError for a denominator of zero. */
export function ratio(n: bigint, d: bigint): Ratio {
  if (d === 0n) throw new RangeError('A fraction with the denominator zero.');
  const sign = d < 0n ? -1n : 1n;
  const shared = divisor(n < 0n ? -n : n, d * sign);
  return { n: (n * sign) / shared, d: (d * sign) / shared };
}

function divisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

export const add = (a: Ratio, b: Ratio): Ratio => ratio(a.n * b.d + b.n * a.d, a.d * b.d);
export const subtract = (a: Ratio, b: Ratio): Ratio => ratio(a.n * b.d - b.n * a.d, a.d * b.d);
export const multiply = (a: Ratio, b: Ratio): Ratio => ratio(a.n * b.n, a.d * b.d);

/** Below, at or above zero as a is less than, equal to or greater than b. */
export function compare(a: Ratio, b: Ratio): number {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function clamp(one: Ratio): Ratio {
  if (one.n < 0n) return ZERO;
  return one.n > one.d ? ONE : one;
}

/** The greatest whole number not above it. */
export function floor({ n, d }: Ratio): bigint {
  const whole = n / d;
  return n < 0n && whole * d !== n ? whole - 1n : whole;
}

/** Rounded half up, in units of 10^-digits. */
export function unitsOf({ n, d }: Ratio, digits: number): bigint {
  return floor({ n: 2n * n * 10n ** BigInt(digits) + d, d: 2n * d });
}

/** Units of 10^-digits as printed: 8733 with two digits is 87.33. */
export function printed(units: bigint, digits: number): string {
  const sign = units < 0n ? '-' : '';
  const text = (units < 0n ? -units : units).toString().padStart(digits + 1, '0');
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** `7/3`: how a fraction is kept in JSON. */
export const ratioText = ({ n, d }: Ratio): string => `${n}/${d}`;
