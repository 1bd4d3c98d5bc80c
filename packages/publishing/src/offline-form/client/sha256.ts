/** SHA-256 of a text in UTF-8, as 64 hexadecimal digits. */
export async function sha256(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  // A page from disk is no secure context in every browser, and then there is no `subtle`.
  const { subtle } = globalThis.crypto as { subtle?: typeof globalThis.crypto.subtle };
  const digest = subtle ? new Uint8Array(await subtle.digest('SHA-256', bytes)) : sha256Digest(bytes);
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** FIPS 180-4, section 6.2. */
export function sha256Digest(bytes: Uint8Array): Uint8Array {
  const { roundConstants, hash } = constants();
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(padded.length - 8, BigInt(bytes.length) * 8n);
  const words = new Uint32Array(64);
  for (let block = 0; block < padded.length; block += 64) {
    for (let t = 0; t < 64; t += 1) words[t] = t < 16 ? view.getUint32(block + t * 4) : nextWord(words, t);
    addRound(hash, words, roundConstants);
  }
  const digest = new DataView(new ArrayBuffer(32));
  hash.forEach((word, i) => {
    digest.setUint32(i * 4, word);
  });
  return new Uint8Array(digest.buffer);
}

const turn = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

function nextWord(words: Uint32Array, t: number): number {
  const at = (back: number): number => words[t - back] ?? 0;
  const low = turn(at(15), 7) ^ turn(at(15), 18) ^ (at(15) >>> 3);
  const high = turn(at(2), 17) ^ turn(at(2), 19) ^ (at(2) >>> 10);
  return at(16) + low + at(7) + high;
}

function addRound(hash: Uint32Array, words: Uint32Array, roundConstants: Uint32Array): void {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash;
  for (let t = 0; t < 64; t += 1) {
    const choice = (e & f) ^ (~e & g);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const first =
      (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + choice + (roundConstants[t] ?? 0) + (words[t] ?? 0)) | 0;
    const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + majority) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => {
    hash[i] = (hash[i] ?? 0) + word;
  });
}

/** The first 32 bits of the fractions of the roots of the first primes: cube roots for the rounds, square roots for the start. */
function constants(): { roundConstants: Uint32Array; hash: Uint32Array } {
  const primes: number[] = [];
  for (let n = 2; primes.length < 64; n += 1) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  const fraction = (root: number): number => Math.floor((root % 1) * 2 ** 32);
  return {
    roundConstants: Uint32Array.from(primes, (prime) => fraction(Math.cbrt(prime))),
    hash: Uint32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime))),
  };
}
