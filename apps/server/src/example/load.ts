import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { appendLog, getSetting, insertComment, insertDocument, recordFile, streamOf, withTenant } from '@proviso/store';
import { z } from 'zod';
import type { Deps } from '../http/deps.ts';
import { HttpProblem } from '../http/problem.ts';
import type { LinkActor } from '../http/route.ts';
import { askQuestion } from '../offers/receive.ts';
import { PLAYING } from '../purchases/closing.ts';
import { BIDDERS } from './bidders.ts';
import { evaluate } from './evaluate.ts';
import { bid, open } from './offers.ts';
import { demand, EXAMPLES, invite, publish } from './prepare.ts';
import { consent, look } from './probes.ts';
import { type Cast, draft, type Stage, stageOf } from './stage.ts';
import { type ExampleLanguage, tell } from './words.ts';

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
  const linkOf = new Map(BIDDERS.map(({ name }, i) => [name, links[i] as LinkActor]));
  await consent(stage, linkOf);
  stage.goTo(-24.5);
  await give('system', id, 'purchase.close');
  for (const part of ['buyer', 'security', 'legal', 'evaluator', 'evaluator2', 'opener', 'opener2'] as const)
    await give(part, id, 'conflict.declare', { lots: null, conflict: false, note: '' });
  await open(stage, id, 'quality');
  stage.goTo(-22);
  await look(stage, id, linkOf, -22);
  stage.goTo(-20);
  await evaluate(stage, id);
  stage.goTo(-15);
  await look(stage, id, linkOf, -15);
  stage.goTo(-8);
  await open(stage, id, 'price');
  await give('buyer', id, 'purchase.evaluate');
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
    await recordFile(trx, real.files, { sha256: hash, bytes, media: 'application/octet-stream' });
    await insertDocument(trx, { id: document, purchase: id, name, sha256: hash, bytes }, []);
    await real.jobs.send('reading', { tenant, document }, { trx });
    await appendLog(trx, { actor: 'system', action: 'document.added', subject: { type: 'document', id: document } });
  });
  return id;
}
