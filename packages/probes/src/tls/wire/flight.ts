import { type KeyExchange, readKeyExchange } from './key-exchange.ts';
import { ALERT, MESSAGE, VERSIONS } from './protocol.ts';
import { Reader, WireError } from './reader.ts';
import { type Alert, type Message, RecordCutter } from './records.ts';
import { readServerHello, type ServerHello } from './server-hello.ts';

/** What a server answered to a ClientHello, as far as it is in the clear. */
export interface Flight {
  hello: ServerHello | null;
  /** Certificates as sent, in that order, DER. Before TLS 1.3 only: later they are encrypted. */
  certificates: Uint8Array[];
  /** The OCSP response that was stapled (RFC 6066 section 8), DER. */
  stapled: Uint8Array | null;
  keyExchange: KeyExchange | null;
  clientCertificateWanted: boolean;
  /** The whole flight is there: ServerHelloDone, or a hello that settles TLS 1.3. */
  complete: boolean;
  /** The alert that ended it, by its number. A warning is none. */
  refusal: number | null;
  /** What is wrong with the bytes. What was read before it stays. */
  fault: string | null;
}

/** Reads all that a server sent on one connection. Total: bad bytes give a fault, never an exception. */
export function readFlight(bytes: Uint8Array): Flight {
  const cutter = new RecordCutter();
  cutter.push(bytes);
  return flightOf(cutter);
}

/** The flight that the records cut so far make. */
export function flightOf({ messages, alerts, fault }: RecordCutter): Flight {
  const flight: Flight = {
    hello: null,
    certificates: [],
    stapled: null,
    keyExchange: null,
    clientCertificateWanted: false,
    complete: false,
    refusal: refusalOf(alerts),
    fault,
  };
  try {
    for (const message of messages) read(message, flight);
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    flight.fault ??= cause.message;
  }
  return flight;
}

function read({ type, body }: Message, flight: Flight): void {
  if (type === MESSAGE.serverHello) {
    if (flight.hello) throw new WireError('a second ServerHello');
    flight.hello = readServerHello(body);
    flight.complete = flight.hello.version === VERSIONS['TLS 1.3'];
    return;
  }
  const { hello } = flight;
  if (!hello) throw new WireError(`message ${type} before a ServerHello`);
  if (type === MESSAGE.certificate) {
    const list = new Reader(new Reader(body).vector(3));
    while (list.left > 0) flight.certificates.push(list.vector(3));
  } else if (type === MESSAGE.certificateStatus) {
    const status = new Reader(body);
    if (status.number(1) === 1) flight.stapled = status.vector(3);
  } else if (type === MESSAGE.serverKeyExchange) {
    flight.keyExchange = readKeyExchange(body, hello.suite, hello.version);
  } else if (type === MESSAGE.certificateRequest) flight.clientCertificateWanted = true;
  else if (type === MESSAGE.serverHelloDone) flight.complete = true;
}

/** Warnings such as `unrecognized_name` let the handshake go on (RFC 6066 section 3); a fatal alert ends it. */
function refusalOf(alerts: readonly Alert[]): number | null {
  const ended = alerts.find(({ level, description }) => level === 2 || description === ALERT.closeNotify);
  return ended?.description ?? null;
}
