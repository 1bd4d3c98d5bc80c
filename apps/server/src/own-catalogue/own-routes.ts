import { requirementIn, requirementOf, riskIn } from '@proviso/catalogue';
import { MOST_OWN, type OwnEntry, type OwnFault } from '@proviso/catalogue/check';
import {
  addOwnVersion,
  appendLog,
  holdOwnRequirements,
  listOwnRequirements,
  namesOf,
  type OwnRequirementRow,
  type TenantScope,
} from '@proviso/store';
import { z } from 'zod';
import {
  changedOwn,
  keptOwn,
  newOwn,
  type OwnFaultSaid,
  type OwnPreview,
  type OwnView,
  ownId,
  previewOwn,
  retiredOwn,
} from '../contract/catalogue.ts';
import { language } from '../contract/wire.ts';
import type { Deps } from '../http/deps.ts';
import { problemText } from '../http/messages.ts';
import { HttpProblem } from '../http/problem.ts';
import { type Actor, type Route, route } from '../http/route.ts';
import { buyerOf } from '../messages/tenant.ts';
import { logActor } from '../purchases/actors.ts';
import { inTenant } from '../purchases/address.ts';
import { join, keptOf, ownCatalogueOf } from './of-tenant.ts';

const ofOwn = inTenant.extend({ id: ownId });
const EXAMPLE = {
  language: 'en',
  asked: 'always',
  applies: ['product', 'service'],
  risks: ['RSK-19'],
  graded: false,
  knockout: false,
  burden: 1,
  question: { answer: 'yes-no' },
  evidence: ['declaration'],
  words: {
    en: {
      title: 'Security logs stay in the country',
      sentences: ['The supplier keeps all security logs in the country of the buyer.'],
      why: 'Our regulator reads them there.',
      question: 'Are all security logs kept in our country?',
      choices: [],
      measure: null,
      evidence: ['A statement with the places where logs are kept'],
      clause: 'The supplier keeps all security logs in the country of the buyer.',
      remedy: null,
      acceptance: null,
      exit: null,
      phrases: ['security log* & country | territory'],
    },
  },
};

export const ownRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/api/t/:tenant/catalogue/own',
    access: { action: 'catalogue.read' },
    summary: 'Requirements of the organisation’s own, and how they stand in the catalogue',
    params: inTenant,
    query: z.object({ language: language.optional() }),
    response: z.custom<OwnView>(),
    handle: async ({ trx, deps, actor, query }) => {
      const asked = query.language ?? actor.language;
      const { catalogue, rows, faults } = await ownCatalogueOf(trx, actor.tenant, deps.catalogue);
      const names = await namesOf(trx, [...new Set(rows.map(({ by }) => by))]);
      const standing = new Set(catalogue.requirements.map(({ id }) => id));
      return {
        edition: { edition: catalogue.edition.edition, hash: catalogue.hash },
        rows: rows.map(({ id, version, retired, entry, by, created }) => ({
          id,
          version,
          retired,
          entry: entry as OwnEntry,
          by: names[by] ?? by,
          at: created.toISOString(),
          words: standing.has(id) ? requirementIn(requirementOf(catalogue, id), catalogue, asked) : null,
          faults: faults.filter((one) => one.id === id).map((one) => said(one, asked)),
        })),
        // Those that were left as they came are the same objects.
        risks: catalogue.risks
          .filter((risk) => !deps.catalogue.risks.includes(risk))
          .map((risk) => riskIn(risk, asked)),
      };
    },
  }),
  route({
    method: 'GET',
    url: '/api/t/:tenant/catalogue/own.yaml',
    access: { action: 'catalogue.read' },
    summary: 'The same as a file, for `proviso lint --catalogue`',
    params: inTenant,
    response: 'bytes',
    handle: async ({ trx, reply }) => {
      const { ownFileText } = await import('@proviso/catalogue/check');
      reply
        .type('application/yaml; charset=utf-8')
        .header('content-disposition', 'attachment; filename="own-requirements.yaml"');
      return ownFileText(await buyerOf(trx), keptOf(await listOwnRequirements(trx)));
    },
  }),
  route({
    method: 'POST',
    url: '/api/t/:tenant/catalogue/own',
    access: { action: 'catalogue.extend' },
    summary: 'Adds a requirement; its id is given here',
    params: inTenant,
    body: newOwn,
    response: keptOwn,
    example: { entry: EXAMPLE },
    handle: async ({ trx, deps, actor, body, reply }) => {
      await holdOwnRequirements(trx);
      const rows = await listOwnRequirements(trx);
      const next = Math.max(0, ...rows.map(({ id }) => Number(id.slice(4)))) + 1;
      if (next > MOST_OWN) throw new HttpProblem(422, 'own-full', { values: { most: MOST_OWN } });
      const id = `OWN-${String(next).padStart(2, '0')}`;
      const version = await write(trx, deps, actor, rows, { id, read: 0, entry: body.entry, retired: false });
      reply.code(201);
      return { id, version };
    },
  }),
  route({
    method: 'PUT',
    url: '/api/t/:tenant/catalogue/own/:id',
    access: { action: 'catalogue.extend' },
    summary: 'Changes a requirement over the version that was read; demands that are kept keep their words',
    params: ofOwn,
    body: changedOwn,
    response: keptOwn,
    example: { version: 1, entry: EXAMPLE },
    handle: async ({ trx, deps, actor, params: { id }, body }) => {
      await holdOwnRequirements(trx);
      const rows = await listOwnRequirements(trx);
      if (rows.some((one) => one.id === id && one.retired && one.version === body.version))
        throw new HttpProblem(422, 'own-retired', { values: { id } });
      const read = body.version;
      return { id, version: await write(trx, deps, actor, rows, { id, read, entry: body.entry, retired: false }) };
    },
  }),
  route({
    method: 'POST',
    url: '/api/t/:tenant/catalogue/own/:id/retire',
    access: { action: 'catalogue.extend' },
    summary: 'Retires a requirement: it is asked no more, and its id never used again',
    params: ofOwn,
    body: retiredOwn,
    response: keptOwn,
    example: { version: 2 },
    handle: async ({ trx, deps, actor, params: { id }, body }) => {
      await holdOwnRequirements(trx);
      const rows = await listOwnRequirements(trx);
      const found = rows.find((one) => one.id === id);
      if (!found) throw new HttpProblem(404, 'not-found');
      const version = await write(trx, deps, actor, rows, {
        id,
        read: body.version,
        entry: found.entry,
        retired: true,
      });
      return { id, version };
    },
  }),
  route({
    method: 'POST',
    url: '/api/t/:tenant/catalogue/own/preview',
    access: { action: 'catalogue.extend' },
    summary: 'How a requirement would read, or all that is wrong with it; nothing is kept',
    params: inTenant,
    body: previewOwn,
    response: z.custom<OwnPreview>(),
    handle: async ({ trx, deps, actor, body }) => {
      const { rows } = await ownCatalogueOf(trx, actor.tenant, deps.catalogue);
      const id = body.id ?? UNNUMBERED;
      const others = rows.filter((one) => one.id !== id);
      const tried = { id, version: 1, entry: body.entry as object, retired: false, created: deps.now() };
      const { catalogue, faults } = await join(deps.catalogue, [...others, tried]);
      const wrong = faults.filter((one) => one.id === id).map((one) => said(one, actor.language));
      if (wrong.length > 0) return { words: null, faults: wrong };
      return { words: requirementIn(requirementOf(catalogue, id), catalogue, body.language), faults: [] };
    },
  }),
];

