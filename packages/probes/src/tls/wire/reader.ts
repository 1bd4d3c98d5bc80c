/** What is wrong with bytes from outside: they end too early, or a length or a value in them lies. */
export class WireError extends Error {
  override name = 'WireError';
}

/**
 * A cursor over bytes that never leaves them. Numbers are big-endian; a vector is a length of one, two or three bytes and that many bytes
 * (RFC 8446 section 3.4). @throws WireError where there are fewer bytes than a read asks for.
 */
export class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  /** The next bytes, as a view: nothing is copied. */
  take(count: number): Uint8Array {
    if (count > this.left) throw new WireError(`${count} bytes were announced and ${this.left} are there`);
    const taken = this.#bytes.subarray(this.#at, this.#at + count);
    this.#at += count;
    return taken;
  }

  /** An unsigned number of that many bytes, at most four. */
  number(bytes: 1 | 2 | 3 | 4): number {
    if (bytes > this.left) throw new WireError(`${bytes} bytes were announced and ${this.left} are there`);
    let value = 0;
    for (const end = this.#at + bytes; this.#at < end; this.#at += 1)
      value = value * 256 + (this.#bytes[this.#at] ?? 0);
    return value;
  }

  vector(lengthBytes: 1 | 2 | 3): Uint8Array {
    return this.take(this.number(lengthBytes));
  }

  /** A vector of numbers, such as a list of suites. */
  numbers(lengthBytes: 1 | 2, each: 1 | 2): number[] {
    const list = new Reader(this.vector(lengthBytes));
    const found: number[] = [];
    while (list.left > 0) found.push(list.number(each));
    return found;
  }

  rest(): Uint8Array {
    return this.take(this.left);
  }

  /** @throws WireError where something follows that nobody announced. */
  end(): void {
    if (this.left > 0) throw new WireError(`${this.left} bytes follow that nothing announces`);
  }
}
