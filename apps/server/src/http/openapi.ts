import { type Action, COMMANDS, rolesFor } from '@proviso/procurement';
import { z } from 'zod';
import { isOfServer } from '../purchases/view.ts';
import { KEY_SCOPES } from './access.ts';
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

/** Who may come in for these actions: a person whose roles hold them, or a key with all of them as scopes, where keys can have them. */
export const securityBy = (actions: readonly Action[]): Record<string, string[]>[] => [
  { cookie: [] },
  ...(actions.every((one) => KEY_SCOPES.includes(one)) ? [{ key: [...actions] }] : []),
];

/** Commands that somebody gives by this route: not those that the server gives itself, nor those that suppliers give by their links. */
const given = Object.entries(COMMANDS).filter(
  ([type, { action }]) =>
    !isOfServer(type) && rolesFor(action).some((role) => role !== 'supplier' && role !== 'system'),
);

/** The address of every command that people or keys can give, with its own input, beside the one route that takes them all. */
export function commandPaths(): Record<string, object> {
  return Object.fromEntries(
    given.map(([type, { input, states, action }]) => [
      `/api/t/{tenant}/purchases/{id}/commands/${type}`,
      {
        post: {
          tags: ['commands'],
          summary: `${type}: needs ${action}; in ${states.join(', ')}`,
          description: `Roles, of which one is enough: ${rolesFor(action)
            .filter((role) => role !== 'system')
            .join(', ')}. ${scopesOf(action)}`,
          // The route itself reads the purchase: a key needs that scope too.
          security: securityBy(scopesNeeded(action)),
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

/** `purchase.read` lets somebody in to the route; the command's own action is asked of its table. */
const scopesNeeded = (action: Action): Action[] => [...new Set<Action>(['purchase.read', action])];

function scopesOf(action: Action): string {
  const scopes = scopesNeeded(action);
  return scopes.every((one) => KEY_SCOPES.includes(one))
    ? `A key needs the scopes ${scopes.join(' and ')}.`
    : 'No key can give it: it is a person’s own.';
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
