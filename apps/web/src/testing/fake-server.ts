import type { PurchaseView } from 'proviso-server/contract';
import type { FakeAnswer } from '../offer/testing/fake-offers.ts';
import { proofView } from '../proof/testing/proof-view.ts';
import { type FixtureLanguage, fixtures, PURCHASE, TENANT } from './fixtures.ts';

export interface Call {
  method: string;
  /** Below `/api`, with its query. */
  path: string;
  body: unknown;
}

type Answer = (call: Call) => unknown;

/** Answers what the workbench asks, from fixtures; remembers every call, and can be told to answer otherwise. */
export interface FakeServer {
  calls: Call[];
  /** Calls that nothing answered: a page asks for what the contract does not have. */
  unknown: string[];
  view: PurchaseView;
  /** Puts another answer in place: `'GET /t/…'` as in `routes`; a thrown `refusal(…)` is answered as one. */
  set(route: string, answer: Answer): void;
  answer(request: {
    method: string;
    path: string;
    headers: Record<string, string>;
    body: Uint8Array | null;
  }): FakeAnswer | null;
}

/** Thrown by an answer to refuse. */
export function refusal(status: number, code: string, message = code, more: object = {}): Error {
  return Object.assign(new Error(code), { refusal: { status, body: { code, message, ...more } } });
}

const FORM_AT = '2026-11-02T11:00:00Z';

/** Not JSON, or no content. */
const raw = (answer: FakeAnswer): { raw: FakeAnswer } => ({ raw: answer });

export interface FakeOptions {
  /** The whole data of the organisation, or that of one which has just begun. */
  empty?: boolean;
  /** A purchase without requirements. */
  bare?: boolean;
  state?: PurchaseView['purchase']['state'];
}

