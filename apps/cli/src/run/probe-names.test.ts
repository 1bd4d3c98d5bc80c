import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { listedNames, nameIn, ResultFile } from './probe-names.ts';
import { declaredIn, familiesIn, profileIn, resolverIn } from './probe-options.ts';

const folder = mkdtempSync(join(tmpdir(), 'proviso-names-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a name', () => {
  it.each([
    ['Example.ORG.', 'example.org'],
    [' www.example.org ', 'www.example.org'],
    ['https://Example.org:8443/a?b', 'example.org'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['_sip._tls.example.org', '_sip._tls.example.org'],
    ['192.0.2.1', '192.0.2.1'],
    ['[2001:DB8::1]', '2001:db8::1'],
    ['2001:db8::1', '2001:db8::1'],
  ])('%j is %s', (text, name) => expect(nameIn(text)).toBe(name));

  it.each([
    '',
    ' ',
    'a b',
    'a..b',
    'user@example.org',
    'example.org/path',
    'https://',
    `${'a'.repeat(64)}.test`,
    'a.'.repeat(130),
  ])('%j is none', (text) => expect(nameIn(text)).toBeNull());
});

describe('what a person says of a run', () => {
  it.each<[string, unknown]>([
    ['root', 'root'],
    ['9.9.9.9', [{ address: '9.9.9.9', port: 53 }]],
    [
      '9.9.9.9:5353,::1',
      [
        { address: '9.9.9.9', port: 5353 },
        { address: '::1', port: 53 },
      ],
    ],
    ['[::1]:5353', [{ address: '::1', port: 5353 }]],
  ])('resolver %s', (text, wanted) => expect(resolverIn(text)).toEqual(wanted));

  it.each([
    [() => resolverIn('dns.example'), /no resolver/],
    [() => resolverIn('9.9.9.9:0'), /no resolver/],
    [() => familiesIn('dns,ftp'), /no family "ftp".*dns, dnssec, web/],
    [() => declaredIn({ senders: 'mail.example.org' }), /no address/],
    [() => declaredIn({ service: ['example.org'] }), /no service/],
    [() => declaredIn({ service: ['example.org:25/gopher'] }), /no service/],
    [() => declaredIn({ service: ['example.org:853/dot/path'] }), /no service/],
  ] as const)('refused: %s', (act, message) => expect(act).toThrow(message));

  it('families, in one order', () => expect(familiesIn('web, dns')).toEqual(['dns', 'web']));

  it('families that nobody named are those of every name, and of services', () => {
    const usual = ['dns', 'web', 'tls', 'mail', 'routing'];
    expect(familiesIn(undefined)).toEqual(usual);
    const { services } = declaredIn({ service: ['time.a.test:4460/nts', 'dns.a.test:443/doh/own/path'] });
    expect(services[1]).toEqual({ host: 'dns.a.test', port: 443, service: 'doh', path: '/own/path' });
    expect(familiesIn(undefined, services)).toEqual([...usual, 'time', 'resolver']);
  });

  it('services and selectors', () => {
    expect(
      declaredIn({ dkim: 's1, s2', senders: '192.0.2.1', service: ['Imap.Example.org:143/imap', 'a.test:8443'] }),
    ).toEqual({
      selectors: ['s1', 's2'],
      senders: ['192.0.2.1'],
      services: [
        { host: 'imap.example.org', port: 143, service: 'imap' },
        { host: 'a.test', port: 8443, service: 'tls' },
      ],
    });
  });

  it('a profile of its own', async () => {
    const file = join(folder, 'own.yaml');
    writeFileSync(
      file,
      'id: ours\ntitle: Ours\nsource: our contract\nextends: internet-nl\nweb: { change: { hsts: { minMaxAge: 63072000 } } }\n',
    );
    const own = await profileIn(file);
    expect([own.id, own.web.hsts.minMaxAge, own.tls.id]).toEqual(['ours', 63_072_000, 'ncsc-nl-2025-05']);
    expect((await profileIn('strict')).id).toBe('strict');
  });

  it.each([
    ['nothing.yaml', '', /no profile and no file/],
    ['bad.yaml', 'a: [', /no YAML/],
    ['empty.yaml', 'id: x\ntitle: x\nsource: x\n', /says nothing of dns/],
    ['unknown.yaml', 'id: x\ntitle: x\nsource: x\nextends: strict\nftp: strict\n', /cannot be used/],
    ['part.yaml', 'id: x\ntitle: x\nsource: x\nextends: strict\nweb: lax\n', /web: there is no profile "lax"/],
    [
      'value.yaml',
      'id: x\ntitle: x\nsource: x\nextends: strict\nweb: { change: { hsts: { minMaxAge: long } } }\n',
      /cannot be used/,
    ],
  ])('a profile that is none: %s', async (name, text, message) => {
    const file = join(folder, name);
    if (text !== '') writeFileSync(file, text);
    await expect(profileIn(file)).rejects.toThrow(message);
  });
});

describe('a list', () => {
  it('has one name a line, and remarks', async () => {
    const file = join(folder, 'list.txt');
    writeFileSync(file, '\uFEFFa.test\r\n\r\n# remark\n  b.test  \nc.test');
    const names: string[] = [];
    for await (const name of listedNames(file)) names.push(name);
    expect(names).toEqual(['a.test', 'b.test', 'c.test']);
  });

  it('that is not there is told', async () => {
    await expect(async () => {
      for await (const _ of listedNames(join(folder, 'none'))) expect.fail();
    }).rejects.toThrow(/cannot be read/);
  });
});

describe('a file of results', () => {
  const run = { profile: { id: 'p', sha256: 'x' }, families: ['dns'] };
  const line = (subject: string) =>
    JSON.stringify({
      schema: 'proviso.probe-outcome/1',
      subject,
      profile: run.profile,
      started: '2026-11-27T00:00:00.000Z',
      seconds: 1,
      families: ['dns'],
      vantage: { name: '', program: 'p', resolver: 'root', ipv4: true, ipv6: true },
      verdict: 'pass',
      results: [],
    });

  it('says what is done, and loses a line that was torn', async () => {
    const path = join(folder, 'torn.ndjson');
    const whole = `${line('a.test')}\n${line('b.test')}\n`;
    writeFileSync(path, whole + line('c.test').slice(0, 40));
    const file = await ResultFile.open(path, run);
    expect([...file.done]).toEqual(['a.test', 'b.test']);
    expect(readFileSync(path, 'utf8')).toBe(whole);
  });

  it('may be new, empty or torn in its first line', async () => {
    const path = join(folder, 'new.ndjson');
    expect((await ResultFile.open(path, run)).done.size).toBe(0);
    writeFileSync(path, '{"schema"');
    expect((await ResultFile.open(path, run)).done.size).toBe(0);
    expect(readFileSync(path, 'utf8')).toBe('');
  });

  it('of something else is left alone', async () => {
    const path = join(folder, 'other.ndjson');
    writeFileSync(path, `${line('a.test')}\nhello\n`);
    await expect(ResultFile.open(path, run)).rejects.toThrow(/line 2 is none/);
    await expect(ResultFile.open(path, { ...run, families: ['web'] })).rejects.toThrow(/this run is another/);
  });
});
