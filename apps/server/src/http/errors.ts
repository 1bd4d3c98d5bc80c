import { inputProblem } from '@proviso/procurement';
import { StoreError, VersionConflict } from '@proviso/store';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Problem } from '../contract/wire.ts';
import type { Deps } from './deps.ts';
import { languageOf } from './language.ts';
import { problemText } from './messages.ts';
import { HttpProblem } from './problem.ts';

/** What PostgreSQL says of what was sent. https://www.postgresql.org/docs/current/errcodes-appendix.html */
const BY_SQLSTATE: Readonly<Record<string, [status: number, code: string]>> = {
  '23505': [409, 'there-already'],
  '23503': [422, 'unknown-reference'],
  '22P02': [422, 'bad-text'],
  '22P05': [422, 'bad-text'],
  '22021': [422, 'bad-text'],
  '22008': [422, 'bad-text'],
  '40001': [503, 'try-again'],
  '40P01': [503, 'try-again'],
  '53100': [507, 'no-room'],
};
/** The server goes, starts, or has no connection left. */
const AWAY = /^(57P0\d|08\d{3}|53300|ECONNREFUSED|ECONNRESET|EPIPE|ENOENT)$/;
/** What the client for PostgreSQL says, without a code, of connections that broke, also some time before. */
const BROKEN = /timeout exceeded when trying to connect|Connection terminated|is not queryable/;
const BY_STORE: Readonly<Record<string, [status: number, code: string]>> = {
  missing: [404, 'not-found'],
  'no-file': [404, 'not-found'],
  conflict: [409, 'version-conflict'],
  'file-gone': [503, 'try-again'],
  'file-too-large': [413, 'too-large'],
  'file-store': [507, 'no-room'],
  'damaged-file': [500, 'damaged-file'],
};
const BY_FASTIFY: Readonly<Record<string, [status: number, code: string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: [413, 'too-large'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [415, 'media-type'],
  FST_ERR_CTP_EMPTY_JSON_BODY: [400, 'bad-json'],
  FST_ERR_CTP_INVALID_JSON_BODY: [400, 'bad-json'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [400, 'bad-request'],
  FST_ERR_NOT_FOUND: [404, 'not-found'],
};

/** What was sent does not have the shape that its route names. */
class InputError extends Error {
  readonly issue: z.core.$ZodIssue | undefined;
  /** Set by Fastify: `body`, `querystring`, `params`. */
  validationContext?: string;

  constructor(issue: z.core.$ZodIssue | undefined) {
    super(issue?.message);
    this.issue = issue;
  }
}

/** Fastify's validator: what is wrong is kept as data, to be said in the reader's language. */
export function inputCheck({ schema }: { schema: unknown }): (data: unknown) => { value: unknown } | { error: Error } {
  return (data) => {
    const read = (schema as z.ZodType).safeParse(data, { reportInput: true });
    return read.success ? { value: read.data } : { error: new InputError(read.error.issues[0]) };
  };
}

/** What an error is to who asked. What is nobody's fault but ours is 500 `internal`. */
export function problemOf(error: unknown): HttpProblem {
  if (error instanceof HttpProblem) return error;
  if (error instanceof VersionConflict) return new HttpProblem(409, 'version-conflict', { current: error.current });
  if (error instanceof StoreError) return from(BY_STORE[error.code] ?? [500, 'internal']);
  if (error instanceof InputError) {
    const where = [error.validationContext ?? '', ...(error.issue?.path ?? [])].join('.');
    return new HttpProblem(422, 'bad-field', { where, values: inputProblem(error.issue) });
  }
  const { code = '', statusCode } = error as FastifyError;
  const known = BY_FASTIFY[code] ?? BY_SQLSTATE[code];
  if (known) return from(known);
  if (AWAY.test(code) || BROKEN.test(String(error))) return new HttpProblem(503, 'database-away');
  if (statusCode === 429) return new HttpProblem(429, 'too-many');
  if (error instanceof SyntaxError && statusCode === 400) return new HttpProblem(400, 'bad-json');
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new HttpProblem(statusCode, 'bad-request');
  return new HttpProblem(500, 'internal');
}

const from = ([status, code]: [number, string]): HttpProblem => new HttpProblem(status, code);

/** A problem in the reader's language. */
export function said({ problem }: HttpProblem, request: FastifyRequest): Problem {
  const language = languageOf(request.headers['accept-language']);
  const values = { ...problem.values, ...(problem.where === undefined ? {} : { where: problem.where }) };
  return { ...problem, message: problemText(problem.code, language, values) };
}

/** Fastify's error handler: every refusal leaves as a `Problem`; only what is our fault is written down, without what was sent. */
export function errorHandler({ log }: Pick<Deps, 'log'>) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const problem = problemOf(error);
    if (problem.status === 500) {
      const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
      log(`${request.id} ${request.method} ${request.routeOptions.url ?? '?'}: ${what}`);
    }
    if (problem.status === 503) reply.header('retry-after', '2');
    reply
      .code(problem.status)
      .type('application/json; charset=utf-8')
      .send(JSON.stringify(said(problem, request)));
  };
}
