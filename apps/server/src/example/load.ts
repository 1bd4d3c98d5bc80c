import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { answerFileOf, demandFileOf, demandHash, derive } from '@proviso/catalogue';
import { contextOf } from '@proviso/catalogue/check';
import { readContent } from '@proviso/content';
import { linesOf } from '@proviso/procurement';
import {
  combineShares,
  keyOf,
  type OfferFile,
  openPassedShare,
  openShare,
  passShare,
  sealFile,
  sealOffer,
} from '@proviso/sealing';
import {
  addDemandVersion,
  appendLog,
  getSetting,
  insertComment,
  insertDocument,
  insertInvitation,
  insertSupplier,
  passShares,
  recordFile,
  recordUpload,
  sharesOf,
  streamOf,
} from '@proviso/store';
import { z } from 'zod';
import type { Deps } from '../http/deps.ts';
import { HttpProblem } from '../http/problem.ts';
import type { LinkActor } from '../http/route.ts';
import { askedForm } from '../offers/asked-form.ts';
import { askQuestion, receiveOffer } from '../offers/receive.ts';
import { keysOf } from '../offers/view.ts';
import { roundOf } from '../opening/keys.ts';
import { openPart } from '../opening/open.ts';
import { PLAYING } from '../purchases/closing.ts';
import { answersOf, BIDDERS, type ExampleBidder } from './bidders.ts';
import { evaluate } from './evaluate.ts';
import { type Cast, draft, makeKeys, type Stage, stageOf } from './stage.ts';
import { type ExampleLanguage, tell } from './words.ts';

const EXAMPLES = new URL('../../../../examples/', import.meta.url);

/** Purchases of the worked example, by how far they are. */
export interface LoadedExample {
  evaluated: string;
  open: string;
  drafted: string;
}

/**
 * Plays the worked example in an organisation: a purchase with four sealed offers, opened, scored and agreed on, the award not decided yet; one that
 * is open for offers; one that is drafted, with a document to be read. All of it through the code that real ones go through, some weeks ago by
 * its own clock. `people` may play parts; for the others made-up members come to be, without sign-in or address.
 * @throws HttpProblem 409 `there-already` the second time
 */
export async function loadExample(deps: Deps, tenant: string, people: Cast = {}): Promise<LoadedExample> {
  const language = await languageOf(deps, tenant);
  const stage = await stageOf(deps, tenant, language, people);
  stage.goTo(-75);
  PLAYING.add(tenant);
  try {
    const evaluated = await draft(stage, tell('portal.title', language), tell('portal.reference', language));
    await portal(stage, evaluated);
    const open = await openOne(stage);
    const drafted = await draftedOne(stage, deps);
    const loaded = { evaluated, open, drafted };
    await quiet(stage, Object.values(loaded));
    return loaded;
  } finally {
    PLAYING.delete(tenant);
  }
}

/** French for an organisation that speaks it, English else. @throws HttpProblem 409 where the example is there */
async function languageOf(deps: Deps, tenant: string): Promise<ExampleLanguage> {
  const { withTenant } = await import('@proviso/store');
  return await withTenant(deps.store.db, tenant, async (trx) => {
    const kept = z.object({ language: z.string() }).safeParse((await getSetting(trx, 'purchase.defaults'))?.value);
    const language = kept.data?.language === 'fr' ? 'fr' : 'en';
    const there = await trx
      .selectFrom('purchase')
      .select('id')
      .where('reference', '=', tell('portal.reference', language))
      .executeTakeFirst();
    if (there) throw new HttpProblem(409, 'there-already');
    return language;
  });
}

/** Letters that were written while playing are about what is long past: none is sent. */
async function quiet({ within }: Stage, purchases: readonly string[]): Promise<void> {
  await within(async (trx) => {
    for (const id of purchases)
      await trx
        .deleteFrom('outbox')
        .where('state', '=', 'waiting')
        .where('body', 'like', `%/purchases/${id}/%`)
        .execute();
  });
}

const PLAN = {
  criteria: [
    { id: 'requirements', kind: 'requirements', weight: 60 },
    { id: 'price', kind: 'price', weight: 40, formula: { kind: 'lowest-ratio' } },
  ],
  tieBreak: ['requirements', 'draw'],
  notApplicable: [],
  priceApart: true,
};

/** The first purchase, from its demand to its agreed scores. */
async function portal(stage: Stage, id: string): Promise<void> {
  const { language, give } = stage;
  await demand(stage, id, tell('portal.title', language), tell('portal.reference', language));
  await comments(stage, id);
  await publish(stage, id, { published: -70, closing: -25 });
  const links = await invite(stage, id, BIDDERS);
  stage.goTo(-60);
  for (const [i, name] of (['q1', 'q2', 'q3'] as const).entries()) {
    const link = links[i] as LinkActor;
    const question = await stage.within((trx) => askQuestion(trx, stage.deps, link, tell(name, language)));
    await give('buyer', id, 'question.answer', {
      question,
      text: tell(`${name}.answer`, language),
      wording: tell(`${name}.wording`, language),
      closing: null,
      insignificant: null,
    });
  }
  for (const [i, bidder] of BIDDERS.entries()) {
    stage.goTo(-30 + i);
    await bid(stage, id, links[i] as LinkActor, bidder);
  }
  stage.goTo(-24.5);
  await give('system', id, 'purchase.close');
  for (const part of ['buyer', 'security', 'legal', 'evaluator', 'evaluator2', 'opener', 'opener2'] as const)
    await give(part, id, 'conflict.declare', { lots: null, conflict: false, note: '' });
  await open(stage, id, 'quality');
  stage.goTo(-20);
  await evaluate(stage, id);
  stage.goTo(-8);
  await open(stage, id, 'price');
  await give('buyer', id, 'purchase.evaluate');
}

