import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { capabilities, readReply } from './smtp-reply.ts';
import { readConversation, type StartTlsEvidence, startTlsCheck, type Turn } from './starttls.ts';

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
