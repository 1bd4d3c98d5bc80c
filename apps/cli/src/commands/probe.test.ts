import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProberOptions } from '@proviso/probes';
import { type Internet, startInternet } from '@proviso/probes/testing/internet';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { createProgram } from '../program.ts';
import { type ProbeOptions, probeCommand, replayCommand } from './probe.ts';

const folder = mkdtempSync(join(tmpdir(), 'proviso-probe-'));
const at = (name: string) => join(folder, name);
let internet: Internet;

beforeAll(async () => {
  internet = await startInternet({ 'good.test': 'good', 'bad.test': 'bad', 'closed.test': 'closed' });
  const { anchors } = internet.profile('internet-nl').dns;
  const own = {
    id: 'own',
    title: 'Our own',
    source: 'this test',
    extends: 'internet-nl',
    dns: { change: { anchors } },
  };
  writeFileSync(at('own.yaml'), stringify(own));
});
afterAll(async () => {
  await internet.close();
  rmSync(folder, { recursive: true });
});
afterEach(() => {
  process.exitCode = undefined;
});

let outs = 0;
/** Runs the command; what it wrote, and the exit code. */
async function probed(
  names: string[],
  options: Partial<ProbeOptions> = {},
  world: Partial<ProberOptions> = internet.options,
): Promise<{ out: string; code: unknown }> {
  const out = at(`out-${++outs}`);
  process.exitCode = undefined;
  await probeCommand(
    names,
    {
      profile: at('own.yaml'),
      resolver: 'root',
      jobs: 4,
      timeout: 1,
      most: 60,
      pause: 0,
      out,
      quiet: true,
      lang: 'en',
      key: at('key.pem'),
      ...options,
    },
    world,
  );
  const { exitCode } = process;
  process.exitCode = undefined;
  return { out: options.results && !options.format ? '' : readFileSync(out, 'utf8'), code: exitCode };
}

