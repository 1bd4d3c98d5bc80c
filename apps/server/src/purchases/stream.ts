import type { ServerResponse } from 'node:http';
import { withTenant } from '@proviso/store';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../http/deps.ts';
import { HttpProblem } from '../http/problem.ts';
import { type Route, route } from '../http/route.ts';
import { ofPurchase, purchaseRow } from './address.ts';
import { type Hub, openHub } from './events.ts';

/** Proxies close what is silent; a comment line keeps it open. */
const HEARTBEAT_MS = 25_000;
const MOST_STREAMS = 2_000;
/** Then the page connects again, and is asked again whether it may. */
const LONGEST_MS = 15 * 60_000;

declare module 'fastify' {
  interface FastifyInstance {
    streams: { hub: Hub; open: Set<ServerResponse> };
  }
}

/** Gives the app its hub, and ends open streams with it: they would hold the server up. */
export function addStreams(app: FastifyInstance, { store, log }: Pick<Deps, 'store' | 'log'>): void {
  const streams = { hub: openHub(store, log), open: new Set<ServerResponse>() };
  app.decorate('streams', streams);
  app.addHook('preClose', async () => {
    for (const response of streams.open) response.end();
    await streams.hub.close();
  });
}

export const streamRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/api/t/:tenant/purchases/:id/events',
    access: { action: 'purchase.read' },
    summary: 'Server-sent events: `changed` when somebody has changed the purchase, `job` for long work',
    params: ofPurchase,
    response: 'events',
    transaction: false,
    handle: async ({ deps, params: { tenant, id }, request, reply }) => {
      await withTenant(deps.store.db, tenant, (trx) => purchaseRow(trx, id));
      const { hub, open } = request.server.streams;
      if (open.size >= MOST_STREAMS) throw new HttpProblem(503, 'try-again');
      const { raw } = reply;
      const write = (text: string) => raw.writableLength < 100_000 && raw.write(text);
      const stop = await hub.subscribe(tenant, id, ({ event, data }) =>
        write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`),
      );
      reply.hijack();
      open.add(raw);
      const heart = setInterval(() => write(':\n\n'), HEARTBEAT_MS);
      const end = setTimeout(() => raw.end(), LONGEST_MS);
      const finish = (): void => {
        clearInterval(heart);
        clearTimeout(end);
        stop();
        open.delete(raw);
      };
      raw.on('close', finish);
      if (raw.destroyed) return finish();
      for (const [name, value] of Object.entries(reply.getHeaders()))
        if (value !== undefined) raw.setHeader(name, value);
      raw.writeHead(200, { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' });
      raw.write('retry: 3000\n\n');
    },
  }),
];
