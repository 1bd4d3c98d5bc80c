/** The fields of RFC 7919 appendix A: length in bits, and the X of the formula. */
const FIELDS: readonly (readonly [name: string, bits: number, x: bigint])[] = [
  ['ffdhe2048', 2048, 560316n],
  ['ffdhe3072', 3072, 2625351n],
  ['ffdhe4096', 4096, 5736041n],
  ['ffdhe6144', 6144, 15705020n],
  ['ffdhe8192', 8192, 10965728n],
];

let moduli: Map<string, string> | null = null;

/** Which field of RFC 7919 a modulus (hexadecimal, lower case) and generator are; null for a field of the server's own. */
export function ffdheName(modulus: string, generator: string): string | null {
  moduli ??= new Map(FIELDS.map(([name, bits, x]) => [modulusOf(bits, x), name]));
  return generator === '2' ? (moduli.get(modulus) ?? null) : null;
}

/** p = 2^b - 2^(b-64) + ([2^(b-130) e] + X) 2^64 - 1 (RFC 7919 appendix A). */
function modulusOf(bits: number, x: bigint): string {
  const b = BigInt(bits);
  return (2n ** b - 2n ** (b - 64n) + (euler(b - 130n) + x) * 2n ** 64n - 1n).toString(16);
}

/** The whole part of 2^bits times e: the sum of 1/n!, with 64 bits to spare for what each division loses. */
function euler(bits: bigint): bigint {
  let term = 2n ** (bits + 64n);
  let sum = 0n;
  for (let n = 1n; term > 0n; n += 1n) {
    sum += term;
    term /= n;
  }
  return sum >> 64n;
}