export function fakeServer(options: FakeOptions = {}): FakeServer {
  const data = fixtures(options);
  const t = `/t/${TENANT}`;
  const p = `${t}/purchases/${PURCHASE}`;
  const server: FakeServer = {
    calls: [],
    unknown: [],
    view: data.view,
    set: (route, answer) => routes.set(route, answer),
    answer: () => null,
  };
  const page = (rows: unknown[]) => ({ rows, next: null });
  const routes = new Map<string, Answer>([
    ['GET /me', () => data.me],
    ['GET /status', () => ({ version: '0.1.0', setUp: true, example: false, signOn: false })],
    ['GET /auth/passkey/list-user-passkeys', () => []],
    ['GET /join', () => ({ email: 'bram@example.org', name: 'Bram', organisation: 'Town of Aarlen', account: false })],
    [`POST ${t}/derive`, ({ body }) => data.derived(body as { context: object; language: FixtureLanguage })],
    [`GET ${t}/catalogue/own`, ({ path }) => data.own(languageOf(path))],
    [`POST ${t}/catalogue/own/preview`, ({ body }) => data.ownPreview(body as { entry: unknown })],
    [`POST ${t}/catalogue/own`, () => ({ id: 'OWN-02', version: 1 })],
    [`GET ${t}/catalogue/editions`, () => data.editions],
    [`GET ${t}/catalogue/diff`, ({ path }) => data.editionDiff(languageOf(path))],
    [`GET ${t}/home`, () => data.home],
    [`GET ${t}/purchases`, () => page(data.lines)],
    [`POST ${t}/purchases`, () => server.view],
    [`GET ${t}/settings/purchase.defaults`, () => ({ value: data.defaults, version: 0 })],
    [`GET ${t}/settings/probes`, () => ({ value: { profile: 'internet-nl', every: 'weekly' }, version: 0 })],
    [`GET ${t}/probe-profiles`, () => [{ id: 'internet-nl', title: 'Internet.nl' }]],
    [`GET ${t}/settings/retention`, () => ({ value: null, version: 0 })],
    [`GET ${t}/people`, () => data.people],
    [`GET ${t}/suppliers`, () => data.suppliers],
    [`GET ${t}/api-keys`, () => data.apiKeys],
    [`GET ${t}/webhooks`, () => []],
    [`GET ${t}/opener-key`, () => data.openerKey],
    [`GET ${t}/opener-key/purchases`, () => []],
    [`GET ${t}/log`, () => page(data.log)],
    [`GET ${t}/log/verify`, () => ({ ok: true, entries: data.log.length, head: 'a'.repeat(64), fault: null })],
    [`GET ${t}/outbox`, () => page(data.letters)],
    [`GET ${t}/jobs`, () => [{ queue: 'reading', waiting: 2, dead: 1 }]],
    [`GET ${t}/documents`, () => page(data.documents)],
    [`GET ${t}/documents/${data.documents[0]?.id}`, () => data.document],
    [`GET ${t}/library/figures`, () => data.figures],
    [`GET ${p}`, () => server.view],
    [`GET ${p}/events`, () => raw({ status: 204 })],
    [`GET ${p}/demand`, ({ path }) => data.demand(languageOf(path)) ?? notFound()],
    [`PUT ${p}/demand`, () => server.view],
    [`GET ${p}/offline-forms`, () => [{ language: 'en', sha256: 'ab'.repeat(32), bytes: 310_000 }]],
    [
      `GET ${p}/offline-forms/earlier`,
      () => [{ version: 1, language: 'en', sha256: 'cd'.repeat(32), bytes: 309_000, closing: FORM_AT, at: FORM_AT }],
    ],
    [`GET ${p}/demand/files`, () => [{ name: 'annex.docx', title: 'Annex with the requirements', media: 'x/y' }]],
    [`GET ${p}/comments`, () => data.comments],
    [`POST ${p}/comments`, () => data.comments[0]],
    [`GET ${p}/opening`, () => data.opening],
    [`GET ${p}/invitations`, () => data.invitations],
    [`GET ${p}/papers`, () => data.papers],
    [`POST ${p}/papers`, () => data.papers[0]],
    [`GET ${p}/consultations`, () => data.answers],
    [`GET ${p}/thread/${data.requirement}`, () => data.thread],
    [
      `GET ${p}/proof`,
      () =>
        proofView(
          data.requirement,
          data.view.purchase.offers.map(({ id }) => id),
        ),
    ],
  ]);
  server.answer = ({ method, path, body }) => {
    const call: Call = { method, path: path.replace(/^\/api/, ''), body: bodyOf(body) };
    server.calls.push(call);
    const route = `${method} ${call.path.split('?')[0]}`;
    const answer = routes.get(route) ?? commandAnswer(route, server);
    if (!answer) {
      server.unknown.push(route);
      return { status: 404, body: { code: 'not-found', message: `Nothing answers ${route}.` } };
    }
    try {
      const found = answer(call);
      if (typeof found === 'object' && found !== null && 'raw' in found) return found.raw as FakeAnswer;
      return found === undefined ? { status: 204 } : { status: 200, body: found };
    } catch (error) {
      const refused = (error as { refusal?: FakeAnswer }).refusal;
      if (!refused) throw error;
      return refused;
    }
  };
  return server;
}

/** Any command is taken, and makes the next version. */
function commandAnswer(route: string, server: FakeServer): Answer | undefined {
  if (!route.includes('/commands/')) return undefined;
  return () => {
    server.view = { ...server.view, version: server.view.version + 1 };
    return server.view;
  };
}

const notFound = (): never => {
  throw refusal(404, 'no-demand-yet');
};

function languageOf(path: string): FixtureLanguage {
  const asked = /[?&]language=(\w\w)/.exec(path)?.[1];
  return (['en', 'fr', 'nl', 'de'] as const).find((one) => one === asked) ?? 'en';
}

function bodyOf(body: Uint8Array | null): unknown {
  if (body === null) return null;
  const text = new TextDecoder().decode(body);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
