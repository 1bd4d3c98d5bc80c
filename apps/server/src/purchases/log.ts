import { logPage, verifyLog } from '@proviso/store';
import { z } from 'zod';
import { logEntry, logVerdict } from '../contract/people.ts';
import { page } from '../contract/wire.ts';
import { type Route, route } from '../http/route.ts';
import { inTenant } from './address.ts';

const PAGE = 100;

export const logRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/api/t/:tenant/log',
    access: { action: 'log.read' },
    summary: 'A page of the log, the newest first; of one subject, where it is named',
    params: inTenant,
    query: z.object({
      after: z
        .string()
        .regex(/^\d{1,15}$/)
        .optional(),
      type: z
        .string()
        .regex(/^[a-z][a-z0-9-]{0,63}$/)
        .optional(),
      id: z
        .string()
        .regex(/^[!-~]{1,128}$/)
        .optional(),
    }),
    response: page(logEntry),
    handle: async ({ trx, query: { after, type, id } }) => {
      const entries = await logPage(trx, {
        limit: PAGE + 1,
        ...(after === undefined ? {} : { before: Number(after) }),
        ...(type === undefined || id === undefined ? {} : { subject: { type, id } }),
      });
      const rows = entries.slice(0, PAGE).map(({ seq, at, actor, action, subjectType, subjectId, hash }) => ({
        seq,
        at,
        actor,
        action,
        subject: { type: subjectType, id: subjectId },
        hash,
      }));
      return { rows, next: entries.length > PAGE ? String(rows.at(-1)?.seq) : null };
    },
  }),
  route({
    method: 'GET',
    url: '/api/t/:tenant/log/verify',
    access: { action: 'log.read' },
    summary: 'Computes the chain of the log again and compares',
    params: inTenant,
    response: logVerdict,
    handle: async ({ trx }) => {
      const verdict = await verifyLog(trx);
      if (verdict.intact) return { ok: true, entries: verdict.entries, head: verdict.head.hash, fault: null };
      return { ok: false, entries: verdict.entries, head: null, fault: { seq: verdict.seq, what: verdict.fault } };
    },
  }),
];
