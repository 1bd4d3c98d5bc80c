import { COMMANDS } from '@proviso/procurement';
import { z } from 'zod';
import { type Route, route } from './route.ts';

/** What stands at the head of the API's description. */
export function description(version: string) {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Proviso',
      version,
      description:
        'Security as a condition of buying ICT. Every refusal is a Problem: its code is stable, its message is in the language of accept-language.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    components: {
      securitySchemes: {
        cookie: { type: 'apiKey', in: 'cookie', name: 'proviso.session_token', description: 'From sign-in' },
        key: { type: 'http', scheme: 'bearer', description: 'An API key, with scopes that are actions' },
        link: { type: 'apiKey', in: 'header', name: 'x-proviso-link', description: "A supplier's link" },
      },
    },
  } as const;
}

/** The address of every command, with its own input, beside the one route that takes them all. */
export function commandPaths(): Record<string, object> {
  return Object.fromEntries(
    Object.entries(COMMANDS).map(([type, { input, states, action }]) => [
      `/api/t/{tenant}/purchases/{id}/commands/${type}`,
      {
        post: {
          tags: ['commands'],
          summary: `${type}: needs ${action}; in ${states.join(', ')}`,
          security: [{ cookie: [] }, { key: [action] }],
          parameters: ['tenant', 'id'].map((name) => ({
            name,
            in: 'path',
            required: true,
            schema: { type: 'string', format: 'uuid' },
          })),
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: z.toJSONSchema(z.strictObject({ version: z.int(), input: input as z.ZodType }), {
                  io: 'input',
                  unrepresentable: 'any',
                }),
              },
            },
          },
          responses: {
            200: { description: 'The purchase after it, with its events' },
            409: { description: 'Changed meanwhile' },
            422: { description: 'Refused; the Problem says why' },
          },
        },
      },
    ]),
  );
}

export const descriptionRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/openapi.json',
    access: { open: 'The description of the API names no secret.' },
    summary: 'This description',
    response: z.unknown(),
    handle: async ({ request }) => {
      const made = request.server.swagger() as { paths?: Record<string, object> };
      return { ...made, paths: { ...made.paths, ...commandPaths() } };
    },
  }),
];
