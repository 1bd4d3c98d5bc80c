import { z } from 'zod';
import { uuid } from '../contract/wire.ts';
import { HttpProblem } from '../http/problem.ts';
import { type Route, route } from '../http/route.ts';
import { inTenant } from '../purchases/address.ts';
import { loadExample } from './load.ts';

/** The worked example, where the server was started with it. */
export const routes: Route[] = [
  route({
    method: 'POST',
    url: '/api/t/:tenant/example',
    access: { action: 'settings.write' },
    summary: 'Plays the worked example: three purchases with made-up people and suppliers, once',
    params: inTenant,
    response: z.object({ evaluated: uuid, open: uuid, drafted: uuid }),
    transaction: false,
    handle: async ({ deps, params, request, reply }) => {
      if (!request.server.proviso.example) throw new HttpProblem(404, 'not-found');
      const loaded = await loadExample(deps, params.tenant);
      reply.code(201);
      return loaded;
    },
  }),
];
