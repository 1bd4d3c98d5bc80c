import { describe, expect, test } from 'vitest';
import { writeZip } from '../testing/zip-writer.ts';
import { isArchive, listMembers, openMember } from './archive.ts';
import { reader as mail } from './mail.ts';
import { documentOf, listed } from './testing/blocks-of.ts';

const MESSAGE = `From: Jane Roe <jane@example.org>
To: Team <team@example.org>
Subject: =?utf-8?q?Tender_f=C3=BCr_Firewalls?=
Date: Mon, 06 May 2024 10:00:00 +0200
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

Please use ISO 27001.

> Which standard?
> We need to know.

--${' '}
Jane, City of X
--b
Content-Type: text/plain; name="rules.txt"
Content-Disposition: attachment; filename="../rules.txt"

Use DNSSEC.
--b
Content-Type: application/pgp-signature; name="x.asc"
Content-Disposition: attachment; filename="x.asc"

abc
--b--
`;
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('zip archives', () => {
  test('members are listed without litter, and opened one at a time', async () => {
    const inner = writeZip({ 'deep.txt': 'deep' });
    const zip = writeZip({
      'a/tender.txt': 'Use TLS.',
      '__MACOSX/a/._tender.txt': 'x',
      '.DS_Store': 'x',
      'a/Thumbs.db': 'x',
      '~$draft.docx': 'x',
      'inner.zip': inner,
      'empty/': '',
    });
    expect(isArchive(zip, 'x.zip')).toBe(true);
    const { members, problems } = await listMembers(zip, 'x.zip');
    expect(members).toEqual([
      { name: 'a/tender.txt', bytes: 8 },
      { name: 'inner.zip', bytes: inner.length },
    ]);
    expect(problems).toEqual([]);
    const opened = await openMember(zip, 'inner.zip');
    expect(isArchive(opened.bytes, opened.name)).toBe(true);
    expect(new TextDecoder().decode((await openMember(opened.bytes, 'deep.txt')).bytes)).toBe('deep');
  });

  test('members that cannot be opened are named', async () => {
    const zip = writeZip([
      { name: 'secret.txt', data: 'x', claim: { flags: 0x801 } },
      { name: 'huge.txt', data: 'x', claim: { size: 0x7fffffff } },
      { name: 'fine.txt', data: 'x' },
    ]);
    const { members, problems } = await listMembers(zip, 'x.zip');
    expect(members.map((member) => member.name)).toEqual(['fine.txt']);
    expect(problems.map((problem) => [problem.code, problem.fatal])).toEqual([
      ['encrypted', false],
      ['too-large', false],
    ]);
    await expect(openMember(zip, 'no.txt')).rejects.toMatchObject({ problem: { code: 'not-found' } });
    await expect(openMember(zip, 'secret.txt')).rejects.toMatchObject({ problem: { code: 'encrypted' } });
  });

  test('what is no archive', () => {
    expect(isArchive(new Uint8Array(), 'x.zip')).toBe(false);
    expect(isArchive(bytesOf('text'), 'x.zip')).toBe(false);
    expect(isArchive(bytesOf('From: a@b.c\nSubject: x\nDate: today\n\ntext'), 'x.eml')).toBe(false);
  });
});

describe('mail', () => {
  test('headers, body, quoted lines and attachments', async () => {
    const document = await documentOf(mail, MESSAGE);
    expect(listed(document)).toEqual([
      'title Tender für Firewalls',
      'field From: Jane Roe',
      'field To: Team',
      'field Date: 2024-05-06',
      'paragraph Please use ISO 27001.',
      'quote Which standard? We need to know.',
      'field Attachment: ../rules.txt',
      'field Attachment: x.asc',
    ]);
    expect(document.properties).toMatchObject({
      title: 'Tender für Firewalls',
      author: 'Jane Roe',
      date: expect.stringMatching(/^2024-05-06/),
    });
    expect(document.asides).toEqual([{ kind: 'footer', text: 'Jane, City of X' }]);
  });

  test('attachments are members next to the message itself', async () => {
    const bytes = bytesOf(MESSAGE);
    expect(isArchive(bytes, 'x.eml')).toBe(true);
    const { members } = await listMembers(bytes, 'x.eml');
    expect(members.map((member) => member.name)).toEqual(['message-body.eml', '.._rules.txt']);
    const body = await openMember(bytes, 'message-body.eml');
    expect(isArchive(body.bytes, body.name)).toBe(false);
    expect(new TextDecoder().decode((await openMember(bytes, '.._rules.txt')).bytes).trim()).toBe('Use DNSSEC.');
  });

  test('an HTML body', async () => {
    const document = await documentOf(
      mail,
      'From: a@b.c\nSubject: s\nMIME-Version: 1.0\nContent-Type: text/html; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\n<h1>S=E9curit=E9</h1><p>Use TLS</p>',
    );
    expect(listed(document)).toEqual(['title s', 'field From: a@b.c', 'heading1 Sécurité', 'paragraph Use TLS']);
  });

  test('parts nested 1,000 deep are refused', async () => {
    let body = '';
    for (let depth = 0; depth < 1000; depth++)
      body += `Content-Type: multipart/mixed; boundary="b${depth}"\n\n--b${depth}\n`;
    await expect(documentOf(mail, `From: a@b.c\n${body}`)).rejects.toMatchObject({
      problem: { code: 'corrupt', fatal: true },
    });
  });
});
