import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Language } from '../i18n/language.ts';
import { fill, type Values } from '../i18n/message.ts';
import { settled } from './settled.ts';

/** A workbench that runs, with a clock that can be moved. */
export interface Stage {
  url: string;
  setUpLink: string;
  /** Moves the server's clock; what is due then is done within seconds. */
  setClock(at: string): void;
}

/** Called where there is something to see, with the page of who sees it. */
export type Look = (name: string, page: Page) => Promise<void>;

const MESSAGES = join(import.meta.dirname, '../../messages');
const PASSWORD = 'une longue phrase pour tous';
const PASSPHRASE = 'une phrase secrète que personne ne devine';
/** A Monday. */
export const BEGIN = '2027-01-04T09:00:00Z';
const CLOSING = '2027-03-01T12:00';
const AFTER_OPENING = '2027-03-01T14:00:00Z';

const PEOPLE = {
  bram: ['buyer'],
  sven: ['security'],
  lena: ['legal'],
  eva: ['evaluator'],
  emil: ['evaluator'],
  odin: ['opener'],
  opal: ['opener'],
} as const;
type Name = 'olga' | keyof typeof PEOPLE;
const SUPPLIERS = ['Alpha Réseaux', 'Bêta Nuage', 'Gamma Portail'];

/**
 * A purchase from nothing to its award, as people do it in their browsers: nine people, three suppliers, two openers. Every step waits for what
 * the page says of it, in the language of the reader.
 * @throws Error of the step that did not come to its end; or that names errors which pages had on the way.
 */
