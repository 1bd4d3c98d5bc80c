import { randomUUID } from 'node:crypto';
import type { LightMyRequestResponse } from 'fastify';
import type { Bidder } from '../../offers/testing/bids.ts';

/** A complete request to take part, as the supplier's page sends it. */
export const requestOf = (change: object = {}) => ({
  id: randomUUID(),
  company: { name: 'Acme Portals NV', number: 'BE 0123.456.789', country: 'BE' },
  contact: { name: 'Ada Lovelace', email: 'ada@acme.example', phone: null },
  exclusions: { convictions: false, taxes: false, conduct: false },
  explanation: null as string | null,
  ability: 'We built three portals of this size.',
  signed: { name: 'Ada Lovelace', role: 'Director' },
  files: [] as { name: string; sha256: string }[],
  ...change,
});

/** Asks to take part; throws where it is refused. Gives the request's id. */
export async function asksToTakePart(who: Bidder, change: object = {}): Promise<string> {
  const body = requestOf(change);
  const answer = await who.ask('POST', '/api/offer/requests', body);
  if (answer.statusCode !== 201) throw new Error(answer.body);
  return body.id;
}

/** Sends a file of a request ahead. */
export async function sendsProof(who: Bidder, content: Buffer): Promise<LightMyRequestResponse> {
  return await who.ask('POST', '/api/offer/requests/files', content, { 'content-type': 'application/octet-stream' });
}
