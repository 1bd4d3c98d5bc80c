import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseSources } from '../sources.ts';
import { type CollectWorld, collect, extensionOf } from './collect.ts';
import { type FetchConditions, FetchError, type Fetched, fetchAddress } from './fetch-address.ts';
import { type CollectEvent, openRun, parseLog } from './log.ts';

describe('extensionOf', () => {
  it.each([
    ['https://a.example/x/terms.PDF?v=1', null, '.pdf'],
    ['https://a.example/download?id=3', 'application/pdf; charset=binary', '.pdf'],
    ['https://a.example/index.php', 'text/html', '.html'],
    ['https://a.example/', null, '.bin'],
    ['tenders/notes.md', null, '.md'],
    ['tenders/../../x.d/evil', null, '.bin'],
  ])('%s as %s is %s', (address, type, extension) => expect(extensionOf(address, type)).toBe(extension));
});

/** A world in memory: pages by address, a log, a clock that counts. */
function worldOf(pages: Map<string, Partial<Fetched> | Error | string>) {
  let clock = 0;
  const lines: object[] = [];
  const asked: { address: string; conditions: FetchConditions }[] = [];
  const world: CollectWorld = {
    fetch: async (address, conditions) => {
      asked.push({ address, conditions });
      const page = pages.get(address);
      if (page instanceof Error) throw page;
      if (page === undefined)
        return { status: 404, body: null, contentType: null, etag: null, lastModified: null, finalAddress: address };
      if (typeof page !== 'string')
        return {
          status: 200,
          body: null,
          contentType: null,
          etag: null,
          lastModified: null,
          finalAddress: address,
          ...page,
        };
      const etag = `"${page.length}"`;
      const same = conditions.etag === etag;
      return {
        status: same ? 304 : 200,
        body: same ? null : Buffer.from(page),
        contentType: 'text/plain',
        etag,
        lastModified: null,
        finalAddress: address,
      };
    },
    readFile: async (path) => {
      const page = pages.get(path);
      if (typeof page !== 'string') throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
      return Buffer.from(page);
    },
    keep: async (body, extension) => ({
      sha256: `hash of ${body.toString()}`,
      file: `objects/${body.toString()}${extension}`,
    }),
    append: async (line) => {
      lines.push(line);
    },
    now: () => `2026-11-24T00:00:${String(clock++).padStart(2, '0')}Z`,
    wait: async () => {},
  };
  const log = () => parseLog(lines.map((line) => JSON.stringify(line)).join('\n'));
  return { world, log, asked, lines };
}
const outcomes = (events: readonly CollectEvent[]): Record<string, string> =>
  Object.fromEntries(events.map((event) => [event.address, event.outcome]));

describe('collect', () => {
  const list = (...addresses: string[]) => parseSources(addresses.join('\n'));
  const A = 'https://a.example/a.pdf';
  const B = 'https://b.example/b.pdf';

  it('says what is new, unchanged, changed, vanished and not collected, and keeps earlier copies', async () => {
    const pages = new Map<string, Partial<Fetched> | Error | string>([
      [A, 'one'],
      [B, 'two'],
      ['file.md', 'three'],
      ['https://c.example/', new FetchError('It did not come within 60 seconds.')],
    ]);
    const entries = list(A, B, 'file.md', 'https://c.example/', 'https://d.example/');
    const { world, log, asked } = worldOf(pages);
    expect(outcomes(await collect(entries, log(), world))).toEqual({
      [A]: 'new',
      [B]: 'new',
      'file.md': 'new',
      'https://c.example/': 'not-collected',
      'https://d.example/': 'not-collected',
    });
    pages.set(A, 'one more');
    pages.delete('file.md');
    pages.set(B, new FetchError('The host takes no connection.'));
    const second = await collect(entries, log(), world);
    expect(outcomes(second)).toMatchObject({ [A]: 'changed', [B]: 'not-collected', 'file.md': 'vanished' });
    expect(second.find((event) => event.address === B)).toMatchObject({
      sha256: 'hash of two',
      reason: 'The host takes no connection.',
    });
    pages.set(B, 'two');
    expect(outcomes(await collect(entries, log(), world))).toMatchObject({ [A]: 'unchanged', [B]: 'unchanged' });
    expect(asked.findLast(({ address }) => address === A)?.conditions.etag).toBe('"8"');
    expect(log().finished.size).toBe(3);
  });

  it.each([
    [{ status: 503 }, /answered 503/],
    [{ status: 403 }, /answered 403/],
    [{ status: 200, body: Buffer.alloc(0) }, /sent nothing/],
    [{ status: 304 }, /answered 304/],
  ])('takes %j for not collected', async (page, reason) => {
    const { world, log } = worldOf(new Map([[A, page]]));
    const [event] = await collect(list(A), log(), world);
    expect(event).toMatchObject({ outcome: 'not-collected', sha256: null });
    expect(event?.reason).toMatch(reason);
  });

  it('goes on where it was stopped, in the same run, and tries again what failed', async () => {
    const pages = new Map<string, Partial<Fetched> | Error | string>([
      [A, 'one'],
      ['https://a.example/2', new FetchError('no')],
      ['https://a.example/3', 'three'],
    ]);
    const entries = list(...pages.keys());
    const { world, log, asked } = worldOf(pages);
    const stop = new AbortController();
    await collect(entries, log(), world, { signal: stop.signal, onEvent: (_, done) => done === 2 && stop.abort() });
    expect(openRun(log())).not.toBeNull();
    const all = await collect(entries, log(), world);
    expect(all.map((event) => event.run)).toEqual(all.map(() => all[0]?.run));
    expect(outcomes(all)).toEqual({ [A]: 'new', 'https://a.example/2': 'not-collected', 'https://a.example/3': 'new' });
    expect(asked.map(({ address }) => address)).toEqual([
      A,
      'https://a.example/2',
      'https://a.example/2',
      'https://a.example/3',
    ]);
    expect(openRun(log())).toBeNull();
  });

  it('asks one host one thing at a time, with a pause', async () => {
    let under = 0;
    let most = 0;
    const waits: number[] = [];
    const { world, log } = worldOf(new Map());
    const slow: CollectWorld = {
      ...world,
      fetch: async (address, conditions) => {
        most = Math.max(most, ++under);
        await Promise.resolve();
        under -= 1;
        return world.fetch(address, conditions);
      },
      wait: async (ms) => {
        waits.push(ms);
      },
    };
    await collect(list(A, 'https://a.example/2', 'https://a.example/3'), log(), slow);
    expect(most).toBe(1);
    expect(waits).toEqual([1000, 1000]);
  });

  it('does not hide a fault of the program', async () => {
    const { world, log } = worldOf(new Map([[A, new TypeError('a bug')]]));
    await expect(collect(list(A), log(), world)).rejects.toThrow('a bug');
  });
});