export async function journey(
  browser: Browser,
  stage: Stage,
  language: Language,
  look: Look = async () => {},
): Promise<{ winner: string; letters: string[] }> {
  const say = speaker(language);
  const contexts: BrowserContext[] = [];
  const faults: string[] = [];
  let clock = BEGIN;
  const newPage = async (): Promise<Page> => {
    const context = await browser.newContext({
      locale: language,
      timezoneId: 'Europe/Brussels',
      viewport: { width: 1280, height: 900 },
      reducedMotion: 'reduce',
    });
    contexts.push(context);
    await context.clock.setSystemTime(new Date(clock));
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        faults.push(message.text());
    });
    return page;
  };
  const setClock = async (at: string): Promise<void> => {
    clock = at;
    stage.setClock(at);
    for (const context of contexts) await context.clock.setSystemTime(new Date(at));
  };

  stage.setClock(BEGIN);
  // The owner founds the organisation.
  const pages = {} as Record<Name, Page>;
  const olga = await newPage();
  pages.olga = olga;
  await olga.goto(stage.setUpLink);
  await settled(olga);
  await type(olga, say('auth', 'organisation'), 'Ville de Verviers');
  await type(olga, say('auth', 'name'), 'Olga Lambert');
  await type(olga, say('auth', 'email'), 'olga@ville.example');
  await type(olga, say('auth', 'password'), PASSWORD);
  await look('set-up', olga);
  await press(olga, say('auth', 'set-up'));
  await olga.waitForURL(/\/t\/[^/]+/);
  await settled(olga);
  await look('first-home', olga);
  const tenant = new URL(olga.url()).pathname.split('/').slice(0, 3).join('/');
  const to = async (page: Page, path: string): Promise<void> => {
    await page.goto(`${stage.url}${tenant}${path}`);
    await settled(page);
  };

  // Colleagues come by a link each.
  await to(olga, '/admin/people');
  for (const [name, roles] of Object.entries(PEOPLE) as [keyof typeof PEOPLE, readonly string[]][]) {
    await type(olga, say('admin', 'name'), `${name[0]?.toUpperCase()}${name.slice(1)} Dubois`);
    await type(olga, say('admin', 'email'), `${name}@ville.example`);
    for (const role of roles) await tick(olga, role);
    const before = await olga.locator('.link-once').allInnerTexts();
    await press(olga, say('admin', 'invite'));
    const link = await other(olga, '.link-once', before);
    const page = await newPage();
    pages[name] = page;
    await page.goto(link);
    await settled(page);
    await type(page, say('auth', 'password'), PASSWORD);
    await press(page, say('auth', 'join'));
    await page.waitForURL(/\/t\//);
    await settled(page);
  }
  await to(olga, '/admin/people');
  await look('people', olga);

  // Openers make their keys.
  for (const name of ['odin', 'opal'] as const) {
    const page = pages[name];
    await to(page, '/admin/opener-key');
    await type(page, say('admin', 'passphrase'), PASSPHRASE);
    await type(page, say('admin', 'passphrase-again'), PASSPHRASE);
    if (name === 'odin') await look('opener-key', page);
    await press(page, say('admin', 'make-key'));
    await page.getByText(say('admin', 'your-fingerprint'), { exact: true }).waitFor();
  }

  // The buyer describes the purchase.
  const { bram, sven, lena, eva, emil, odin, opal } = pages;
  await to(bram, '/purchases/new');
  await type(bram, say('wizard', 'ask-title'), 'Portail citoyen');
  await type(bram, say('wizard', 'ask-reference'), 'VV-2027-1');
  await bram.getByLabel(say('wizard', 'ask-language')).selectOption(language);
  await bram.getByLabel(say('wizard', 'ask-sector')).selectOption('municipality');
  await look('wizard-about', bram);
  await press(bram, say('wizard', 'next'));
  for (const value of ['service', 'web-application', 'hosting', 'web-servers']) await tick(bram, value);
  await look('wizard-what', bram);
  await press(bram, say('wizard', 'next'));
  for (const [key, value] of [
    ['criticality', 'moderate'],
    ['exposure', 'internet'],
    ['personalData', 'ordinary'],
    ['valueBand', 'small'],
  ] as const)
    await choose(bram, say('wizard', `ask-${key}`), value);
  await press(bram, say('wizard', 'next'));
  for (const [key, value] of [
    ['hosting', 'supplier'],
    ['remoteAccess', 'none'],
    ['development', 'configured'],
    ['alternatives', 'many'],
    ['ai', 'no'],
  ] as const)
    await choose(bram, say('wizard', `ask-${key}`), value);
  await look('wizard-how', bram);
  await press(bram, say('wizard', 'next'));
  await press(bram, say('wizard', 'create'));
  await bram.waitForURL(/\/purchases\/[0-9a-f-]{36}/);
  await settled(bram);
  const purchase = new URL(bram.url()).pathname.split('/').slice(0, 5).join('/');
  const at = async (page: Page, path: string): Promise<void> => {
    await page.goto(`${stage.url}${purchase}${path}`);
    await settled(page);
  };
  await look('overview', bram);
  await at(bram, '/risks');
  await look('risks', bram);

  // Criteria and people.
  await at(bram, '/publish?part=plan');
  await look('plan', bram);
  await press(bram, say('shell', 'save'));
  await bram.getByText(say('publish', 'plan-saved')).waitFor();
  await at(bram, '/publish?part=team');
  await tickNamed(bram, say('publish', 'openers-label'), ['Odin', 'Opal']);
  await bram
    .getByRole('button', { name: say('shell', 'save') })
    .first()
    .click();
  await bram.getByText(say('publish', 'team-saved')).first().waitFor();
  await at(bram, '/publish?part=team');
  await tickNamed(bram, say('publish', 'evaluators-label'), ['Eva', 'Emil']);
  await bram
    .getByRole('button', { name: say('shell', 'save') })
    .last()
    .click();
  await bram.getByText(say('publish', 'team-saved')).first().waitFor();
  await look('team', bram);

  // Ready, and approved by others.
  await at(bram, '/demand');
  await look('demand', bram);
  await press(bram, say('demand', 'specify'));
  await confirm(bram, say('demand', 'specify'));
  await bram.getByText(say('demand', 'specified')).waitFor();
  for (const page of [sven, lena]) {
    await at(page, '/demand?part=approval');
    await choose(page, say('demand', 'approval-verdict'), 'approved');
    if (page === sven) await look('approval', page);
    await press(page, say('demand', 'approval-send'));
    await page.getByText(say('demand', 'approval-given')).waitFor();
  }

  // Keys and dates.
  await at(bram, '/publish?part=notice');
  await press(bram, say('publish', 'keys-make'));
  await bram.getByText(say('publish', 'keys-made')).waitFor();
  await type(bram, say('publish', 'questionsUntil-label'), '2027-02-15T12:00');
  await type(bram, say('publish', 'closing-label'), CLOSING);
  await type(bram, say('publish', 'opening-label'), '2027-03-01T14:00');
  await look('publish', bram);
  await press(bram, say('publish', 'publish'));
  await confirm(bram, say('publish', 'publish'));
  await bram.getByText(say('publish', 'published'), { exact: true }).first().waitFor();

  // Suppliers are invited by links.
  await to(bram, '/suppliers');
  for (const name of SUPPLIERS) {
    await bram
      .getByRole('button', { name: say('suppliers', 'add') })
      .first()
      .click();
    const dialog = bram.getByRole('dialog');
    await dialog.getByLabel(say('suppliers', 'name'), { exact: true }).fill(name);
    await dialog.getByRole('button', { name: say('suppliers', 'add') }).click();
    await dialog.waitFor({ state: 'detached' });
  }
  await at(bram, '/publish?part=invitations');
  const links: string[] = [];
  for (const name of SUPPLIERS) {
    const before = await bram.locator('.link-once').allInnerTexts();
    await bram.getByLabel(say('publish', 'supplier'), { exact: true }).selectOption({ label: name });
    await press(bram, say('publish', 'invite'));
    links.push(await other(bram, '.link-once', before));
  }
  await look('invitations', bram);

  // One supplier asks; the answer goes to all.
  const offers: Page[] = [];
  for (const link of links) {
    const page = await newPage();
    offers.push(page);
    await page.goto(link);
    await page.locator('html[data-ready]').waitFor();
  }
  const [alpha, beta] = offers as [Page, Page, Page];
  await look('offer-begin', alpha);
  await alpha.locator('#ask').fill('Peut-on répondre en deux langues ?');
  await alpha.getByRole('button', { name: say('offer', 'ask-send') }).click();
  await alpha.getByText('Peut-on répondre en deux langues ?').last().waitFor();
  await at(bram, '/questions');
  await type(bram, say('questions', 'answer'), 'Oui, en français et en néerlandais.');
  await look('questions', bram);
  await press(bram, say('questions', 'send'));
  await bram.getByText(say('questions', 'answered-now')).waitFor();
  await beta.reload();
  await beta.locator('html[data-ready]').waitFor();
  await beta.getByText('Oui, en français et en néerlandais.').waitFor();

  // Offers, each sealed in its supplier's browser.
  for (const [n, page] of offers.entries()) {
    await answerAll(page, n);
    await page.locator('#price').fill(['298000', '241500', '355000'][n] ?? '');
    await page.locator('#sign-name').fill('Ada Lovelace');
    await page.locator('#sign-role').fill('Directrice');
    await page.locator('#sign-tick').check();
    if (n === 0) await look('offer-filled', page);
    await page.getByRole('button', { name: say('offer', 'send-now') }).click();
    await page.getByRole('heading', { name: say('offer', 'sent'), exact: true }).waitFor();
    if (n === 0) await look('offer-sent', page);
  }

  // Two openers, after the opening time.
  await setClock(AFTER_OPENING);
  for (const page of [odin, opal]) {
    // The server closes what is due on its own.
    do await at(page, '/opening');
    while ((await page.getByRole('radiogroup', { name: say('evaluate', 'declare-question') }).count()) === 0);
    await declare(page);
  }
  const openPart = async (part: 'quality' | 'price'): Promise<void> => {
    for (const page of [odin, opal]) {
      await at(page, '/opening');
      await press(page, say('opening', 'attend'));
      await type(page, say('opening', 'passphrase'), PASSPHRASE);
      await press(page, say('opening', 'unlock'));
      await page.getByText(`✓ ${say('opening', 'unlocked')}`).waitFor();
    }
    await press(odin, say('opening', 'pass'));
    const open = opal.getByRole('button', { name: say('opening', 'open', { n: SUPPLIERS.length }) });
    await open.and(opal.locator(':not([disabled])')).waitFor();
    await look(`opening-${part}`, opal);
    await open.click();
    const done = odin.getByRole('button', { name: say('opening', 'confirm') });
    await done.waitFor();
    await done.click();
    await odin
      .locator('.record, article, section')
      .getByText(/[0-9a-f]{64}/)
      .first()
      .waitFor();
  };
  await openPart('quality');
  await look('opening-record', odin);

  // Evaluators declare, and score on their own.
  for (const page of [eva, emil]) {
    await at(page, '/evaluate');
    await declare(page);
  }
  await at(eva, '/evaluate');
  await look('evaluate-compare', eva);
  for (const [n, page] of [eva, emil].entries()) {
    await at(page, '/evaluate?tab=score');
    await scoreAll(page, stage.url + '/api' + purchase, n, say);
    await at(page, '/evaluate?tab=score');
    if (n === 0) await look('evaluate-score', page);
    await press(page, say('evaluate', 'finish'));
    await confirm(page, say('evaluate', 'finish'));
    await page.getByText(say('evaluate', 'evaluator-finished')).first().waitFor();
  }
  // What they differ on takes both.
  await at(eva, '/evaluate?tab=agree');
  await look('evaluate-agree', eva);
  const first = eva.locator('article.consensus').first();
  await first.locator('input[value="2"]').focus();
  await eva.keyboard.press('Space');
  await first.getByLabel(say('evaluate', 'reason-agreed')).fill('Le manuel le montre.');
  await first.getByRole('button', { name: say('evaluate', 'propose-send') }).click();
  await eva.getByText(say('evaluate', 'second-needed')).waitFor();
  await at(emil, '/evaluate?tab=agree');
  await emil.getByRole('button', { name: say('evaluate', 'agree', { value: 2 }) }).click();
  await emil.getByText(say('evaluate', 'agreed', { value: 2 })).waitFor();
  await at(bram, '/evaluate');
  await declare(bram);
  await at(bram, '/evaluate?tab=deviations');
  await look('evaluate-deviations', bram);
  const undecided = bram.getByRole('button', { name: say('evaluate', 'deviation-send') });
  for (let left = await undecided.count(); left > 0; left--) {
    await bram.locator('input[value="accepted"]').first().focus();
    await bram.keyboard.press('Space');
    await type(bram, say('evaluate', 'deviation-reason'), 'Cela protège autant.');
    await undecided.first().click();
    await undecided.nth(left - 1).waitFor({ state: 'detached' });
  }
  await press(bram, say('evaluate', 'freeze'));
  await confirm(bram, say('evaluate', 'freeze'));
  await bram.getByText(say('evaluate', 'lot-frozen')).waitFor();

  // Then the prices, the ranking, and the award.
  await openPart('price');
  await at(bram, '/evaluate');
  await press(bram, say('evaluate', 'evaluated'));
  await bram.getByRole('button', { name: say('evaluate', 'evaluated') }).waitFor({ state: 'detached' });
  await at(bram, '/award');
  await look('award-ranking', bram);
  await at(bram, '/award?tab=sensitivity');
  await look('award-sensitivity', bram);
  // The owner decides.
  await at(olga, '/award');
  await declare(olga);
  await at(olga, '/award?tab=decision');
  await type(olga, say('award', 'reason'), 'Elle a le plus de points.');
  await look('award-decision', olga);
  await press(olga, say('award', 'decide-send'));
  await press(olga, say('award', 'notify'));
  await olga.getByText(say('award', 'standstill'), { exact: true }).first().waitFor();
  await at(bram, '/award?tab=letters');
  await look('award-letters', bram);
  const letters = await bram.locator('.letter').allInnerTexts();
  await at(bram, '/award');
  const winner = (await bram.locator('tbody tr').first().innerText()).trim();
  await at(bram, '/thread');
  await look('thread', bram);
  await to(bram, '/home');
  await look('home', bram);
  for (const context of contexts) await context.close();
  if (faults.length > 0) throw new Error(`Errors on pages: ${faults.join('\n')}`);
  return { winner, letters };

  async function declare(page: Page): Promise<void> {
    await choose(page, say('evaluate', 'declare-question'), 'free');
    await press(page, say('evaluate', 'declare-send'));
    await page.getByRole('button', { name: say('evaluate', 'declare-send') }).waitFor({ state: 'detached' });
  }
}