/** Derives the demand of a purchase from the context of the example. */
async function demand(stage: Stage, id: string, title: string, reference: string): Promise<void> {
  const { deps, language, people } = stage;
  const given = readContent(fileURLToPath(new URL('contexts/municipal-portal.yaml', EXAMPLES))) as object;
  const country = language === 'fr' ? 'FR' : 'NL';
  const context = contextOf(
    { ...given, title, reference, language, country, buyer: title, contractMonths: 48 },
    deps.catalogue,
  );
  const file = demandFileOf(derive(context, deps.catalogue), deps.catalogue);
  const hash = demandHash(file.demand);
  const version = await stage.within((trx) =>
    addDemandVersion(trx, id, { file, hash: Buffer.from(hash, 'hex'), by: people.buyer }),
  );
  await stage.give('buyer', id, 'demand.set', { version, hash, lines: linesOf(file) });
}

async function comments({ within, people, language, deps }: Stage, purchase: string): Promise<void> {
  await within(async (trx) => {
    for (const [author, text] of [
      ['buyer', 'comment.demand'],
      ['security', 'comment.reply'],
    ] as const)
      await insertComment(trx, {
        id: randomUUID(),
        purchase,
        subject: 'requirement:VUL-01',
        author: people[author],
        text: tell(text, language),
        at: deps.now(),
      });
  });
}

/** Team, approvals, keys and notice; the two moments are days from now. */
async function publish(stage: Stage, id: string, days: { published: number; closing: number }): Promise<void> {
  const { give, people, language, local } = stage;
  await give('buyer', id, 'plan.set', PLAN);
  await give('buyer', id, 'openers.name', { openers: [people.opener, people.opener2], recovery: null });
  const evaluators = [people.evaluator, people.evaluator2].map((person) => ({ person, lots: null }));
  await give('buyer', id, 'evaluators.name', { evaluators });
  await give('buyer', id, 'purchase.specify');
  const { purchase } = await stage.read(id);
  for (const as of ['legal', 'security'] as const)
    await give(as, id, 'demand.approve', {
      as,
      verdict: 'approved',
      demand: purchase.demand?.hash,
      reason: tell(`approve.${as}`, language),
    });
  stage.goTo(days.published);
  const keys = await makeKeys(stage, id);
  await give('buyer', id, 'purchase.publish', {
    closing: local(days.closing, 12),
    questionsUntil: local(days.closing - 10, 12),
    opening: local(days.closing, 14),
    validityDays: 180,
    keys,
  });
}

/** Suppliers with a link each; the links' tokens are known to nobody, since nobody is to act for them. */
async function invite(stage: Stage, purchase: string, bidders: readonly ExampleBidder[]): Promise<LinkActor[]> {
  const links: LinkActor[] = [];
  await stage.within(async (trx) => {
    for (const { name, country } of bidders) {
      const known = await trx.selectFrom('supplier').select('id').where('name', '=', name).executeTakeFirst();
      const supplier = known?.id ?? randomUUID();
      if (!known) await insertSupplier(trx, { id: supplier, name, country, email: null });
      const invitation = randomUUID();
      const created = stage.deps.now();
      const expires = new Date(created.getTime() + 365 * 86_400_000);
      const tokenHash = Buffer.from(crypto.getRandomValues(new Uint8Array(32)));
      await insertInvitation(trx, { id: invitation, purchase, supplier, tokenHash, created, expires });
      links.push({ tenant: stage.tenant, invitation, purchase, supplier });
    }
  });
  return links;
}

