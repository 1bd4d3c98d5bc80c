import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { ADDRESS } from './addresses.ts';

/** What a name server can do wrong, or a firewall before it. */
export const FAULTS = [
  'tcp-only',
  'udp-silent',
  'tcp-refused',
  'edns-formerr',
  'edns-ignored',
  'edns-dropped',
  'dnssec-stripped',
  'option-echoed',
  'version-ignored',
  'flag-echoed',
  'refuses',
  'servfails',
  'silent',
] as const;
export type Fault = (typeof FAULTS)[number];

/** Where the name server with a fault is. */
export const addressOf = (fault: Fault): string => `127.0.53.${100 + FAULTS.indexOf(fault)}`;

const RCODE = { formErr: 1, servFail: 2, refused: 5 } as const;

/**
 * Name servers before the leaf's NSD, each with one fault: they pass on what is asked and answered, but for that. They work on octets alone, so
 * that they share no mistake with the program that is looked at.
 */
export class FaultyServers {
  private readonly udp: UdpSocket[] = [];
  private readonly tcp: Server[] = [];
  private readonly open = new Set<Socket>();

  /** Begins to listen. */
  async start(): Promise<void> {
    for (const fault of FAULTS) {
      await this.listenUdp(fault);
      if (fault !== 'tcp-refused') await this.listenTcp(fault);
    }
  }

  /** Ends all. */
  async stop(): Promise<void> {
    for (const socket of this.open) socket.destroy();
    for (const socket of this.udp) socket.close();
    await Promise.all(this.tcp.map((server) => new Promise((done) => server.close(done))));
  }

  private async listenUdp(fault: Fault): Promise<void> {
    const socket = createSocket('udp4');
    this.udp.push(socket);
    socket.on('error', () => {});
    socket.on('message', async (query, from) => {
      const answer = await answered(fault, 'udp', query);
      if (answer !== null) socket.send(answer, from.port, from.address, () => {});
    });
    await new Promise<void>((done) => socket.bind(53, addressOf(fault), done));
  }

  private async listenTcp(fault: Fault): Promise<void> {
    const server = createServer((socket) => {
      this.open.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => this.open.delete(socket));
      let held = Buffer.alloc(0);
      socket.on('data', async (bytes) => {
        held = Buffer.concat([held, bytes]);
        while (held.length >= 2 && held.length >= 2 + held.readUInt16BE(0)) {
          const query = held.subarray(2, 2 + held.readUInt16BE(0));
          held = held.subarray(2 + query.length);
          const answer = await answered(fault, 'tcp', query);
          if (answer !== null) socket.write(framed(answer));
        }
      });
    });
    this.tcp.push(server);
    await new Promise<void>((done) => server.listen(53, addressOf(fault), done));
  }
}

async function answered(fault: Fault, via: 'udp' | 'tcp', query: Buffer): Promise<Buffer | null> {
  const opt = optOf(query);
  switch (fault) {
    case 'silent':
      return null;
    case 'udp-silent':
      return via === 'udp' ? null : forwarded(query);
    case 'tcp-only':
      return via === 'udp' ? bare(query, 0, true) : forwarded(query);
    case 'tcp-refused':
      return forwarded(query);
    case 'refuses':
      return bare(query, RCODE.refused);
    case 'servfails':
      return bare(query, RCODE.servFail);
    case 'edns-formerr':
      return opt === null ? forwarded(query) : bare(query, RCODE.formErr);
    case 'edns-dropped':
      return opt === null ? forwarded(query) : null;
    case 'edns-ignored':
      return forwarded(opt === null ? query : withoutOpt(query, opt));
    case 'dnssec-stripped': {
      const plain = Buffer.from(query);
      if (opt !== null) plain[opt + 7] = 0;
      return forwarded(plain);
    }
    case 'version-ignored': {
      const first = Buffer.from(query);
      if (opt !== null) first[opt + 6] = 0;
      return forwarded(first);
    }
    case 'option-echoed':
    case 'flag-echoed':
      return echoed(query, opt, await forwarded(query), fault);
  }
}

/** The answer with what the question's OPT held: its options, or its flags. */
function echoed(query: Buffer, opt: number | null, answer: Buffer | null, fault: Fault): Buffer | null {
  if (opt === null || answer === null) return answer;
  const at = optOf(answer);
  if (at === null) return answer;
  const copy = Buffer.from(answer);
  if (fault === 'flag-echoed') {
    query.copy(copy, at + 7, opt + 7, opt + 9);
    return copy;
  }
  return Buffer.concat([copy.subarray(0, at + 9), query.subarray(opt + 9)]);
}

/** Where the OPT record begins: the last record, where there is one (RFC 6891 section 6.1.1). */
function optOf(message: Buffer): number | null {
  if (message.length < 12 || message.readUInt16BE(10) === 0) return null;
  let at = endOfQuestion(message);
  const records = message.readUInt16BE(6) + message.readUInt16BE(8) + message.readUInt16BE(10);
  for (let record = 0; record < records && at + 11 <= message.length; record += 1) {
    const start = at;
    while (at < message.length && (message[at] as number) !== 0 && (message[at] as number) < 0xc0)
      at += 1 + (message[at] as number);
    at += (message[at] as number) >= 0xc0 ? 2 : 1;
    if (message.readUInt16BE(at) === 41) return start;
    at += 10 + message.readUInt16BE(at + 8);
  }
  return null;
}

function endOfQuestion(message: Buffer): number {
  let at = 12;
  while (at < message.length && message[at] !== 0) at += 1 + (message[at] as number);
  return at + 5;
}

function withoutOpt(query: Buffer, opt: number): Buffer {
  const copy = Buffer.from(query.subarray(0, opt));
  copy.writeUInt16BE(0, 10);
  return copy;
}

/** An answer that is nothing but a code and the question. */
function bare(query: Buffer, code: number, truncated = false): Buffer {
  const copy = Buffer.from(query.subarray(0, endOfQuestion(query)));
  copy[2] = 0x80 | ((copy[2] as number) & 0x79) | (truncated ? 0x06 : 0);
  copy[3] = code;
  copy.writeUInt32BE(0, 6);
  copy.writeUInt16BE(0, 10);
  return copy;
}

const framed = (message: Buffer): Buffer => {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(message.length, 0);
  return Buffer.concat([length, message]);
};

/** What the leaf's NSD answers, over TCP so that it is whole. */
function forwarded(query: Buffer): Promise<Buffer | null> {
  return new Promise((done) => {
    const socket = connect({ host: ADDRESS.leaf, port: 53 }, () => socket.write(framed(query)));
    let held = Buffer.alloc(0);
    const end = (answer: Buffer | null) => {
      socket.destroy();
      done(answer);
    };
    socket.on('data', (bytes) => {
      held = Buffer.concat([held, bytes]);
      if (held.length >= 2 && held.length >= 2 + held.readUInt16BE(0)) end(held.subarray(2));
    });
    socket.on('error', () => end(null));
    socket.on('close', () => end(null));
    socket.setTimeout(2000, () => end(null));
  });
}