type Say = (area: string, id: string, values?: Values) => string;

/** What pages say, out of their own files: the journey goes on whatever words are chosen. */
function speaker(language: Language): Say {
  const read = new Map<string, Record<string, string>>();
  return (area, id, values = {}) => {
    const words =
      read.get(area) ??
      (JSON.parse(readFileSync(join(MESSAGES, `${area}.${language}.json`), 'utf8')) as Record<string, string>);
    read.set(area, words);
    const message = words[id];
    if (message === undefined) throw new Error(`messages/${area}.${language}.json has no "${id}".`);
    return fill(message, values, language);
  };
}

async function type(page: Page, label: string, text: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).first().fill(text);
}

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).first().click();
}

/** The second, asking button. */
async function confirm(page: Page, name: string): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
}

/** Ticks a choice by what it stands for: its words are long, and of the catalogue. */
async function tick(page: Page, value: string): Promise<void> {
  await page.locator(`input[type=checkbox][value="${value}"]`).first().focus();
  await page.keyboard.press('Space');
}

async function tickNamed(page: Page, group: string, names: readonly string[]): Promise<void> {
  const boxes = page.getByRole('group', { name: group });
  for (const name of names) {
    await boxes.getByRole('checkbox', { name: new RegExp(`^${name}`) }).focus();
    await page.keyboard.press('Space');
  }
}