describe('proviso probe', () => {
  it('says what is wrong, why, and what to do', async () => {
    const { out, code } = await probed(['bad.test', 'good.test']);
    expect(code).toBeUndefined();
    expect(out.indexOf('━━ bad.test')).toBeLessThan(out.indexOf('━━ good.test'));
    expect(out).toContain('✗ HSTS  web.hsts');
    expect(out).toContain('There is no Strict-Transport-Security field (ipv4).');
    expect(out).toContain('→ Send Strict-Transport-Security with a max-age of a year or more.');
    expect(out).toContain('2 names. Something fails: 1.');
    expect(out).not.toContain('\u001b');
  });

  it('trusts an authority of your own where its root is given', async () => {
    const { store, ...world } = internet.options;
    const [root] = store?.roots ?? [];
    const body = Buffer.from(root ?? '').toString('base64');
    writeFileSync(at('root.pem'), `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`);
    const trusted = { families: 'tls', json: true, roots: at('root.pem') } as const;
    for (const [options, verdict] of [
      [{ ...trusted, roots: undefined }, 'fail'],
      [trusted, 'pass'],
    ] as const) {
      const { out } = await probed(['good.test'], options as Partial<ProbeOptions>, world);
      const [{ results }] = JSON.parse(out).outcomes;
      const found = results.find(({ check }: { check: string }) => check === 'tls.certificate-trust');
      expect(found.verdict).toBe(verdict);
    }
  });

  it('shows what passed where that is asked', async () => {
    const { out } = await probed(['good.test'], { all: true, families: 'web' });
    expect(out).toContain('✓ HTTPS is forced');
  });

  it.each([
    ['bad.test', 'fail', 1],
    ['bad.test', 'warn', 1],
    ['good.test', 'fail', undefined],
    ['closed.test', 'fail', undefined],
    ['closed.test', 'inconclusive', 1],
  ] as const)('%s with --fail-on %s ends with %s', async (name, failOn, code) => {
    expect((await probed([name], { failOn, families: 'web,tls' })).code).toBe(code);
  });

  it('ends with 3 where nothing could be found out, though some of it does not apply', async () => {
    const { code } = await probed(['nobody.test'], { families: 'tls,mail', resolver: 'root' });
    expect(code).toBeUndefined();
    const silent = { network: { ...internet.options.network, transport: async () => 'timeout' as const } };
    process.exitCode = undefined;
    await probeCommand(
      ['good.test'],
      {
        profile: at('own.yaml'),
        resolver: 'root',
        jobs: 1,
        timeout: 1,
        most: 3,
        pause: 0,
        out: at('x'),
        quiet: true,
        families: 'dns',
      },
      { ...internet.options, ...silent },
    );
    expect(process.exitCode).toBe(3);
    // Leave is given, nothing answers; what is of mail addresses alone does not apply.
    const nowhere = { ...internet.options, allowPrivate: true, ...silent };
    expect((await probed(['127.0.0.1'], { most: 3 }, nowhere)).code).toBe(3);
  });

  it('writes JSON, SARIF, HTML and what Internet.nl writes', async () => {
    const names = ['good.test', 'bad.test'];
    const json = JSON.parse((await probed(names, { json: true })).out);
    expect(json.outcomes.map(({ subject }: { subject: string }) => subject)).toEqual(names);
    const sarif = JSON.parse((await probed(names, { format: 'sarif' })).out);
    const { rules } = sarif.runs[0].tool.driver;
    for (const { ruleId, ruleIndex, level, message } of sarif.runs[0].results) {
      expect(rules[ruleIndex].id).toBe(ruleId);
      expect(['error', 'warning', 'note']).toContain(level);
      expect(message.text).not.toContain('undefined');
    }
    const web = JSON.parse((await probed(names, { format: 'internetnl' })).out);
    expect(web.request).toMatchObject({ request_type: 'web', status: 'done' });
    expect(web.domains['good.test'].scoring.percentage).toBe(100);
    expect(web.domains['bad.test'].results.tests.web_https_http_hsts).toEqual({ status: 'failed', verdict: 'bad' });
    const mail = JSON.parse((await probed(['good.test'], { format: 'internetnl-mail', dkim: 's1' })).out);
    expect(Object.keys(mail.domains['good.test'].results.tests)).toHaveLength(38);
    const html = (await probed(names, { format: 'html' })).out;
    expect(html).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
    expect(html.match(/<article>/g)).toHaveLength(2);
    expect(html).not.toMatch(/<script/);
  });

  it('speaks four languages', async () => {
    const words = { fr: 'HTTPS est imposé', nl: 'HTTPS wordt afgedwongen', de: 'HTTPS wird erzwungen' };
    for (const [lang, title] of Object.entries(words))
      expect((await probed(['bad.test'], { lang: lang as 'fr', families: 'web' })).out).toContain(title);
  });

  it.each<[string[], Partial<ProbeOptions>, RegExp]>([
    [[], {}, /name a host or domain/],
    [['a b'], {}, /no name/],
    [['127.0.0.1'], {}, /"127\.0\.0\.1" is not on the public internet/],
    [['https://localhost/'], {}, /"localhost" is not on the public internet/],
    [['good.test'], { profile: 'lax' }, /no profile and no file "lax"/],
    [['good.test'], { routes: 'x' }, /needs --vrps/],
    [['good.test'], { roots: 'none.pem' }, /none\.pem cannot be read/],
    [['good.test'], { roots: import.meta.filename }, /holds no root certificates/],
    [['good.test'], { vrps: '/nowhere/vrps.json' }, /ENOENT/],
    [[], { list: '/nowhere/list' }, /cannot be read/],
  ])('refuses %j %j', async (names, options, message) => {
    await expect(probed(names, options)).rejects.toThrow(message);
  });
});

