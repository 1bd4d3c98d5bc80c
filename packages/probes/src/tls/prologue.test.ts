import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { startTlsCheck, startTlsIn } from '../mail/starttls.ts';
import { tcpDial } from './dial.ts';
import { gatherTls } from './gather.ts';
import { judgeTls } from './judge/index.ts';
import { loadTlsProfile } from './profile.ts';
import type { Service } from './prologue.ts';
import { GOOD, HANDSHAKE, store } from './testing/endpoints.ts';
import { answer, listen } from './testing/responder.ts';
import { readClientHello } from './wire/client-hello.ts';
import { RecordCutter } from './wire/records.ts';

/** Lines that a server says: first its greeting, then one reply to each line that it gets, then TLS. */
async function at(
  service: Service,
  [greeting, ...replies]: string[],
  { endless = false, milliseconds = 10_000, clientName = 'probe.test' } = {},
) {
  const server = await listen(
    createServer((socket) => {
      let left = replies.slice();
      let buffer = Buffer.alloc(0);
      if (greeting !== undefined) socket.write(greeting);
      const flood = () => !socket.destroyed && socket.write('250-more\r\n'.repeat(500), flood);
      socket.on('data', (chunk) => {
        buffer = Buffer.concat([buffer, chunk]);
        while (left.length > 0 && buffer.includes('\r\n')) {
          buffer = buffer.subarray(buffer.indexOf('\r\n') + 2);
          const [reply, ...rest] = left;
          left = rest;
          if (endless && rest.length === 0) flood();
          else socket.write(reply ?? '');
        }
        const cutter = new RecordCutter();
        cutter.push(buffer);
        if (left.length > 0 || cutter.messages.length === 0) return;
        const reply = answer(GOOD, readClientHello(buffer));
        buffer = Buffer.alloc(0);
        if (reply) socket.end(reply);
      });
    }),
  );
  const { port } = server;
  const profile = loadTlsProfile('ncsc-nl-2025-05');
  const evidence = await gatherTls(
    { host: 'good.test', address: '127.0.0.1', port, service },
    {
      dial: tcpDial({ address: '127.0.0.1', port, allowPrivate: true }),
      profile,
      store,
      now: () => new Date(),
      limits: { milliseconds, bytes: 20_000 },
      clientName,
    },
  );
  await server.close();
  const [available] = judgeTls({ ...evidence, handshakes: [HANDSHAKE] }, profile);
  return {
    evidence,
    verdict: available?.verdict,
    code: available?.observations[0]?.code,
    connections: server.connections,
  };
}

const EHLO = '250-mx.test\r\n250-SIZE 1\r\n250 STARTTLS\r\n';

describe('STARTTLS', () => {
  it.each([
    ['smtp', ['220-mx\r\n220 ready\r\n', EHLO, '220 go\r\n']],
    ['submission', ['220 ready\r\n', '250 starttls\r\n', '220 go\r\n']],
    ['imap', ['* OK ready\r\n', '* CAPABILITY IMAP4rev2\r\na1 OK go\r\n']],
    ['pop3', ['+OK ready\r\n', '+OK go\r\n']],
  ] as [Service, string[]][])('of %s leads to TLS', async (service, lines) => {
    // The responder knows one handshake; what the prober asks beyond is left to the end of its time.
    const { evidence, verdict } = await at(service, lines, { milliseconds: 1_500 });
    expect(verdict).toBe('pass');
    expect(evidence.exchanges[0]?.ended).toBe('answered');
    expect(evidence.transcript.at(-1)).toMatch(/go$/);
    if (service === 'smtp') expect(evidence.transcript).toContain('C: EHLO probe.test');
  });

  it('of smtp has a name that cannot carry a command', async () => {
    const lines = ['220 ready\r\n', EHLO, '220 go\r\n'];
    const { evidence } = await at('smtp', lines, { milliseconds: 1_500, clientName: 'p\r\nQUIT' });
    expect(evidence.transcript).toContain('C: EHLO pQUIT');
  });

  it.each([
    ['a good server', ['220 m.test\r\n', EHLO, '220 go\r\n'], 'ready', 'pass'],
    ['one that injects', ['220 m.test\r\n', EHLO, '220 go\r\n250 evil\r\n'], 'ready', 'fail'],
    ['one without TLS', ['220 m.test\r\n', '250 m.test\r\n'], 'answered', 'fail'],
    ['one that is no mail server', ['HTTP/1.1 400 Bad\r\n'], 'malformed', 'inconclusive'],
    ['an endless line', ['2'.repeat(5_000)], 'limit', 'inconclusive'],
    ['lines without an end', ['220-x\r\n'.repeat(300)], 'malformed', 'inconclusive'],
    ['more bytes than are read', [`220-${'x'.repeat(1_500)}\r\n`.repeat(20)], 'limit', 'inconclusive'],
    ['nobody who says anything', [], 'timeout', 'inconclusive'],
  ] as [string, string[], string, string][])('with %s is judged for mail.starttls', async (_, lines, end, verdict) => {
    const { evidence } = await at('smtp', lines, { milliseconds: 1_500 });
    const asked = startTlsIn(evidence);
    expect(startTlsCheck.judge(JSON.parse(JSON.stringify(asked)), null, 'm').verdict).toBe(verdict);
    expect(asked.end).toBe(end);
  });

  it.each([
    ['smtp', ['220 ready\r\n', '250 mx.test\r\n']],
    ['smtp', ['220 ready\r\n', EHLO, '502 no\r\n']],
    ['imap', ['* OK ready\r\n', 'a1 BAD what\r\n']],
    ['pop3', ['+OK ready\r\n', '-ERR what\r\n']],
  ] as [Service, string[]][])('that %s does not have fails, after one connection (%j)', async (service, lines) => {
    const { verdict, code, connections } = await at(service, lines);
    expect([verdict, code, connections]).toEqual(['fail', 'starttls-absent', 1]);
  });

  it.each([
    ['smtp', ['421 too many connections\r\n']],
    ['smtp', ['554 not you\r\n']],
    ['smtp', ['220 ready\r\n', EHLO, '454 not now\r\n']],
    ['smtp', ['SSH-2.0-OpenSSH\r\n']],
    ['smtp', []],
    ['smtp', ['x'.repeat(10_000)]],
    ['imap', ['* BYE busy\r\n']],
    ['imap', ['220 ready\r\n']],
    ['pop3', ['-ERR busy\r\n']],
    ['pop3', ['hello\r\n']],
  ] as [Service, string[]][])('that %s does not do now is left open (%j)', async (service, lines) => {
    const { verdict, connections } = await at(service, lines, { milliseconds: lines.length === 0 ? 100 : 10_000 });
    expect(verdict).toBe('inconclusive');
    expect(connections).toBe(3);
  });

  it('of an endless reply is left open', async () => {
    const { verdict, evidence } = await at('smtp', ['220 ready\r\n', ''], { endless: true });
    expect(verdict).toBe('inconclusive');
    expect(evidence.transcript.length).toBeLessThanOrEqual(200);
  });
});