it('a log that a crash cut short is read up to there', () => {
  const log = parseLog('{"run":"1","address":"a","sha256":null}\n{"run":"1","addr');
  expect(log.events).toHaveLength(1);
});

describe('fetchAddress', () => {
  let server: Server;
  let at: string;
  beforeAll(async () => {
    server = createServer((request, response) => {
      const path = request.url ?? '/';
      if (path === '/file') {
        if (request.headers['if-none-match'] === '"v1"') response.writeHead(304).end();
        else response.writeHead(200, { etag: '"v1"', 'content-type': 'text/plain' }).end('content');
      } else if (path === '/zipped') response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('content'));
      else if (path === '/bomb')
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(3_000_000)));
      else if (path === '/large') response.writeHead(200).end(Buffer.alloc(3_000_000));
      else if (path === '/away') response.writeHead(302, { location: '/file' }).end();
      else if (path === '/round') response.writeHead(302, { location: '/round' }).end();
      else if (path === '/disk') response.writeHead(302, { location: 'file:///etc/passwd' }).end();
      else if (path === '/slow') response.writeHead(200).write('begins');
      else response.writeHead(404).end();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const open = { allowPrivate: true, maxBytes: 1_000_000 };

  it('brings content, follows redirects, unpacks, and asks only for what changed', async () => {
    expect((await fetchAddress(`${at}/file`, {}, open)).body?.toString()).toBe('content');
    expect((await fetchAddress(`${at}/zipped`, {}, open)).body?.toString()).toBe('content');
    expect(await fetchAddress(`${at}/away`, {}, open)).toMatchObject({ status: 200, finalAddress: `${at}/file` });
    expect(await fetchAddress(`${at}/file`, { etag: '"v1"' }, open)).toMatchObject({ status: 304, body: null });
    expect(await fetchAddress(`${at}/none`, {}, open)).toMatchObject({ status: 404, body: null });
  });

  it.each([
    ['/bomb', /unpacks to more than|larger than/],
    ['/large', /larger than/],
    ['/round', /redirects more than/],
    ['/disk', /file: addresses/],
  ])('refuses %s', async (path, message) => {
    await expect(fetchAddress(`${at}${path}`, {}, open)).rejects.toThrow(message);
  });

  it('does not wait for ever', async () => {
    await expect(fetchAddress(`${at}/slow`, {}, { ...open, timeoutMs: 200 })).rejects.toThrow(/did not come within/);
  });

  it.each(['/file', '/away'])('keeps to the public internet unless told otherwise (%s)', async (path) => {
    await expect(fetchAddress(`${at}${path}`)).rejects.toThrow(/--allow-private/);
    await expect(fetchAddress(`${at.replace('127.0.0.1', 'localhost')}${path}`)).rejects.toThrow(/--allow-private/);
  });

  it.each(['ftp://a.example/x', 'not an address', 'http://', 'http://0x7f000001/', 'http://[::ffff:127.0.0.1]/'])(
    'refuses the address %s',
    async (address) => {
      await expect(fetchAddress(address)).rejects.toThrow(FetchError);
    },
  );
});
