import { randomUUID } from 'node:crypto';
import { type AnswerValue, answerFileOf, type OfferForm } from '@proviso/catalogue';
import {
  combineShares,
  type KeptFile,
  type KeyPair,
  keyOf,
  type OfferFile,
  openPassedShare,
  openShare,
  passShare,
  purchaseFingerprint,
  type SealedOffer,
  sealedOfferFile,
  sealFile,
  sealOffer,
  unlockOpenerIdentity,
} from '@proviso/sealing';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import type { OfferView, OpeningView } from '../../contract/offering.ts';
import type { Life } from '../../testing/purchases.ts';
import type { TestServer } from '../../testing/server.ts';

/** A supplier with its link. */
export interface Bidder {
  supplier: string;
  invitation: string;
  token: string;
  ask(
    method: string,
    url: string,
    payload?: unknown,
    headers?: Record<string, string>,
  ): Promise<LightMyRequestResponse>;
  view(): Promise<OfferView>;
}

/** Adds a supplier and invites it, through the API. */
export async function invited(server: TestServer, life: Life, name: string, days = 365): Promise<Bidder> {
  const made = await server.ask('buyer', 'POST', server.at('/suppliers'), {
    name,
    email: 'bids@supplier.example',
    country: 'BE',
  });
  if (made.statusCode !== 201) throw new Error(made.body);
  const supplier = made.json().id as string;
  const link = await server.ask('buyer', 'POST', server.at(`/purchases/${life.id}/invitations`), { supplier, days });
  if (link.statusCode !== 201) throw new Error(link.body);
  const token = new URL(link.json().link).hash.slice(1);
  return bidder(server, { supplier, invitation: link.json().id, token });
}

/** Whoever holds a token, known or made up. */
export function bidder(server: TestServer, who: Pick<Bidder, 'supplier' | 'invitation' | 'token'>): Bidder {
  const ask: Bidder['ask'] = (method, url, payload, headers = {}) =>
    server.app.inject({
      method: method as InjectOptions['method'] & 'GET',
      url,
      headers: { 'x-proviso-link': who.token, ...headers },
      ...(payload === undefined ? {} : { payload: payload as object }),
    });
  return {
    ...who,
    ask,
    view: async () => {
      const answer = await ask('GET', '/api/offer');
      if (answer.statusCode !== 200) throw new Error(answer.body);
      return answer.json() as OfferView;
    },
  };
}

export interface Bid {
  /** Written into every text, and searched for afterwards. */
  text?: string;
  /** Of the choice in each question: 0 is the first, mostly the best. */
  choice?: number;
  values?: Record<string, AnswerValue>;
  price?: number;
  files?: { name: string; content: string }[];
  lot?: string;
}

/** Complete answers to a form: one choice throughout, texts where they are asked. */
export function answersTo(
  form: OfferForm,
  { text = 'We do.', choice = 0, values = {} }: Bid,
): Record<string, AnswerValue> {
  const all: Record<string, AnswerValue> = {};
  for (const { id, part, type, choices } of form.questions) {
    if (part === 'remark') continue;
    if (type === 'choice') all[id] = choices[Math.min(choice, choices.length - 1)]?.id ?? null;
    else if (type === 'yes-no') all[id] = choice === 0;
    else if (type === 'number') all[id] = 1;
    else if (type === 'date') all[id] = '2026-01-31';
    else all[id] = text;
  }
  return { ...all, ...values };
}

/** An offer sealed as a supplier's browser does, with its files; nothing of it is sent. */
export async function sealedBid(who: Bidder, bid: Bid = {}) {
  const view = await who.view();
  const { keys, form } = view;
  if (!keys) throw new Error('no keys');
  const files: OfferFile[] = [];
  const kept: KeptFile[] = [];
  for (const { name, content } of bid.files ?? []) {
    const made = await sealFile(new File([content], name, { type: 'text/plain' }), keys, 'quality');
    const bytes = await new Response(made.stream).blob();
    const file = await made.file;
    files.push(file);
    kept.push({ sealed: file.sealed, content: bytes });
  }
  const lot = bid.lot ?? view.purchase.lots[0]?.id ?? '';
  const answers = answerFileOf(form, view.supplier.name, answersTo(form, bid), null);
  const price = { schema: 'proviso.price/1', amount: bid.price ?? 100_000, currency: 'EUR' };
  const signed = { name: 'Z. Supplier', role: 'Director', date: '2026-02-01' };
  const apart = view.price.apart;
  const binding = { purchase: view.purchase.id, lot, invitation: view.invitation, demand: view.demand };
  const quality = { answers, declaration: { ...signed, price: apart ? null : price }, files };
  const parts = await sealOffer(
    {
      binding,
      parts: { quality, ...(apart ? { price: { answers: price, declaration: signed, files: [] } } : {}) },
    },
    keys,
  );
  return { binding, keys, parts, files: kept };
}

/** The same as the one file that the offline form saves. */
export async function sealedAsFile(who: Bidder, bid: Bid = {}): Promise<Blob> {
  const { binding, keys, ...pieces } = await sealedBid(who, bid);
  return sealedOfferFile(binding, keys, pieces);
}

