import type { OfferView, RequestSaid, SignedReceipt, SignedRequestReceipt } from 'proviso-server/contract';
import { apiAt } from '../api/client.ts';
import { ProblemError } from '../api/problem.ts';

export interface Submission {
  id: string;
  lot: string;
  demand: string;
  sealedFor: { purchase: string; invitation: string; keys: string };
  parts: { part: 'quality' | 'price'; bytes: string }[];
  files: string[];
}

/** A request to take part, on its way. */
export interface Asking extends RequestSaid {
  id: string;
  files: { name: string; sha256: string }[];
}

export type Reply =
  | { kind: 'deviation'; offer: string; requirement: string; agrees: boolean; reason: string }
  | { kind: 'explanation'; offer: string; text: string }
  | { kind: 'consultation'; consultation: string; text: string; comments: { requirement: string; text: string }[] };

/** All that a supplier's page asks of the server. Every call throws `ProblemError`. */
export interface OfferApi {
  view(): Promise<OfferView>;
  /** The offline form of the purchase: an HTML file. */
  offlineForm(): Promise<Blob>;
  /** The kept draft, which only the link opens; `version` is at most the one that it is. */
  draft(): Promise<{ bytes: Uint8Array<ArrayBuffer>; version: number }>;
  /** Gives the version it became. Refused with 409 or 412 where another draft was kept since `version`. */
  keepDraft(bytes: Uint8Array<ArrayBuffer>, version: number): Promise<number>;
  /** `progress` is told how many bytes have gone. */
  putFile(sealed: Blob, progress: (sent: number) => void): Promise<{ sha256: string; bytes: number }>;
  /** A file of a request to take part, as it is. */
  putProof(file: Blob, progress: (sent: number) => void): Promise<{ sha256: string; bytes: number }>;
  askToTakePart(request: Asking): Promise<SignedRequestReceipt>;
  /** The receipt of a request, again. */
  requestReceipt(request: string): Promise<SignedRequestReceipt>;
  submit(offer: Submission): Promise<SignedReceipt>;
  /** The receipt of an offer, again. */
  receipt(offer: string): Promise<SignedReceipt>;
  withdraw(offer: string): Promise<void>;
  ask(text: string): Promise<void>;
  /** To what the buyer asked of this supplier alone. */
  reply(reply: Reply): Promise<void>;
  /** The keys that sign receipts, as JWKs. */
  receiptKeys(): Promise<unknown[]>;
}

/** The token goes in a header and nowhere else. The form comes in the language given. */
export function createApi(token: string, language: string): OfferApi {
  const headers = { 'x-proviso-link': token };
  const api = apiAt('/api');
  const view = (): Promise<OfferView> => api.get(`/offer?language=${language}`, { headers });
  return {
    view,
    offlineForm: () => api.bytes(`/offer/form?language=${language}`, { headers }),
    draft: async () => {
      // In this order: should a tab keep another one meanwhile, the version is too old, and keeping asks again.
      const { draft: version } = await view();
      const blob = await api.bytes('/offer/draft', { headers });
      return { bytes: new Uint8Array(await blob.arrayBuffer()), version };
    },
    keepDraft: async (bytes, version) => {
      const kept = await api.put<{ version: number }>('/offer/draft', bytes, { headers, etag: `"${version}"` });
      return kept.version;
    },
    putFile: (sealed, progress) => upload(api.address('/offer/files'), headers, sealed, progress),
    putProof: (file, progress) => upload(api.address('/offer/requests/files'), headers, file, progress),
    askToTakePart: (request) => api.post('/offer/requests', request, { headers }),
    requestReceipt: (request) => api.get(`/offer/requests/${request}`, { headers }),
    submit: (offer) => api.post('/offer/submit', offer, { headers }),
    receipt: (offer) => api.get(`/offer/receipts/${offer}`, { headers }),
    withdraw: (offer) => api.post('/offer/withdraw', { offer }, { headers }),
    ask: (text) => api.post('/offer/questions', { text }, { headers }),
    reply: ({ kind, ...body }) => api.post(`/offer/${kind}s`, body, { headers }),
    receiptKeys: async () => [await api.get<unknown>('/receipt-key')].flat(),
  };
}

/** Did no answer come, or "later"? What was asked may have been done or not. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof ProblemError && [0, 429, 502, 503, 504].includes(error.status);
}

/** Was another draft kept meanwhile? */
export function isOvertaken(error: unknown): boolean {
  return error instanceof ProblemError && (error.status === 409 || error.status === 412);
}

/** `fetch` tells nothing of how far an upload has come. */
function upload(
  address: string,
  headers: Record<string, string>,
  bytes: Blob,
  progress: (sent: number) => void,
): Promise<{ sha256: string; bytes: number }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ sha256: string; bytes: number }>();
  const request = new XMLHttpRequest();
  request.open('POST', address);
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
  request.setRequestHeader('content-type', 'application/octet-stream');
  request.responseType = 'json';
  request.upload.addEventListener('progress', ({ loaded }) => progress(loaded));
  request.addEventListener('load', () => {
    const { response, status } = request;
    if (status >= 200 && status < 300 && typeof response?.sha256 === 'string') return resolve(response);
    const { code, message, ...more } = response ?? {};
    reject(new ProblemError(status, { code: code ?? 'unreadable-answer', message: message ?? '', ...more }));
  });
  for (const event of ['error', 'abort', 'timeout'])
    request.addEventListener(event, () => reject(new ProblemError(0, { code: 'offline', message: '' })));
  request.send(bytes);
  return promise;
}
