import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { createServer, type TLSSocket, type TlsOptions } from 'node:tls';
import { type Identity, pem } from '../../tls/testing/certificates.ts';
import { intermediate } from '../../tls/testing/endpoints.ts';
import { FIELD, openAuthenticator, readPacket, writeAuthenticator, writeField, writeTime } from '../ntp.ts';
import { type KeRecord, RECORD, writeRecords } from '../records.ts';

/** What a time server is about to say of time, before it is authenticated; a test may change it. */
export interface Said {
  header: Buffer;
  /** Fields before the authenticator, with their heads. */
  plain: Buffer[];
  /** Fields inside of it. */
  secret: Buffer[];
  /** Null for none. */
  key: Buffer | null;
  /** A last look at the whole. */
  change(packet: Buffer): Buffer;
}

/** How a time server behaves; what is left out is as RFC 8915 has it. */
export interface Behaviour {
  /** Null for no protocol chosen. */
  alpn?: string[] | null;
  tls?: TlsOptions;
  /** Records of key establishment, or what is done with the connection in their place. */
  records?: (good: KeRecord[]) => KeRecord[] | Buffer;
  speak?: (socket: TLSSocket) => void;
  /** Null for silence. */
  time?: (said: Said, request: Buffer) => Said | Buffer | null;
  /** What a request with a wrong authenticator gets. */
  forged?: 'nak' | 'silent' | 'answer';
  /** By how many milliseconds its clock is wrong. */
  wrong?: number;
  /** Says where time is to be asked for; its own port where `port` is true. */
  port?: boolean;
}

export interface TimeServer {
  port: number;
  ntpPort: number;
  /** Requests for time that came. */
  requests: Buffer[];
  close(): Promise<void>;
}

interface Keys {
  clientToServer: Buffer;
  serverToClient: Buffer;
}

/** A server of key establishment and of time on loopback. */
export async function startTimeServer(identity: Identity, behaviour: Behaviour = {}): Promise<TimeServer> {
  const { alpn = ['ntske/1'], forged = 'nak', port: tellsPort = true, wrong = 0 } = behaviour;
  const cookies = new Map<string, Keys>();
  const sockets = new Set<TLSSocket>();
  const requests: Buffer[] = [];
  const newCookie = (keys: Keys): Buffer => {
    const cookie = randomBytes(64);
    cookies.set(cookie.toString('hex'), keys);
    return cookie;
  };
  const datagrams = createSocket('udp4');
  await new Promise<void>((done) => datagrams.bind(0, '127.0.0.1', done));
  const ntpPort = datagrams.address().port;
  datagrams.on('message', (request, { port, address }) => {
    requests.push(request);
    const said = answerTo(request);
    if (said !== null) datagrams.send(said, port, address);
  });

  const answerTo = (request: Buffer): Buffer | null => {
    const packet = readPacket(request);
    const field = (wanted: number) => packet.fields.find(({ type }) => type === wanted);
    const [identifier, cookie, authenticator] = [FIELD.uniqueIdentifier, FIELD.cookie, FIELD.authenticator].map(field);
    const keys = cookies.get(cookie?.body.toString('hex') ?? '');
    if (!keys || !authenticator || !identifier) return null;
    const good = openAuthenticator(keys.clientToServer, request, authenticator) !== null;
    if (!good && forged === 'silent') return null;
    const now = Date.now() + wrong;
    const header = Buffer.alloc(48);
    header.writeUInt8(0x24, 0);
    request.copy(header, 24, 40, 48);
    const plain = [writeField(FIELD.uniqueIdentifier, identifier.body)];
    if (!good && forged === 'nak') {
      header.write('NTSN', 12, 'latin1');
      return Buffer.concat([header, ...plain]);
    }
    header.writeUInt8(1, 1);
    header.write('GPS\0', 12, 'latin1');
    for (const at of [16, 32, 40]) writeTime(now).copy(header, at);
    const said: Said = {
      header,
      plain,
      secret: [writeField(FIELD.cookie, newCookie(keys))],
      key: keys.serverToClient,
      change: (whole) => whole,
    };
    const last = behaviour.time ? behaviour.time(said, request) : said;
    return last === null || Buffer.isBuffer(last) ? last : written(last);
  };

  const server = createServer(
    {
      ...pem(identity, intermediate),
      minVersion: 'TLSv1.3',
      ...(alpn === null ? {} : { ALPNProtocols: alpn }),
      ...behaviour.tls,
    },
    (socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.once('close', () => sockets.delete(socket));
      if (behaviour.speak) return behaviour.speak(socket);
      socket.once('data', () => {
        const exported = (direction: number) =>
          socket.exportKeyingMaterial(32, 'EXPORTER-network-time-security', Buffer.from([0, 0, 0, 15, direction]));
        const keys = { clientToServer: exported(0), serverToClient: exported(1) };
        const good = goodRecords(
          Array.from({ length: 8 }, () => newCookie(keys)),
          tellsPort ? ntpPort : null,
        );
        const records = behaviour.records ? behaviour.records(good) : good;
        socket.end(Buffer.isBuffer(records) ? records : writeRecords(records));
      });
    },
  );
  server.on('tlsClientError', () => {});
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: (server.address() as { port: number }).port,
    ntpPort,
    requests,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await Promise.all([
        new Promise((done) => server.close(done)),
        new Promise<void>((done) => datagrams.close(done)),
      ]);
    },
  };
}

/** The octets of two-octet numbers. */
export const numbers = (...list: number[]): Buffer => Buffer.from(list.flatMap((one) => [one >> 8, one & 255]));

function goodRecords(cookies: Buffer[], port: number | null): KeRecord[] {
  return [
    { critical: true, type: RECORD.nextProtocol, body: numbers(0) },
    { critical: true, type: RECORD.aead, body: numbers(15) },
    ...cookies.map((body) => ({ critical: false, type: RECORD.cookie, body })),
    ...(port === null ? [] : [{ critical: false, type: RECORD.port, body: numbers(port) }]),
    { critical: true, type: RECORD.endOfMessage, body: Buffer.alloc(0) },
  ];
}

function written({ header, plain, secret, key, change }: Said): Buffer {
  const before = Buffer.concat([header, ...plain]);
  const whole =
    key === null
      ? before
      : Buffer.concat([before, writeAuthenticator(key, before, randomBytes(16), Buffer.concat(secret))]);
  return change(whole);
}
