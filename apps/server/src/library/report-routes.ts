import { Readable } from 'node:stream';
import { type DocumentChoice, documentChoices, getPurchase, type TenantScope, withTenant } from '@proviso/store';
import { documentChoice, libraryFigures } from '../contract/library.ts';
import { language } from '../contract/wire.ts';
import { type Route, route } from '../http/route.ts';
import { buyerOf } from '../messages/tenant.ts';
import { inTenant } from '../purchases/address.ts';
import { dispositionOf } from './attachment.ts';

/** The report's own room is large: loaded when it is first asked for, not at the start. */
const report = () => import('./report.ts');

/** Standards on the page; the report has all. */
const STANDARDS = 8;

/** The report over many documents, and its first figures. */
export const reportRoutes: Route[] = [
  route({
    method: 'GET',
    url: '/api/t/:tenant/library/figures',
    access: { action: 'library.read' },
    summary: 'The headline figures of the report over the chosen documents, and what can be chosen',
    params: inTenant,
    query: documentChoice,
    response: libraryFigures,
    transaction: false,
    handle: async ({ deps, actor: { tenant, language: own }, query }) => {
      const { figuresOf } = await report();
      const figures = await figuresOf(deps, { tenant, choice: query, language: own }, STANDARDS);
      return { ...figures, ...(await withTenant(deps.store.db, tenant, documentChoices)) };
    },
  }),
  route({
    method: 'GET',
    url: '/api/t/:tenant/library/report.html',
    access: { action: 'library.read' },
    summary: 'The report over the chosen documents, from what was read in them: one HTML file that fetches nothing',
    params: inTenant,
    query: documentChoice.extend({ in: language.optional() }),
    response: 'bytes',
    transaction: false,
    handle: async ({ deps, actor, query: { in: wanted, ...choice }, reply }) => {
      const { tenant } = actor;
      const about = await withTenant(deps.store.db, tenant, async (trx) => ({
        title: await buyerOf(trx),
        question: await saidOf(trx, choice),
      }));
      const { reportOf } = await report();
      const pieces = reportOf(deps, { tenant, choice, language: wanted ?? actor.language }, about);
      // Words of others are in it: saved to be opened as a file, never a page of ours.
      reply
        .type('text/html; charset=utf-8')
        .header('content-disposition', dispositionOf(`${about.title} (Proviso).html`))
        .header('content-security-policy', "default-src 'none'; sandbox")
        .header('x-content-type-options', 'nosniff');
      return Readable.from(pieces);
    },
  }),
];

/** What was chosen, without words of ours: it stands under the title in any language. */
async function saidOf(trx: TenantScope, { purchase, language: spoken, from, to }: DocumentChoice): Promise<string> {
  const title = purchase === undefined ? undefined : (await getPurchase(trx, purchase))?.title;
  const days = from === undefined && to === undefined ? undefined : `${from ?? '…'} – ${to ?? '…'}`;
  return [title, spoken?.toUpperCase(), days].filter((part) => part !== undefined).join(' · ');
}
