import type { Action } from '@proviso/procurement';
import type { TenantScope } from '@proviso/store';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Deps } from './deps.ts';

/** Who asks: a person of a tenant, or who holds an API key of it. */
export interface Actor {
  tenant: string;
  /** The person's id; of a key, the key's. */
  id: string;
  roles: readonly string[];
  /** Not null for an API key: what it may be used for. */
  scopes: readonly string[] | null;
  language: 'en' | 'fr' | 'nl' | 'de';
}

/** Who asks by a supplier's link. */
export interface LinkActor {
  tenant: string;
  invitation: string;
  purchase: string;
  supplier: string;
}

/** What a route needs before its handler runs. There is no route without one: `register` takes nothing else. */
export type Access =
  /** A member of the tenant in the address whose roles hold this action in the table of procurement. */
  | { action: Action }
  /** Any member of the tenant: for what is one's own. */
  | { member: true }
  /** Anybody who is signed in. */
  | { signedIn: true }
  /** Who holds a supplier's link, in the header `x-proviso-link`. */
  | { link: true }
  /** Everybody; says why. */
  | { open: string };

interface Shapes {
  params?: z.ZodType;
  query?: z.ZodType;
  /** A zod type for JSON; `'bytes'` for a stream of bytes, with the most that is taken. */
  body?: z.ZodType | { bytes: number };
  /** By status; JSON unless `'bytes'`. Left out: 204. */
  response?: z.ZodType | 'bytes' | 'events';
}

type Of<T> = T extends z.ZodType ? z.output<T> : undefined;

export interface Asked<A extends Access, S extends { [Name in keyof Shapes]?: Shapes[Name] | undefined }> {
  deps: Deps;
  params: Of<S['params']>;
  query: Of<S['query']>;
  body: S['body'] extends { bytes: number } ? NodeJS.ReadableStream : Of<S['body']>;
  actor: A extends { link: true }
    ? LinkActor
    : A extends { open: string }
      ? null
      : A extends { signedIn: true }
        ? null
        : Actor;
  /** Account of who is signed in; null for links, keys and open routes. */
  account: string | null;
  /** A transaction in the tenant's scope; committed when the handler returns, rolled back when it throws. Null without a tenant. */
  trx: A extends { open: string } | { signedIn: true } ? null : TenantScope;
  request: FastifyRequest;
  reply: FastifyReply;
}

export interface Route<A extends Access = Access, S extends Shapes = Shapes> extends Shapes {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Fastify's form: `/api/t/:tenant/purchases/:id`. */
  url: string;
  access: A;
  /** One line, for the description of the API. */
  summary: string;
  /** An example body or answer for the description. */
  example?: unknown;
  /** Bytes of a JSON body at most, where it is not the usual. */
  limit?: number;
  /** False: the handler opens its own scope, since it streams or waits long. Default: one transaction around it. */
  transaction?: false;
  handle(asked: Asked<A, S>): Promise<unknown>;
}

type Body = NonNullable<Shapes['body']>;
type Answer = NonNullable<Shapes['response']>;
/** Shapes by their parts: a part that is left out is none. */
interface Given<P, Q, B, R> {
  params: P;
  query: Q;
  body: B;
  response: R;
}

/** Keeps the types of a route's shapes in its handler. */
export function route<
  const A extends Access,
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends Body | undefined = undefined,
  R extends Answer | undefined = undefined,
>(
  made: Omit<Route<A>, keyof Shapes | 'handle'> & {
    params?: P;
    query?: Q;
    body?: B;
    response?: R;
    handle(asked: Asked<A, Given<P, Q, B, R>>): Promise<unknown>;
  },
): Route {
  return made as unknown as Route;
}