/** Sends the files of a sealed offer ahead, as the supplier's page does, and gives what is to be submitted. */
export async function ahead(
  who: Bidder,
  { purchase, invitation, demand, lot, keys, parts, contents }: Omit<SealedOffer, 'files'>,
) {
  const files: string[] = [];
  for (const content of contents) {
    const bytes = Buffer.from(await content.arrayBuffer());
    const sent = await who.ask('POST', '/api/offer/files', bytes, { 'content-type': 'application/octet-stream' });
    if (sent.statusCode !== 201) throw new Error(sent.body);
    files.push(sent.json().sha256);
  }
  return {
    id: randomUUID(),
    lot: lot ?? '',
    demand,
    sealedFor: { purchase, invitation, keys },
    parts: parts.map(({ part, bytes }) => ({ part, bytes: Buffer.from(bytes).toString('base64url') })),
    files,
  };
}

/** Seals an offer as the supplier's page does, sends its files ahead, and gives what is to be submitted. */
export async function sealed(who: Bidder, bid: Bid = {}) {
  const { binding, keys, parts, files } = await sealedBid(who, bid);
  const contents = files.map(({ content }) => content);
  return await ahead(who, { ...binding, keys: purchaseFingerprint(keys), parts, contents });
}

/** Seals and hands in; throws where it is refused. Gives the offer's id. */
export async function bids(who: Bidder, bid: Bid = {}): Promise<string> {
  const body = await sealed(who, bid);
  const answer = await who.ask('POST', '/api/offer/submit', body);
  if (answer.statusCode !== 201) throw new Error(answer.body);
  return body.id;
}

/** Unlocking takes about a second; all tests of a process have the same keys (`testing/purchases.ts`). */
const unlocked = new Map<string, Promise<KeyPair>>();

/** The secret key of an opener of `published`. */
export async function openerKey(server: TestServer, who: string): Promise<KeyPair> {
  const { protectedIdentity } = (await server.ask(who, 'GET', server.at('/opener-key'))).json();
  let pair = unlocked.get(protectedIdentity);
  if (!pair) {
    pair = unlockOpenerIdentity(protectedIdentity, `passphrase of ${who}`);
    unlocked.set(protectedIdentity, pair);
  }
  return await pair;
}

export const openingOf = async (server: TestServer, life: Life, who: string): Promise<OpeningView> =>
  (await server.ask(who, 'GET', server.at(`/purchases/${life.id}/opening`))).json();

type Part = 'quality' | 'price';

/** An opener's own share in plain, as only their browser has it. */
export async function ownShare(server: TestServer, life: Life, who: string, part: Part) {
  const { shares, keys } = await openingOf(server, life, who);
  const { identity } = await openerKey(server, who);
  const encrypted = shares.find((one) => one.part === part)?.encrypted ?? '';
  if (!keys) throw new Error('no keys');
  return await openShare(encrypted, identity, {
    purchase: life.id,
    part,
    holder: server.people[who] ?? '',
    fingerprint: keyOf(keys, part).fingerprint,
  });
}

/** Passes the share of one opener to another. */
export async function passes(server: TestServer, life: Life, part: Part, from: string, to: string) {
  const view = await openingOf(server, life, from);
  const other = view.openers.find(({ id }) => id === server.people[to]);
  const share = await ownShare(server, life, from, part);
  const [passed] = await passShare(share, [{ id: other?.id ?? '', recipient: other?.recipient ?? '' }]);
  return await server.ask(from, 'POST', server.at(`/purchases/${life.id}/opening/pass`), {
    part,
    shares: [{ to: other?.id, encrypted: passed?.encrypted }],
  });
}

/** The part's secret, as the second opener's browser puts it together. */
export async function combined(server: TestServer, life: Life, part: Part, who: string): Promise<string> {
  const { passed, keys } = await openingOf(server, life, who);
  const { identity } = await openerKey(server, who);
  const own = await ownShare(server, life, who, part);
  const encrypted = passed.find((one) => one.part === part)?.encrypted ?? '';
  if (!keys) throw new Error('no keys');
  return await combineShares(own, await openPassedShare(encrypted, identity, own), keyOf(keys, part).recipient);
}

/** The whole opening of a part by the two openers, who have declared. */
export async function opens(server: TestServer, life: Life, part: Part): Promise<LightMyRequestResponse> {
  for (const who of ['opener', 'opener2']) await life.gives(who, 'opening.attend', { part });
  const passed = await passes(server, life, part, 'opener', 'opener2');
  if (passed.statusCode !== 204) throw new Error(passed.body);
  const identity = await combined(server, life, part, 'opener2');
  const url = server.at(`/purchases/${life.id}/opening/open`);
  const answer = await server.ask('opener2', 'POST', url, { version: life.view.version, part, identity });
  life.view = (await server.ask('opener2', 'GET', server.at(`/purchases/${life.id}`))).json();
  if (answer.statusCode === 200) await confirms(life, part);
  return answer;
}

/** The other opener says that it is what was found. */
export async function confirms(life: Life, part: Part): Promise<void> {
  const { openings } = life.view.purchase;
  const hash = openings.findLast((one) => one.part === part)?.done?.hash;
  await life.gives('opener', 'opening.confirm', { part, hash });
}

/** Everybody named says that they have no conflict. */
export async function declare(life: Life, ...people: string[]): Promise<void> {
  for (const who of people) await life.gives(who, 'conflict.declare', { lots: null, conflict: false, note: '' });
}
