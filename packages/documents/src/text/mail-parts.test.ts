import { expect, test } from 'vitest';
import { listMembers, openMember } from './archive.ts';
import { reader } from './mail.ts';
import { decodeBase64, partsOf, withBodies } from './mail-parts.ts';
import { documentOf } from './testing/blocks-of.ts';

const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const HEAD = 'From: a@b.c\r\nSubject: Tender\r\nMIME-Version: 1.0\r\n';

/** A part with its header, as it stands between two boundaries. */
const part = (headers: string, body: string): string => `${headers}\r\n\r\n${body}\r\n`;
const mixed = (boundary: string, ...parts: string[]): string =>
  `Content-Type: multipart/mixed;\r\n boundary="${boundary}"\r\n\r\n${parts
    .map((one) => `--${boundary}\r\n${one}`)
    .join('')}--${boundary}--\r\n`;

test.each([
  ['one body', `${HEAD}\r\nUse TLS.`, ['Use TLS.']],
  [
    'two parts',
    HEAD + mixed('b', part('Content-Type: text/plain', 'one'), part('X: y', 'two')),
    ['one\r\n', 'two\r\n'],
  ],
  ['a boundary no header names', `${HEAD}\r\n--b\r\nUse TLS.`, ['--b\r\nUse TLS.']],
  ['parts inside a part', HEAD + mixed('o', mixed('i', part('A: b', 'x')), part('A: b', 'y')), ['x\r\n', 'y\r\n']],
  [
    'a mail inside a mail',
    HEAD + mixed('o', `Content-Type: message/rfc822\r\n\r\n${HEAD}${mixed('i', part('A: b', 'x'))}`),
    ['x\r\n'],
  ],
  ['nothing but a header', HEAD, []],
])('parts of %s', (_, mail, bodies) => {
  const bytes = bytesOf(mail);
  expect(partsOf(bytes).map((one) => textOf(bytes.subarray(one.bodyStart, one.bodyEnd)))).toEqual(bodies);
});

test('bodies are exchanged, and all else stays', () => {
  const mail = HEAD + mixed('b', part('A: b', 'one'), part('A: b', 'two'));
  const bytes = bytesOf(mail);
  const changed = withBodies(bytes, partsOf(bytes), (index) => bytesOf(`<${index}>\r\n`));
  expect(textOf(changed)).toBe(mail.replace('one', '<0>').replace('two', '<1>'));
});

test.each([0, 1, 2, 3, 1000, 1024 * 1024 + 1, 2_000_003])('base64 of %i bytes', (length) => {
  const bytes = new Uint8Array(length).map((_, i) => i * 7);
  const lines = Buffer.from(bytes).toString('base64').replace(/.{76}/g, '$&\r\n');
  expect(Buffer.compare(decodeBase64(bytesOf(lines)), bytes)).toBe(0);
});

test('base64 that is padded in the middle', () => {
  expect(textOf(decodeBase64(bytesOf('YQ==\r\nYmM=\r\n')))).toBe('abc');
});

test('every attachment is opened as it was sent, however it is encoded and named', async () => {
  const attached = (name: string, encoding: string): string =>
    `Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="${name}"\r\nContent-Transfer-Encoding: ${encoding}`;
  const mail = bytesOf(
    HEAD +
      mixed(
        'b',
        part('Content-Type: text/plain', 'See the files.'),
        part(attached('a.txt', 'base64'), Buffer.from('Use TLS 1.3.').toString('base64')),
        part(attached('a.txt', '8bit'), 'Use DNSSEC.'),
        part(attached('../../c.txt', 'quoted-printable'), 'Use=20IPv6.'),
        part('Content-Type: image/png; name="logo.png"\r\nContent-Transfer-Encoding: base64', 'iVBORw0KGgo='),
      ),
  );
  const { members } = await listMembers(mail, 'x.eml');
  expect(members.map((member) => member.name)).toEqual([
    'message-body.eml',
    'a.txt',
    '2-a.txt',
    '.._.._c.txt',
    'logo.png',
  ]);
  const opened = await Promise.all(members.slice(1, 4).map((member) => openMember(mail, member.name)));
  expect(opened.map(({ bytes }) => textOf(bytes).trim())).toEqual(['Use TLS 1.3.', 'Use DNSSEC.', 'Use IPv6.']);
});

test('a body longer than a document may be is cut, and says so', async () => {
  const document = await documentOf(
    { ...reader, read: (bytes, file) => reader.read(bytes, { ...file, limits: { ...file.limits, maxChars: 5000 } }) },
    `${HEAD}\r\n${'Use TLS 1.3 for every connection.\r\n'.repeat(2000)}`,
  );
  expect(document.text.length).toBeLessThanOrEqual(5000);
  expect(document.problems.map((problem) => problem.code)).toEqual(['cut']);
});
