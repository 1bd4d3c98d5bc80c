import { once } from 'node:events';
import { createConnection, createServer, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { capabilities, readReply } from './smtp-reply.ts';
import {
  askStartTls,
  readConversation,
  type StartTlsEvidence,
  startTlsCheck,
  type TextConnection,
  type Turn,
} from './starttls.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A server on loopback that says each answer once the line before it has come. */
async function serve(answers: string[], after?: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    const left = [...answers];
    socket.write(Buffer.from(left.shift() ?? '', 'latin1'));
    socket.on('data', () => {
      const next = left.shift();
      if (next === undefined) after?.(socket);
      else socket.write(Buffer.from(next, 'latin1'));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  return (server.address() as { port: number }).port;
}

/** What a real dialer hands over, small. */
async function connect(port: number): Promise<TextConnection> {
  const socket = createConnection(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.on('error', () => {});
  closing.push(async () => void socket.destroy());
  return {
    read: async (signal) => {
      for (;;) {
        const chunk = socket.read() as Buffer | null;
        if (chunk !== null) return chunk;
        if (socket.readableEnded) return null;
        await Promise.race([once(socket, 'readable', { signal }), once(socket, 'end', { signal })]);
      }
    },
    write: async (bytes) => void socket.write(bytes),
  };
}

const EHLO = '250-m.test\r\n250-SIZE 1000\r\n250-starttls\r\n250 HELP\r\n';
const b64 = (text: string) => Buffer.from(text, 'latin1').toString('base64');
const said = (...texts: string[]): Turn[] =>
  texts.map((text, at) => ({ from: at % 2 === 0 ? 'server' : 'client', bytes: b64(text) }));
const talk = (...texts: string[]): StartTlsEvidence => ({ turns: said(...texts), end: 'answered' });
const [E, S] = ['EHLO p.test\r\n', 'STARTTLS\r\n'];

describe('mail.starttls', () => {
  test.each<[string, StartTlsEvidence, string, string]>([
    ['ready', talk('220 m.test\r\n', E, EHLO, S, '220 go\r\n'), 'pass', 'starttls.ready'],
    ['greeting over lines', talk('220-m.test\r\n220 hello\r\n', E, EHLO, S, '220 go\r\n'), 'pass', 'starttls.ready'],
    ['not offered', talk('220 m.test\r\n', E, '250-m.test\r\n250 HELP\r\n'), 'fail', 'starttls.not-offered'],
    ['its own name is no offer', talk('220 m.test\r\n', E, '250 STARTTLS\r\n'), 'fail', 'starttls.not-offered'],
    ['refused for good', talk('220 m.test\r\n', E, EHLO, S, '501 no\r\n'), 'fail', 'starttls.refused'],
    ['refused for now', talk('220 m.test\r\n', E, EHLO, S, '454 later\r\n'), 'inconclusive', 'starttls.refused'],
    [
      'bytes behind the 220',
      talk('220 m.test\r\n', E, EHLO, S, '220 go\r\n250 evil\r\n'),
      'fail',
      'starttls.unasked-bytes',
    ],
    [
      'a reply before the question',
      talk('220 m.test\r\n250 early\r\n', E, EHLO, S, '220 go\r\n'),
      'warn',
      'starttls.unasked-bytes',
    ],
    ['turned away', talk('554 no\r\n'), 'inconclusive', 'starttls.turned-away'],
    ['too many connections', talk('421 later\r\n'), 'inconclusive', 'starttls.turned-away'],
    ['EHLO turned away', talk('220 m.test\r\n', E, '550 who\r\n'), 'inconclusive', 'starttls.turned-away'],
    ['not SMTP', talk('SSH-2.0-x\r\n'), 'inconclusive', 'starttls.malformed'],
    ['codes that differ', talk('220-m.test\r\n250 m.test\r\n'), 'inconclusive', 'starttls.malformed'],
    ['silence', { turns: [], end: 'timeout' }, 'inconclusive', 'starttls.no-answer'],
    ['closed after EHLO', { turns: said('220 m.test\r\n', E), end: 'closed' }, 'inconclusive', 'starttls.no-answer'],
    [
      'closed after STARTTLS',
      { turns: said('220 m.test\r\n', E, EHLO, S), end: 'closed' },
      'inconclusive',
      'starttls.no-answer',
    ],
  ])('%s', (_, evidence, verdict, code) => {
    const result = startTlsCheck.judge(evidence, null, 'm.test:25');
    expect(result.observations.map((one) => one.code)).toContain(code);
    expect(result.verdict).toBe(verdict);
  });

  test('bytes after the 220 that come in a later packet are seen too', () => {
    const turns: Turn[] = [
      ...said('220 m.test\r\n', E, EHLO, S, '220 go\r\n'),
      { from: 'server', bytes: b64('250 evil\r\n') },
    ];
    expect(readConversation(turns).unasked).toEqual([{ place: 'after-ready', text: '250 evil\r\n' }]);
  });
});

describe('a conversation', () => {
  const options = (maxBytes?: number) => ({
    helo: 'p.test',
    signal: AbortSignal.timeout(20_000),
    ...(maxBytes ? { maxBytes } : {}),
  });

  test.each<[string, string[], string, string]>([
    ['with a good server', ['220 m.test\r\n', EHLO, '220 go\r\n'], 'ready', 'pass'],
    ['with one that injects', ['220 m.test\r\n', EHLO, '220 go\r\n250 evil\r\n'], 'ready', 'fail'],
    ['with one without TLS', ['220 m.test\r\n', '250 m.test\r\n'], 'answered', 'fail'],
    ['with one that is no mail server', ['HTTP/1.1 400 Bad\r\n'], 'malformed', 'inconclusive'],
    ['with an endless line', ['2'.repeat(5000)], 'malformed', 'inconclusive'],
    ['with endless lines', ['220-x\r\n'.repeat(300)], 'malformed', 'inconclusive'],
  ])('%s', async (_, answers, end, verdict) => {
    const evidence = await askStartTls(await connect(await serve(answers)), options());
    expect(evidence.end).toBe(end);
    expect(startTlsCheck.judge(JSON.parse(JSON.stringify(evidence)), null, 'm').verdict).toBe(verdict);
  });

  test('stops at its limit of bytes', async () => {
    const evidence = await askStartTls(
      await connect(await serve([`220-${'x'.repeat(1500)}\r\n`.repeat(10)])),
      options(4000),
    );
    expect(evidence.end).toBe('limit');
  });

  test('a silent server ends by the clock, which is inconclusive', async () => {
    const connection = await connect(await serve(['']));
    const evidence = await askStartTls(connection, { helo: 'p.test', signal: AbortSignal.timeout(30) });
    expect(evidence.end).toBe('timeout');
    expect(startTlsCheck.judge(evidence, null, 'm').verdict).toBe('inconclusive');
  });

  test('a name cannot carry a command', async () => {
    const evidence = await askStartTls(await connect(await serve(['220 m\r\n', EHLO, '220 go\r\n'])), {
      ...options(),
      helo: 'p\r\nQUIT',
    });
    expect(Buffer.from(evidence.turns[1]?.bytes ?? '', 'base64').toString()).toBe('EHLO pQUIT\r\n');
  });
});

describe('replies', () => {
  test('keywords of an offer', () =>
    expect([...capabilities({ code: 250, lines: ['m.test', 'size 100', 'STARTTLS'] })]).toEqual([
      ['SIZE', '100'],
      ['STARTTLS', ''],
    ]));

  test('any bytes are read or refused, and a prefix of a reply is never another reply', () =>
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('220', '250', '-', ' ', 'a', '\r\n', '\n', '\xff'), { maxLength: 30 }),
        (pieces) => {
          const bytes = Buffer.from(pieces.join(''), 'latin1');
          const whole = readReply(bytes);
          if (whole.kind !== 'reply') return;
          for (let cut = 0; cut < whole.used; cut += 1)
            expect(readReply(bytes.subarray(0, cut)).kind).toBe('incomplete');
        },
      ),
    ));
});
