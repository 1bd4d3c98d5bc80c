import { z } from 'zod';
import { instant, language, uuid } from './wire.ts';

export const role = z.enum(['owner', 'buyer', 'security', 'legal', 'evaluator', 'opener', 'auditor']);
export type Role = z.infer<typeof role>;

/** GET /api/me — who is signed in, and where. 401 when nobody is. */
export const me = z.object({
  account: z.object({ id: z.string(), email: z.string(), name: z.string(), twoFactor: z.boolean() }),
  /** Organisations; `tenant` goes into every other address: /api/t/{tenant}/… */
  memberships: z.array(z.object({ tenant: uuid, name: z.string(), person: uuid, roles: z.array(role) })),
  language: language.nullable(),
});
export type Me = z.infer<typeof me>;

/** GET /api/status — open to all: is the workbench set up, and which version is it? */
export const status = z.object({
  version: z.string(),
  setUp: z.boolean(),
  example: z.boolean(),
  /** Can people sign in with their organisation's own provider? */
  signOn: z.boolean(),
});
export type Status = z.infer<typeof status>;

/** POST /api/set-up {token, organisation, name, email, password} — once, with the token of the link that the first start prints. */
export const setUp = z.object({
  token: z.string(),
  organisation: z.string().min(1).max(200),
  name: z.string().min(1).max(200),
  email: z.email(),
  password: z.string().min(12).max(200),
});

/** GET /api/t/{tenant}/people */
export const person = z.object({
  id: uuid,
  name: z.string().nullable(),
  email: z.string().nullable(),
  roles: z.array(role),
  /** Has an opener's key been made? */
  opener: z.boolean(),
  erased: z.boolean(),
});
export type Person = z.infer<typeof person>;

/** POST /api/t/{tenant}/people {email, name, roles} — invites; the answer has the link, once. PATCH …/people/{id} {roles}; DELETE erases. */
export const newPerson = z.object({
  email: z.email(),
  name: z.string().min(1).max(200),
  roles: z.array(role).min(1),
});
export const invited = z.object({ id: uuid, link: z.string(), expires: instant });

/** GET and PUT /api/t/{tenant}/opener-key — one's own key for opening offers, made in the browser; the secret is under a passphrase. */
export const openerKey = z.object({
  recipient: z.string().max(3000),
  fingerprint: z.string().max(200),
  protectedIdentity: z.string().max(20_000),
});
export type OpenerKey = z.infer<typeof openerKey>;

/** GET /api/t/{tenant}/log?after — entries, the newest first. GET …/log/verify → verdict. */
export const logEntry = z.object({
  seq: z.int(),
  at: instant,
  actor: z.string(),
  action: z.string(),
  subject: z.object({ type: z.string(), id: z.string() }),
  hash: z.string(),
});
export type LogEntry = z.infer<typeof logEntry>;
export const logVerdict = z.object({
  ok: z.boolean(),
  entries: z.int(),
  head: z.string().nullable(),
  fault: z.object({ seq: z.int(), what: z.string() }).nullable(),
});
export type LogVerdict = z.infer<typeof logVerdict>;

/** GET /api/t/{tenant}/outbox — letters: sent where SMTP is set, else only kept here to be read and passed on. */
export const letter = z.object({
  id: uuid,
  to: z.string(),
  subject: z.string(),
  body: z.string(),
  state: z.enum(['waiting', 'sent', 'failed']),
  created: instant,
});
export type Letter = z.infer<typeof letter>;

/** GET, POST {name, scopes, days}, DELETE /api/t/{tenant}/api-keys — the key itself is in the answer to POST, once. */
export const apiKey = z.object({
  id: uuid,
  name: z.string(),
  scopes: z.array(z.string()),
  created: instant,
  expires: instant.nullable(),
  lastUsed: instant.nullable(),
});
export type ApiKey = z.infer<typeof apiKey>;

/** GET /api/t/{tenant}/jobs → waiting and dead per queue. */
export const jobCount = z.object({ queue: z.string(), waiting: z.int(), dead: z.int() });

/** GET, POST {url, events}, DELETE /api/t/{tenant}/webhooks — the secret is in the answer to POST, once. `*` stands for all events. */
export const webhook = z.object({ id: uuid, url: z.string(), events: z.array(z.string()), created: instant });
export type Webhook = z.infer<typeof webhook>;
export const newWebhook = z.object({
  url: z.url({ protocol: /^https?$/ }).max(2000),
  events: z.array(z.string().max(64)).min(1).max(100),
});

/** GET /api/t/{tenant}/webhooks/{id}/deliveries */
export const delivery = z.object({
  id: uuid,
  event: z.string(),
  state: z.enum(['waiting', 'sent', 'failed']),
  attempts: z.int(),
  status: z.int().nullable(),
  error: z.string().nullable(),
  created: instant,
});
export type Delivery = z.infer<typeof delivery>;

/** GET /api/t/{tenant}/calendar → {address}; POST gives another. GET /api/t/{tenant}/backup and …/purchases/{id}/dossier.zip → bytes. */