async function choose(page: Page, group: string, value: string): Promise<void> {
  await page.getByRole('radiogroup', { name: group }).locator(`input[value="${value}"]`).focus();
  await page.keyboard.press('Space');
}

/** Waits for a text that was not there before: a link that is shown once. */
async function other(page: Page, selector: string, before: readonly string[]): Promise<string> {
  await page.waitForFunction(
    ([where, known]) =>
      [...document.querySelectorAll(where as string)].some(
        (one) => !(known as string[]).includes(one.textContent ?? ''),
      ),
    [selector, before] as const,
  );
  const now = await page.locator(selector).allInnerTexts();
  return now.find((one) => !before.includes(one)) ?? '';
}

/** Answers every question that the form shows, and those that the answers bring up: supplier 0 best of all. */
async function answerAll(page: Page, n: number): Promise<void> {
  for (let round = 0; round < 5; round++) {
    const changed = await page.evaluate(answerShown, n);
    if (changed === 0) return;
    await page.waitForTimeout(100);
  }
}

function answerShown(n: number): number {
  let changed = 0;
  const visible = (one: HTMLElement): boolean => one.offsetParent !== null;
  const groups = new Map<string, HTMLInputElement[]>();
  for (const one of document.querySelectorAll<HTMLInputElement>('article input[type=radio]'))
    if (visible(one)) groups.set(one.name, [...(groups.get(one.name) ?? []), one]);
  for (const radios of groups.values()) {
    if (radios.some(({ checked }) => checked)) continue;
    // Choices go from the best to none. The third supplier falls short once, and says what it offers instead.
    radios[n === 2 && !changed ? 2 : Math.min(n, 1)]?.click();
    changed++;
  }
  for (const one of document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>(
    'article input:not([type=radio], [type=checkbox], [type=file]), article textarea, article select',
  )) {
    if (!visible(one) || one.value !== '' || one.getAttribute('aria-required') !== 'true') continue;
    one.value =
      one instanceof HTMLSelectElement
        ? (one.options[1]?.value ?? '')
        : one.getAttribute('inputmode') || one.type === 'number'
          ? '12'
          : 'Comme le dit notre manuel.';
    one.dispatchEvent(new Event('input', { bubbles: true }));
    one.dispatchEvent(new Event('change', { bubbles: true }));
    changed++;
  }
  return changed;
}

