import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { certificate } from '../testing/certificate.ts';
import { http, serveBytes, type TestServer } from '../testing/server.ts';
import { follow, type GetOptions, get, webUrl } from './client.ts';
import { decodeBody } from './decode.ts';
import { nodeDialer } from './dialer.ts';
import { bodyOf, type Exchange } from './exchange.ts';

const dialer = nodeDialer({ allowPrivate: true, roots: [certificate] });
const servers: TestServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});
async function serve(...given: Parameters<typeof serveBytes>): Promise<TestServer> {
  const server = await serveBytes(...given);
  servers.push(server);
  return server;
}
const ask = (port: number, more: Partial<GetOptions> = {}) =>
  get(`http://a.test:${port}/p?q=1`, { dialer, address: '127.0.0.1', timeout: 20_000, ...more });
const body = (exchange: Exchange) =>
  exchange.outcome === 'response' ? bodyOf(exchange).toString('latin1') : exchange.failure;
const truncated = (exchange: Exchange) => exchange.outcome === 'response' && exchange.truncated;
const head = 'HTTP/1.1 200 OK\r\n';
const coded = (coding: string, bytes: Buffer) => http(200, { 'Content-Encoding': coding }, bytes);
const text = 'hello '.repeat(500);

describe('get', () => {
  test.each<[string, string | Buffer, string]>([
    ['with a length', http(200, {}, 'hello'), 'hello'],
    ['to the end', `${head}\r\nhello`, 'hello'],
    ['in chunks', `${head}Transfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\n\r\n`, 'hello'],
    ['after an interim response', `HTTP/1.1 103 Early\r\nLink: x\r\n\r\n${head}\r\nhello`, 'hello'],
    ['no content', 'HTTP/1.1 204 None\r\n\r\nhello', ''],
    ['gzip', coded('gzip', gzipSync(text)), text],
    ['deflate', coded('deflate', deflateSync(text)), text],
    ['deflate without wrapper', coded('deflate', deflateRawSync(text)), text],
    ['br', coded('br', brotliCompressSync(text)), text],
    ['zstd', coded('zstd', zstdCompressSync(text)), text],
    ['coded twice', coded('gzip, br', brotliCompressSync(gzipSync(text))), text],
  ])('reads a body %s', async (_, answer, expected) => {
    const exchange = await ask((await serve(() => answer)).port);
    expect(body(exchange)).toBe(expected);
    expect(truncated(exchange)).toBe(false);
  });

  test.each<[string, string | Buffer, string]>([
    ['a body that breaks off', `${head}Content-Length: 10\r\n\r\nhel`, 'hel'],
    ['a chunk that lies', `${head}Transfer-Encoding: chunked\r\n\r\n3\r\nhello\r\n0\r\n\r\n`, 'hel'],
    ['a chunk that is none', `${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n`, ''],
    ['a coding nobody knows', coded('rot13', Buffer.from('uryyb')), ''],
    ['coded three times', coded('gzip, gzip, gzip', gzipSync(gzipSync(gzipSync(text)))), ''],
    ['what is not gzip', coded('gzip', Buffer.from('hello')), ''],
  ])('%s is cut', async (_, answer, expected) => {
    const exchange = await ask((await serve(() => answer)).port);
    expect(body(exchange)).toBe(expected);
    expect(truncated(exchange)).toBe(true);
  });

  test.each<[string, string, string]>([
    ['nothing', '', 'closed'],
    ['half a head', `${head}A: b\r\n`, 'closed'],
    ['another protocol', 'SSH-2.0-OpenSSH\r\n\r\n', 'malformed'],
    ['a line without colon', `${head}oops\r\n\r\n`, 'malformed'],
    ['lengths that disagree', `${head}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`, 'malformed'],
    ['a length that is none', `${head}Content-Length: -1\r\n\r\nab`, 'malformed'],
    ['another transfer coding', `${head}Transfer-Encoding: gzip\r\n\r\n`, 'malformed'],
    ['a switch of protocols', 'HTTP/1.1 101 x\r\n\r\n', 'malformed'],
    ['interim responses without end', 'HTTP/1.1 100 x\r\n\r\n'.repeat(20), 'limit'],
    ['an endless line', `${head}A: ${'b'.repeat(40_000)}`, 'limit'],
    ['too many fields', `${head}${'A: b\r\n'.repeat(500)}\r\n`, 'limit'],
    ['an endless fold', `${head}A: b\r\n${` ${'c'.repeat(1000)}\r\n`.repeat(30)}\r\n`, 'limit'],
  ])('%s is a failure', async (_, answer, failure) =>
    expect(body(await ask((await serve(() => answer)).port))).toBe(failure),
  );

  test('an endless body is cut at the limit', async () => {
    const server = await serve((_, socket) => {
      const push = () => {
        while (!socket.destroyed && socket.write(Buffer.alloc(65_536)));
      };
      socket.write(`${head}\r\n`);
      socket.on('drain', push);
      push();
      return null;
    });
    const exchange = await ask(server.port, { limits: { body: 100_000 } });
    expect([body(exchange).length, truncated(exchange)]).toEqual([100_000, true]);
  });

  test.each<[string, (bytes: Buffer) => Buffer]>([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['zstd', zstdCompressSync],
  ])('a %s bomb is cut at the limit', async (coding, pack) => {
    const bomb = coded(coding, pack(Buffer.alloc(50_000_000)));
    const exchange = await ask((await serve(() => bomb)).port, { limits: { decoded: 200_000 } });
    expect([body(exchange).length, truncated(exchange)]).toEqual([200_000, true]);
  });

  test('a server that says nothing, and one that drips, end by the clock', async () => {
    expect(body(await ask((await serve(() => null)).port, { timeout: 40 }))).toBe('timeout');
    const drip = await serve((_, socket) => {
      const timer = setInterval(() => socket.write('H'), 5);
      socket.on('close', () => clearInterval(timer));
      return null;
    });
    expect(body(await ask(drip.port, { timeout: 60 }))).toBe('timeout');
  });

  test('a person can stop it', async () => {
    const stop = new AbortController();
    const server = await serve(() => {
      stop.abort();
      return null;
    });
    expect(body(await ask(server.port, { signal: stop.signal }))).toBe('cancelled');
  });

  test('sends the host it was asked for, to the address it was given', async () => {
    let sent = '';
    const server = await serve((_path, _socket, head) => {
      sent = head;
      return http(200);
    });
    await ask(server.port);
    expect(sent.split('\r\n').slice(0, 2)).toEqual(['GET /p?q=1 HTTP/1.1', `Host: a.test:${server.port}`]);
  });

  test('TLS: what the certificate is worth is told, and does not stop it', async () => {
    const server = await serve(() => http(200, {}, 'hello'), { tls: true });
    const seen = async (host: string, use = dialer) => {
      const exchange = await get(`https://${host}:${server.port}/`, {
        dialer: use,
        address: '127.0.0.1',
        timeout: 20_000,
      });
      return exchange.outcome === 'response'
        ? [exchange.tls?.authorized, exchange.tls?.error, exchange.tls?.alpn]
        : exchange.failure;
    };
    expect(await seen('a.test')).toEqual([true, null, 'http/1.1']);
    expect(await seen('b.test')).toEqual([false, 'ERR_TLS_CERT_ALTNAME_INVALID', 'http/1.1']);
    expect(await seen('a.test', nodeDialer({ allowPrivate: true }))).toEqual([
      false,
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'http/1.1',
    ]);
  });

  test('TLS with who does not speak it is a failure', async () => {
    const server = await serve((_path, socket) => {
      socket.end('no');
      return null;
    });
    const exchange = await get(`https://a.test:${server.port}/`, { dialer, address: '127.0.0.1', timeout: 300 });
    expect(['tls', 'timeout', 'closed']).toContain(body(exchange));
  });

  test('private addresses, names and refused ports', async () => {
    const strict = nodeDialer();
    expect(body(await get('http://a.test/', { dialer: strict, address: '127.0.0.1' }))).toBe('blocked-address');
    expect(body(await get('http://a.test/', { dialer: strict, address: '::ffff:127.0.0.1' }))).toBe('blocked-address');
    expect(body(await get('http://a.test/', { dialer, address: 'localhost' }))).toBe('name');
    const server = await serveBytes(() => null);
    await server.close();
    expect(body(await ask(server.port))).toBe('refused');
  });
});