/** Seals an offer as the supplier's page does, and hands it in. */
async function bid(stage: Stage, id: string, link: LinkActor, bidder: ExampleBidder): Promise<void> {
  const { deps, language, within } = stage;
  const { purchase } = await stage.read(id);
  const [keys, asked] = await within(async (trx) => [
    await keysOf(trx, purchase),
    await askedForm(trx, id, purchase.demand?.hash ?? '', language),
  ]);
  if (!keys || !asked) throw new Error('The purchase of the example has no keys or no demand.');
  const text = tell('file.content', language, { supplier: bidder.name });
  const made = await sealFile(new File([text], tell('file', language), { type: 'text/plain' }), keys, 'quality');
  const bytes = new Uint8Array(await new Response(made.stream).arrayBuffer());
  const file: OfferFile = await made.file;
  await deps.files.put(streamOf(bytes));
  await within(async (trx) => {
    const sha256 = Buffer.from(file.sealed.sha256, 'hex');
    await recordFile(trx, { sha256, bytes: bytes.length, media: 'application/octet-stream' });
    await recordUpload(trx, link.invitation, sha256);
  });
  const values = answersOf(bidder, asked.form, asked.file, language);
  const signed = { name: bidder.name, role: '–', date: deps.now().toISOString().slice(0, 10) };
  const price = { schema: 'proviso.price/1', amount: bidder.price, currency: 'EUR' };
  const lot = purchase.lots[0]?.id ?? '';
  const parts = await sealOffer(
    {
      binding: { purchase: id, lot, invitation: link.invitation, demand: asked.form.demand },
      parts: {
        quality: {
          answers: answerFileOf(asked.form, bidder.name, values, null),
          declaration: { ...signed, price: null },
          files: [file],
        },
        price: { answers: price, declaration: signed, files: [] },
      },
    },
    keys,
  );
  await within((trx) =>
    receiveOffer(trx, deps, link, {
      id: randomUUID(),
      lot,
      demand: asked.form.demand,
      parts: parts.map(({ part, bytes: sealed }) => ({ part, bytes: Buffer.from(sealed).toString('base64url') })),
      files: [file.sealed.sha256],
    }),
  );
}

/** The opening of a part by the two openers, share by share. */
async function open(stage: Stage, id: string, part: 'quality' | 'price'): Promise<void> {
  const { people, identities, give, within } = stage;
  for (const who of ['opener', 'opener2'] as const) await give(who, id, 'opening.attend', { part });
  const { purchase } = await stage.read(id);
  const of = roundOf(purchase);
  const identity = await within(async (trx) => {
    const keys = await keysOf(trx, purchase);
    if (!keys) throw new Error('The purchase of the example has no keys.');
    const { fingerprint, recipient } = keyOf(keys, part);
    const share = async (who: 'opener' | 'opener2') => {
      const encrypted = (await sharesOf(trx, of, people[who])).find((one) => one.part === part)?.ciphertext;
      const expected = { purchase: id, part, holder: people[who], fingerprint };
      return await openShare(String(encrypted), identities[who].identity, expected);
    };
    const to = { id: people.opener2, recipient: identities.opener2.recipient };
    const [passed] = await passShare(await share('opener'), [to]);
    const encrypted = passed?.encrypted ?? '';
    const shares = [{ to: people.opener2, ciphertext: Buffer.from(encrypted) }];
    await passShares(trx, of, { part, from: people.opener, shares });
    const own = await share('opener2');
    return await combineShares(own, await openPassedShare(encrypted, identities.opener2.identity, own), recipient);
  });
  const { version } = await stage.read(id);
  await openPart(stage.deps, stage.actor('opener2'), id, { version, part, identity });
  const opened = (await stage.read(id)).purchase.openings.find((one) => one.part === part);
  await give('opener', id, 'opening.confirm', { part, hash: opened?.done?.hash });
}

/** A purchase that is open for offers, with a question that waits. */
async function openOne(stage: Stage): Promise<string> {
  const { language } = stage;
  stage.goTo(-20);
  const [title, reference] = [tell('open.title', language), tell('open.reference', language)];
  const id = await draft(stage, title, reference);
  await demand(stage, id, title, reference);
  await publish(stage, id, { published: -12, closing: 26 });
  const links = await invite(stage, id, BIDDERS.slice(0, 3));
  const [first, second] = links as [LinkActor, LinkActor];
  stage.goTo(-5);
  const question = await stage.within((trx) => askQuestion(trx, stage.deps, first, tell('open.q1', language)));
  const answer = {
    question,
    text: tell('open.q1.answer', language),
    wording: null,
    closing: null,
    insignificant: null,
  };
  await stage.give('buyer', id, 'question.answer', answer);
  await stage.within((trx) => askQuestion(trx, stage.deps, second, tell('open.q2', language)));
  return id;
}

/** A purchase in the making, with a tender of others to be read by the real worker. */
async function draftedOne(stage: Stage, real: Deps): Promise<string> {
  const { language, within, tenant } = stage;
  stage.goTo(-2);
  const [title, reference] = [tell('draft.title', language), tell('draft.reference', language)];
  const id = await draft(stage, title, reference);
  await demand(stage, id, title, reference);
  const name = language === 'fr' ? 'fr-cloud-normes-applicables.md' : 'us-cloud-support-work-statement.pdf';
  const { sha256, bytes } = await real.files.put(streamOf(await readFile(new URL(`documents/${name}`, EXAMPLES))));
  const document = randomUUID();
  await within(async (trx) => {
    const hash = Buffer.from(sha256, 'hex');
    await recordFile(trx, { sha256: hash, bytes, media: 'application/octet-stream' });
    await insertDocument(trx, { id: document, purchase: id, name, sha256: hash, bytes }, []);
    await real.jobs.send('reading', { tenant, document }, { trx });
    await appendLog(trx, { actor: 'system', action: 'document.added', subject: { type: 'document', id: document } });
  });
  return id;
}
