import { createServer, type Server, type Socket } from 'node:net';
import { isDhe, isEcdhe } from '../offers.ts';
import { suiteParts, TLS13_SUITES } from '../registry.ts';
import { type Offer, readClientHello } from '../wire/client-hello.ts';
import {
  ALERT,
  EXTENSION,
  MESSAGE,
  RECORD,
  RETRY_RANDOM,
  SIGNAL,
  VERSIONS,
  type VersionName,
} from '../wire/protocol.ts';
import { isSsl2Hello } from '../wire/sslv2.ts';
import { join, number, vector } from '../wire/writer.ts';

/** A server that negotiates as the RFCs say and has no cryptography: it can express what no server of today can do any more. */
export interface Behaviour {
  versions: VersionName[];
  suites: number[];
  /** The server's order counts, rather than the client's. */
  ownOrder?: boolean;
  groups: number[];
  signatures?: number[];
  chain?: Uint8Array[];
  staple?: Uint8Array | null;
  /** Modulus and generator of DHE, hexadecimal. */
  dhe?: [modulus: string, generator: string];
  compression?: boolean;
  extensions?: number[];
  /** Hang up instead of saying why. */
  mute?: boolean;
  /** Honour the fallback signal. */
  fallback?: boolean;
}

export type Offered = Offer & { extensions: ReadonlySet<number> };

export function record(type: number, body: Uint8Array, version: number = VERSIONS['TLS 1.2']): Uint8Array {
  return join(number(type, 1), number(Math.min(version, 0x0303), 2), vector(2, body));
}

export function message(type: number, ...body: Uint8Array[]): Uint8Array {
  return join(number(type, 1), vector(3, ...body));
}

export function alert(description: number, level = 2): Uint8Array {
  return record(RECORD.alert, Uint8Array.of(level, description));
}

export function serverHello(
  version: number,
  suite: number,
  {
    compression = 0,
    extensions = [],
    random = new Uint8Array(32),
  }: { compression?: number; extensions?: [number, Uint8Array][]; random?: Uint8Array } = {},
): Uint8Array {
  const list = extensions.map(([type, body]) => join(number(type, 2), vector(2, body)));
  const tail = extensions.length > 0 ? vector(2, ...list) : new Uint8Array();
  return message(
    MESSAGE.serverHello,
    number(Math.min(version, 0x0303), 2),
    random,
    vector(1),
    number(suite, 2),
    number(compression, 1),
    tail,
  );
}

/** What such a server answers to a ClientHello; null where it hangs up. */
export function answer(behaviour: Behaviour, offer: Offered): Uint8Array | null {
  const refuse = (description: number) => (behaviour.mute ? null : alert(description));
  const supported = behaviour.versions.map((name) => VERSIONS[name]);
  const version = Math.max(
    0,
    ...supported.filter((one) =>
      offer.versions ? offer.versions.includes(one) : one <= offer.version && one >= 0x0300,
    ),
  );
  if (version === 0) return refuse(ALERT.protocolVersion);
  if (behaviour.fallback && offer.suites.includes(SIGNAL.fallback) && version < Math.max(...supported))
    return refuse(ALERT.inappropriateFallback);
  const modern = version === VERSIONS['TLS 1.3'];
  const group = (offer.groups ?? (version < VERSIONS['TLS 1.2'] ? behaviour.groups : [])).find((one) =>
    behaviour.groups.includes(one),
  );
  const scheme = (behaviour.signatures ?? [0x0403, 0x0804]).find((one) => offer.signatures?.includes(one) ?? true);
  const fits = (suite: number) => {
    if (TLS13_SUITES.includes(suite) !== modern) return false;
    if (modern) return group !== undefined;
    if (isEcdhe(suite) && group === undefined) return false;
    return (
      !(isEcdhe(suite) || isDhe(suite)) ||
      version < VERSIONS['TLS 1.2'] ||
      suiteParts(suite).authentication === 'anon' ||
      scheme !== undefined
    );
  };
  const [first, second] = behaviour.ownOrder ? [behaviour.suites, offer.suites] : [offer.suites, behaviour.suites];
  const suite = first.find((one) => second.includes(one) && fits(one));
  if (suite === undefined) return refuse(ALERT.handshakeFailure);
  if (modern) {
    const extensions: [number, Uint8Array][] = [
      [EXTENSION.supportedVersions, number(version, 2)],
      [EXTENSION.keyShare, number(group ?? 0, 2)],
    ];
    return record(RECORD.handshake, serverHello(version, suite, { extensions, random: RETRY_RANDOM }));
  }
  return record(RECORD.handshake, oldFlight(behaviour, offer, version, suite, group ?? 0, scheme ?? 0), version);
}