describe('follow', () => {
  async function visit(
    paths: Record<string, Buffer>,
    start = '/',
    addressOf = async (host: string) => (host === 'a.test' ? '127.0.0.1' : ('no-address' as const)),
  ) {
    const server = await serve((path) => paths[path] ?? http(404));
    const result = await follow(`http://a.test:${server.port}${start}`, { dialer, addressOf, timeout: 20_000 });
    return {
      end: result.end,
      urls: result.exchanges.map((one) => one.url.replace(`:${server.port}`, '')),
      count: server.requests.length,
    };
  }
  const to = (location: string) => http(302, { Location: location });

  test('goes where it is sent', async () =>
    expect(await visit({ '/': to('/a'), '/a': to('b?x#y'), '/b?x': http(200) })).toMatchObject({
      end: 'final',
      urls: ['http://a.test/', 'http://a.test/a', 'http://a.test/b?x'],
    }));

  test.each<[string, Record<string, Buffer>, string, number]>([
    ['a loop', { '/': to('/a'), '/a': to('/') }, 'loop', 2],
    [
      'an endless chain',
      Object.fromEntries(Array.from({ length: 30 }, (_, at) => [at === 0 ? '/' : `/${at}`, to(`/${at + 1}`)])),
      'limit',
      11,
    ],
    ['another scheme', { '/': to('file:///etc/passwd') }, 'bad-location', 1],
    ['a password', { '/': to('http://u:p@a.test/') }, 'bad-location', 1],
    ['another port', { '/': to('http://a.test:22/') }, 'bad-location', 1],
    ['a host without address', { '/': to('http://b.test/') }, 'failure', 1],
    ['no location', { '/': http(302) }, 'final', 1],
  ])('%s', async (_, paths, end, count) => expect(await visit(paths)).toMatchObject({ end, count }));

  test('a redirect to a private address is refused by the dialer', async () => {
    const server = await serve(() => to('http://169.254.169.254/latest'));
    const strict = nodeDialer();
    const half = {
      connect: (target: Parameters<typeof strict.connect>[0], signal: AbortSignal) =>
        (target.port === server.port ? dialer : strict).connect(target, signal),
    };
    const { exchanges } = await follow(`http://a.test:${server.port}/`, {
      dialer: half,
      addressOf: async () => '127.0.0.1',
      timeout: 20_000,
    });
    expect(exchanges.at(-1)).toMatchObject({ outcome: 'failure', failure: 'blocked-address' });
  });
});

test('web addresses', () => {
  expect(
    ['http://a/', 'ftp://a/', 'https://u@a/', 'javascript:1', '', 'http://'].map((text) => webUrl(text) !== null),
  ).toEqual([true, false, false, false, false, false]);
});

test('decoding never holds more than it may, whatever the bytes', () =>
  fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 300 }),
      fc.constantFrom('gzip', 'deflate', 'br', 'zstd'),
      async (bytes, coding) => {
        const { bytes: out } = await decodeBody({ bytes: Buffer.from(bytes), truncated: false }, [coding], 100);
        expect(out.length).toBeLessThanOrEqual(100);
      },
    ),
    { numRuns: 200 },
  ));
