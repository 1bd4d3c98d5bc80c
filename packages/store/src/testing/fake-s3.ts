import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** A small S3 in this process: one bucket, `bucket`, in memory; two keys a page. */
export interface FakeS3 {
  endpoint: string;
  objects: Map<string, Buffer>;
  /** Method and path of each request, in order. */
  requests: string[];
  /** Answers so many requests with 503. */
  failNext(count: number): void;
  close(): Promise<void>;
}

const PAGE = 2;

export async function fakeS3(): Promise<FakeS3> {
  const objects = new Map<string, Buffer>();
  const requests: string[] = [];
  let failures = 0;
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    requests.push(`${request.method} ${request.url}`);
    if (failures > 0) {
      failures--;
      return answer(response, 503, '<Error><Code>SlowDown</Code></Error>');
    }
    const refused = refusal(request, body);
    if (refused !== null) return answer(response, 403, `<Error><Code>${refused}</Code></Error>`);
    const url = new URL(request.url ?? '/', 'http://s3');
    const key = url.pathname.slice('/bucket/'.length);
    if (!url.pathname.startsWith('/bucket/')) return answer(response, 404, '<Error><Code>NoSuchBucket</Code></Error>');
    if (key === '') return answer(response, 200, listing(objects, url.searchParams));
    if (request.method === 'PUT') {
      objects.set(key, body);
      return answer(response, 200, '');
    }
    if (request.method === 'DELETE') {
      objects.delete(key);
      return answer(response, 204, '');
    }
    const object = objects.get(key);
    if (object === undefined)
      return answer(response, 404, request.method === 'HEAD' ? '' : '<Error><Code>NoSuchKey</Code></Error>');
    response.writeHead(200, { 'content-length': object.length, 'last-modified': new Date().toUTCString() });
    response.end(request.method === 'HEAD' ? undefined : object);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  return {
    endpoint: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    objects,
    requests,
    failNext: (count) => {
      failures = count;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** Why a real store would refuse the request; null when it would not. */
function refusal({ headers }: IncomingMessage, body: Buffer): string | null {
  const { authorization = '' } = headers;
  const signed =
    /^AWS4-HMAC-SHA256 Credential=key\/\d{8}\/eu-west-1\/s3\/aws4_request, SignedHeaders=(\S+), Signature=[0-9a-f]{64}$/.exec(
      authorization,
    )?.[1];
  if (!signed?.split(';').includes('x-amz-content-sha256') || !signed.includes('host')) return 'AccessDenied';
  if (headers['x-amz-content-sha256'] !== createHash('sha256').update(body).digest('hex'))
    return 'XAmzContentSHA256Mismatch';
  if (body.length > 0 && Number(headers['content-length']) !== body.length) return 'MissingContentLength';
  return null;
}

function listing(objects: Map<string, Buffer>, query: URLSearchParams): string {
  const after = query.get('continuation-token') ?? '';
  const keys = [...objects.keys()].filter((key) => key.startsWith(query.get('prefix') ?? '') && key > after).sort();
  const page = keys.slice(0, PAGE);
  const next = keys.length > PAGE ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : '';
  return `<ListBucketResult>${page.map((key) => `<Contents><Key>${key}</Key></Contents>`).join('')}${next}</ListBucketResult>`;
}

function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(text);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}
