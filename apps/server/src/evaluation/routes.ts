import { filesOf } from '@proviso/dossier';
import { may, mayReadOffer } from '@proviso/procurement';
import { getOffer, namesOf } from '@proviso/store';
import { z } from 'zod';
import { language, sha256, uuid } from '../contract/wire.ts';
import { HttpProblem, refused } from '../http/problem.ts';
import { type Route, route } from '../http/route.ts';
import { attachment, dispositionOf } from '../library/attachment.ts';
import { readPurchase } from '../offers/read-purchase.ts';
import { deciderOf } from '../purchases/actors.ts';
import { ofPurchase } from '../purchases/address.ts';
import { decisionLetters } from './decision-letters.ts';
import { letterSource } from './decision-post.ts';
import { letterDocx } from './letter-docx.ts';
import { checkNear, rankingView } from './ranking.ts';
import { evaluationView } from './view.ts';

const ofLot = z.object({ lot: z.string().max(64) });

/** Reading offers, scores, the ranking and the letters on it. What evaluators write goes through commands. */
export const routes: Route[] = [
  route({
    method: 'GET',
    url: '/api/t/:tenant/purchases/:id/evaluation',
    access: { action: 'offer.read' },
    summary: 'Answers of all offers side by side, and the scores that I may see',
    params: ofPurchase,
    query: z.object({ language: language.optional() }),
    handle: async ({ trx, actor, params, query }) => await evaluationView(trx, actor, params.id, query.language),
  }),
  route({
    method: 'GET',
    url: '/api/t/:tenant/purchases/:id/offers/:offer/files/:sha256',
    access: { action: 'offer.read' },
    summary: 'A file of an opened offer, to be saved',
    params: ofPurchase.extend({ offer: uuid, sha256 }),
    response: 'bytes',
    handle: async ({ trx, deps, actor, params, reply }) => {
      const { purchase } = await readPurchase(trx, params.id);
      const offer = purchase.offers.find(({ id }) => id === params.offer);
      if (!offer) throw new HttpProblem(404, 'not-found');
      const fault = mayReadOffer(purchase, deciderOf(actor), offer);
      if (fault) throw refused(fault);
      const mayPrice = may(actor.roles, 'price.read');
      const row = await getOffer(trx, offer.id);
      const files = filesOf(row && (mayPrice ? row : { ...row, price: null }));
      const file = files.find((one) => one.sha256 === params.sha256 && one.kept);
      if (!file) throw new HttpProblem(404, 'not-found');
      return await attachment(reply, deps.files, file);
    },
  }),
  route({
    method: 'GET',
    url: '/api/t/:tenant/purchases/:id/ranking',
    access: { action: 'award.read' },
    summary: 'The ranking of a lot, what would change it, and prices to ask about',
    params: ofPurchase,
    query: ofLot,
    handle: async ({ trx, actor, params, query }) => {
      const { purchase } = await readPurchase(trx, params.id);
      return await rankingView(trx, actor, purchase, query.lot);
    },
  }),
  route({
    method: 'GET',
    url: '/api/t/:tenant/purchases/:id/letters',
    access: { action: 'award.read' },
    summary: 'The decision letter for each supplier of a lot, with its own reasons',
    params: ofPurchase,
    query: ofLot,
    handle: async ({ trx, actor, params, query }) => {
      const { purchase } = await readPurchase(trx, params.id);
      checkNear(purchase, actor, query.lot);
      return decisionLetters(await letterSource(trx, purchase, query.lot));
    },
  }),
  route({
    method: 'GET',
    url: '/api/t/:tenant/purchases/:id/letters/:file',
    access: { action: 'award.read' },
    summary: 'One decision letter as a Word file: {offer}.docx',
    params: ofPurchase.extend({ file: z.string().regex(/^[0-9a-f-]{36}\.docx$/) }),
    response: 'bytes',
    handle: async ({ trx, actor, params, reply }) => {
      const { purchase } = await readPurchase(trx, params.id);
      const offer = purchase.offers.find(({ id }) => `${id}.docx` === params.file);
      if (!offer) throw new HttpProblem(404, 'not-found');
      checkNear(purchase, actor, offer.lot);
      const letter = decisionLetters(await letterSource(trx, purchase, offer.lot)).find(
        (one) => one.offer === offer.id,
      );
      if (!letter) throw new HttpProblem(404, 'not-found');
      const names = await namesOf(trx, [offer.supplier]);
      reply
        .type('application/vnd.openxmlformats-officedocument.wordprocessingml.document')
        .header('content-disposition', dispositionOf(`${names[offer.supplier] ?? offer.id}.docx`));
      return await letterDocx(letter.subject, letter.text, purchase.description.language);
    },
  }),
];