/** The first score with the page's own keys; the others, which are many, as the page would send them. */
async function scoreAll(page: Page, at: string, n: number, say: Say): Promise<void> {
  const card = page.locator('.offer-card').first();
  await card.locator('input[type=radio]').first().focus();
  await page.keyboard.press(String(2 + (n % 2)));
  await page.getByRole('progressbar', { name: say('evaluate', 'progress') }).waitFor();
  await page.waitForFunction(() => document.querySelector('.offer-card input:checked') !== null);
  const failed = await page.evaluate(scoreOthers, [at, n] as const);
  if (failed.length > 0) throw new Error(failed.join('\n'));
}

async function scoreOthers([at, n]: readonly [string, number]): Promise<string[]> {
  const view = await (await fetch(`${at}/evaluation`)).json();
  const { version } = await (await fetch(at)).json();
  const failed: string[] = [];
  const cells = view.offers.flatMap((offer: { id: string; claimed: Record<string, number | null> }) =>
    view.lines.map((line: { id: string }) => ({
      offer: offer.id,
      requirement: line.id,
      claimed: offer.claimed[line.id] ?? null,
    })),
  );
  for (const [index, { offer, requirement, claimed }] of cells.entries()) {
    if (
      view.mine.some(
        (one: { offer: string; requirement: string }) => one.offer === offer && one.requirement === requirement,
      )
    )
      continue;
    // The first differs by who scores; so there is one thing to agree on.
    const value = index === 0 ? 2 + (n % 2) : Math.max(claimed ?? 2, 1);
    const answer = await fetch(`${at}/commands/score.write`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ version, input: { offer, requirement, value, reason: null } }),
    });
    if (!answer.ok) {
      const said = await answer.text();
      // What an offer left open is scored by the rule, not by a person.
      if (!said.includes('nothing-to-score')) failed.push(`${requirement} ${answer.status} ${said.slice(0, 200)}`);
    }
  }
  return failed.slice(0, 3);
}
