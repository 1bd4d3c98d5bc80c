import { ALERT, MESSAGE, RECORD, VERSIONS } from './protocol.ts';
import { readServerHello } from './server-hello.ts';

export interface Message {
  type: number;
  body: Uint8Array;
}

export interface Alert {
  /** 1 warning, 2 fatal. TLS 1.3 gives it no meaning (RFC 8446 section 6). */
  level: number;
  description: number;
}

/** No message of a first flight needs more; a Certificate of 64 KB is known to exist. */
const MESSAGE_LIMIT = 128 * 1024;
const MESSAGES_LIMIT = 32;
const ALERTS_LIMIT = 16;
/** A plain record holds 2^14 bytes, an encrypted one up to 2048 more (RFC 5246 section 6.2.3). */
const RECORD_LIMIT = 2 ** 14 + 2048;

/**
 * Cuts what a server sends, in whatever pieces it comes, into records and handshake messages (RFC 5246 section 6.2.1, RFC 8446 section 5.1),
 * up to the end of its first flight. Each byte is looked at once; what is kept is bounded by the caller's limit on bytes.
 */
export class RecordCutter {
  readonly messages: Message[] = [];
  readonly alerts: Alert[] = [];
  /** What is wrong with the bytes; nothing is read after it. */
  fault: string | null = null;
  /** A record came that is no more in the clear. */
  encrypted = false;
  /** The server has said all it says before the client must speak: a whole flight, or a fatal alert. */
  done = false;
  #records = new Pile();
  #handshake = new Pile();

  push(bytes: Uint8Array): void {
    if (this.done || this.fault) return;
    this.#records.add(bytes);
    while (!this.done && !this.fault && this.#record());
  }

  /** Takes one whole record; false where there is none yet. */
  #record(): boolean {
    const head = this.#records.peek(5);
    if (!head) {
      const first = this.#records.peek(1)?.[0];
      if (first !== undefined && (first < RECORD.changeCipherSpec || first > RECORD.applicationData)) {
        this.fault = 'no TLS record';
      }
      return false;
    }
    const [type = 0, major = 0, , high = 0, low = 0] = head;
    const length = high * 256 + low;
    if (type < RECORD.changeCipherSpec || type > RECORD.applicationData || major !== 3) this.fault = 'no TLS record';
    else if (length > RECORD_LIMIT) this.fault = `a record of ${length} bytes`;
    if (this.fault) return false;
    const record = this.#records.peek(5 + length);
    if (!record) return false;
    this.#records.drop(5 + length);
    const body = record.subarray(5);
    if (type === RECORD.alert) this.#alert(body);
    else if (type === RECORD.handshake) this.#messages(body);
    else this.encrypted = this.done = true;
    return true;
  }

  #alert(body: Uint8Array): void {
    const [level = 0, description = 0] = body;
    if (body.length !== 2) this.fault = `an alert of ${body.length} bytes`;
    else this.alerts.push({ level, description });
    if (level === 2 || description === ALERT.closeNotify) this.done = true;
    if (this.alerts.length >= ALERTS_LIMIT) this.fault = 'too many alerts';
  }

  #messages(body: Uint8Array): void {
    if (body.length === 0) this.fault = 'an empty handshake record';
    this.#handshake.add(body);
    while (!this.done && !this.fault) {
      const head = this.#handshake.peek(4);
      if (!head) return;
      const [type = 0, high = 0, middle = 0, low = 0] = head;
      const length = (high * 256 + middle) * 256 + low;
      if (length > MESSAGE_LIMIT) {
        this.fault = `a message of ${length} bytes`;
        return;
      }
      const message = this.#handshake.peek(4 + length);
      if (!message) return;
      this.#handshake.drop(4 + length);
      const body = message.subarray(4);
      this.messages.push({ type, body });
      if (type === MESSAGE.serverHelloDone || (type === MESSAGE.serverHello && isTls13(body))) {
        this.done = true;
      }
      if (this.messages.length >= MESSAGES_LIMIT && !this.done) this.fault = 'too many messages';
    }
  }
}

/** Whether a ServerHello settles TLS 1.3: what follows it is encrypted, or wanted only after a second ClientHello. */
function isTls13(body: Uint8Array): boolean {
  try {
    return readServerHello(body).version === VERSIONS['TLS 1.3'];
  } catch {
    return false;
  }
}

const NOTHING = new Uint8Array();

/**
 * Bytes that come at one end and go at the other; grows by doubling, so that many small pieces cost no more than one large one. What is there
 * is never written over: views of it stay as they are.
 */
class Pile {
  #bytes: Uint8Array = NOTHING;
  #from = 0;
  #to = 0;

  add(more: Uint8Array): void {
    // Most answers come in one piece, which is read where it lies.
    if (this.#from === this.#to) {
      this.#bytes = more;
      this.#from = 0;
      this.#to = more.length;
      return;
    }
    if (this.#to + more.length > this.#bytes.length) {
      const kept = this.#bytes.subarray(this.#from, this.#to);
      const room = new Uint8Array(Math.max(1024, 2 * (kept.length + more.length)));
      room.set(kept);
      this.#bytes = room;
      this.#to = kept.length;
      this.#from = 0;
    }
    this.#bytes.set(more, this.#to);
    this.#to += more.length;
  }

  /** A view of the next bytes; null where there are fewer. */
  peek(count: number): Uint8Array | null {
    return this.#to - this.#from < count ? null : this.#bytes.subarray(this.#from, this.#from + count);
  }

  drop(count: number): void {
    this.#from += count;
  }
}