/** Stands for the number that is given when it is saved. */
const UNNUMBERED = 'OWN-00';

interface Written {
  id: string;
  read: number;
  entry: unknown;
  retired: boolean;
}

/** @throws HttpProblem 422 with the first fault; VersionConflict where somebody was quicker */
async function write(
  trx: TenantScope,
  deps: Deps,
  actor: Actor,
  rows: readonly OwnRequirementRow[],
  { id, read, entry, retired }: Written,
): Promise<number> {
  // A version names the person who wrote it.
  if (actor.scopes !== null) throw new HttpProblem(403, 'not-for-keys');
  const { readOwnEntry } = await import('@proviso/catalogue/check');
  // What stands may be retired, also when this edition does not know its risk any more.
  if (!retired) {
    const others = rows.filter((one) => one.id !== id);
    const tried = { id, version: read + 1, entry: entry as object, retired, created: deps.now() };
    const { faults } = await join(deps.catalogue, [...others, tried]);
    const wrong = faults.find((one) => one.id === id);
    if (wrong) {
      const where = ['body', 'entry', wrong.where].filter(Boolean).join('.');
      throw new HttpProblem(422, `own-${wrong.code}`, { where, values: { problem: wrong.message } });
    }
  }
  const checked = readOwnEntry(entry);
  const version = await addOwnVersion(trx, read, {
    id,
    entry: 'entry' in checked ? checked.entry : (entry as object),
    retired,
    by: actor.id,
  });
  await appendLog(trx, {
    actor: logActor(actor),
    action: retired ? 'catalogue.own-retired' : read === 0 ? 'catalogue.own-added' : 'catalogue.own-changed',
    subject: { type: 'requirement', id },
    content: { ids: { version }, ...('entry' in checked ? { title: titleOf(checked.entry) } : {}) },
  });
  return version;
}

const titleOf = ({ words, language: first }: OwnEntry): string => words[first]?.title ?? '';

function said({ where, code, message }: OwnFault, asked: Actor['language']): OwnFaultSaid {
  return { where, code, message: problemText(`own-${code}`, asked, { where, problem: message }) };
}