function oldFlight(
  behaviour: Behaviour,
  offer: Offered,
  version: number,
  suite: number,
  group: number,
  scheme: number,
): Uint8Array {
  const { extensions = [], chain = [], staple, dhe = ['ff', '2'] } = behaviour;
  const shown = extensions
    .filter((type) => offer.extensions.has(type))
    .map((type): [number, Uint8Array] => [type, extensionBody(type)]);
  const stapled = staple && offer.extensions.has(EXTENSION.statusRequest);
  if (stapled) shown.push([EXTENSION.statusRequest, new Uint8Array()]);
  const compression = behaviour.compression && offer.compressions?.includes(1) ? 1 : 0;
  const signature =
    version >= VERSIONS['TLS 1.2']
      ? join(number(scheme, 2), vector(2, new Uint8Array(8)))
      : vector(2, new Uint8Array(8));
  const bytes = (hex: string) => Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex');
  const { authentication, exported, exchange } = suiteParts(suite);
  const tail = authentication === 'anon' ? new Uint8Array() : signature;
  const key = isEcdhe(suite)
    ? [message(MESSAGE.serverKeyExchange, number(3, 1), number(group, 2), vector(1, new Uint8Array(33)), tail)]
    : isDhe(suite)
      ? [
          message(
            MESSAGE.serverKeyExchange,
            vector(2, bytes(dhe[0])),
            vector(2, bytes(dhe[1])),
            vector(2, bytes('05')),
            tail,
          ),
        ]
      : exported && exchange === 'RSA'
        ? [message(MESSAGE.serverKeyExchange, vector(2, Buffer.alloc(64, 0xff)), vector(2, bytes('03')), tail)]
        : [];
  return join(
    serverHello(version, suite, { compression, extensions: version === VERSIONS['SSL 3.0'] ? [] : shown }),
    ...(authentication === 'anon'
      ? []
      : [message(MESSAGE.certificate, vector(3, ...chain.map((one) => vector(3, one))))]),
    ...(stapled ? [message(MESSAGE.certificateStatus, number(1, 1), vector(3, staple))] : []),
    ...key,
    message(MESSAGE.serverHelloDone),
  );
}

function extensionBody(type: number): Uint8Array {
  if (type === EXTENSION.renegotiationInfo) return number(0, 1);
  if (type === EXTENSION.heartbeat) return number(1, 1);
  return new Uint8Array();
}

export const SSL2_SERVER_HELLO = (() => {
  const kinds = number(65664, 3);
  const body = join(
    number(4, 1),
    number(0, 1),
    number(1, 1),
    number(2, 2),
    number(2, 2),
    number(3, 2),
    number(16, 2),
    Uint8Array.of(0, 0),
    kinds,
    new Uint8Array(16),
  );
  const hello = vector(2, body);
  hello[0] = (hello[0] ?? 0) | 0x80;
  return hello;
})();

export interface Listening {
  port: number;
  /** Connections that were made so far. */
  connections: number;
  close(): Promise<void>;
}

/** Listens on loopback; counts connections, and drops them all at the end. */
export async function listen(server: Server): Promise<Listening> {
  const sockets = new Set<Socket>();
  const listening: Listening = {
    port: 0,
    connections: 0,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
  server.on('connection', (socket: Socket) => {
    listening.connections += 1;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  listening.port = (server.address() as { port: number }).port;
  return listening;
}

/** How a hello is answered on the wire: bytes, null to hang up, or anything by hand. */
export type Script = (hello: {
  offer: Offered | null;
  bytes: Uint8Array;
  socket: Socket;
  connection: number;
}) => Uint8Array | null | undefined;

/** A responder over TCP. `script` sees each whole hello; the offer is null for SSL 2.0. Undefined leaves the socket to the script. */
export function respond(script: Script): Promise<Listening> {
  let connection = 0;
  return listen(
    createServer((socket) => {
      connection += 1;
      const mine = connection;
      let bytes = Buffer.alloc(0);
      let answered = false;
      socket.on('data', (chunk) => {
        // It cannot go on: whoever answers the answer is left.
        if (answered) {
          socket.destroy();
          return;
        }
        bytes = Buffer.concat([bytes, chunk]);
        const ssl2 = bytes.length > 5 && isSsl2Hello(bytes);
        if (!ssl2 && (bytes.length < 5 || bytes.length < 5 + bytes.readUInt16BE(3))) return;
        answered = true;
        const reply = script({ offer: ssl2 ? null : readClientHello(bytes), bytes, socket, connection: mine });
        if (reply === null) socket.end();
        else if (reply) socket.write(reply);
      });
    }),
  );
}

/** A responder that behaves; SSL 2.0 as its versions say. */
export function behave(behaviour: Behaviour): Promise<Listening> {
  return respond(({ offer }) => {
    if (offer) return answer(behaviour, offer);
    return behaviour.versions.includes('SSL 2.0') ? SSL2_SERVER_HELLO : null;
  });
}