describe('a list with a file of results', () => {
  it('goes on where it stopped, and shows all of it at the end', async () => {
    writeFileSync(at('names'), 'good.test\nGOOD.test.\n# remark\nnot a name\nlocalhost\nbad.test\nclosed.test\n');
    const results = at('results.ndjson');
    const options = { results, families: 'dns', list: at('names') };
    await probed(['closed.test'], { results, families: 'dns' });
    const [first] = readFileSync(results, 'utf8').split('\n');
    writeFileSync(results, `${first}\n{"schema":"proviso.pro`);
    const { code } = await probed([], options);
    expect(code).toBe(3);
    const lines = readFileSync(results, 'utf8').trimEnd().split('\n');
    expect(lines[0]).toBe(first);
    expect(lines.map((line) => JSON.parse(line).subject).sort()).toEqual(['bad.test', 'closed.test', 'good.test']);
    const asked = internet.asked.length;
    const { out, code: again } = await probed([], { ...options, format: 'json', failOn: 'fail' });
    expect(internet.asked.length).toBe(asked);
    expect(JSON.parse(out).outcomes).toHaveLength(3);
    expect(again).toBe(1);
    await expect(probed([], { ...options, families: 'web' })).rejects.toThrow(/this run is another/);
  });
});

describe('the command line', () => {
  it('gives options after replay to replay', async () => {
    const run = (...args: string[]) =>
      createProgram().parseAsync(['probe', 'replay', at('own.yaml'), ...args], { from: 'user' });
    await expect(run()).rejects.toThrow(/no bundle/);
    await expect(run('--profile', 'nope')).rejects.toThrow(/no profile and no file "nope"/);
  });

  it('takes options after names', async () => {
    const args = ['probe', 'good.test', '--families', 'ftp', '--json'];
    await expect(createProgram().parseAsync(args, { from: 'user' })).rejects.toThrow(/no family "ftp"/);
  });
});

describe('proof', () => {
  it('is kept, replays to the same verdicts without a network, and is refused where it was changed', async () => {
    const bundle = at('proof');
    const { out } = await probed(['good.test'], { bundle, json: true });
    const [name = ''] = readdirSync(bundle);
    expect(name).toMatch(/^good\.test-[0-9a-f]{64}\.probe\.json$/);
    const asked = internet.asked.length;
    await replayCommand(join(bundle, name), { json: true, out: at('again'), quiet: true });
    expect(JSON.parse(readFileSync(at('again'), 'utf8'))).toEqual(JSON.parse(out));
    await replayCommand(join(bundle, name), {
      out: at('strict'),
      quiet: true,
      profile: 'strict',
      failOn: 'fail',
      lang: 'en',
    });
    expect(process.exitCode).toBe(1);
    // The root of that profile is the real one, which this network does not show: whether names are signed cannot be told.
    expect(readFileSync(at('strict'), 'utf8')).toContain('? Signed with DNSSEC');
    expect(internet.asked.length).toBe(asked);

    const text = readFileSync(join(bundle, name), 'utf8');
    writeFileSync(at('changed.probe.json'), text.replace(/"payload":"(.{900})./, '"payload":"$1x'));
    await expect(replayCommand(at('changed.probe.json'), { quiet: true })).rejects.toThrow(
      /was changed after it was signed/,
    );
    await expect(replayCommand(join(bundle, name), { quiet: true, signedBy: '00' })).rejects.toThrow(/not with 00/);
    await expect(replayCommand(at('own.yaml'), { quiet: true })).rejects.toThrow(/no bundle/);
    await expect(replayCommand(at('nothing'), { quiet: true })).rejects.toThrow(/cannot be read/);
  });

  it('is signed with a key that is there, or says what is wrong with it', async () => {
    writeFileSync(at('no-key.pem'), 'hello');
    await expect(probed(['good.test'], { bundle: at('p2'), key: at('no-key.pem') })).rejects.toThrow(/no private key/);
  });
});
