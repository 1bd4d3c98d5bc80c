import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Language } from '../i18n/language.ts';
import { choose, confirm, other, press, type Say, speaker, tick, tickNamed, type } from './hands.ts';
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

const PASSWORD = 'une longue phrase pour tous';
export const PASSPHRASE = 'une phrase secrète que personne ne devine';
/** A Monday. */
export const BEGIN = '2027-01-04T09:00:00Z';

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
const nameOf = (name: string): string => `${name[0]?.toUpperCase()}${name.slice(1)} Dubois`;

/** Everybody of an organisation, each at a browser. */
export interface People {
  pages: Record<Name, Page>;
  say: Say;
  language: Language;
  url: string;
  /** A browser of somebody else: a supplier. */
  newPage(): Promise<Page>;
  setClock(at: string): Promise<void>;
  /** To a page of the organisation. */
  to(page: Page, path: string): Promise<void>;
  /** Closes the browsers. @throws Error that names errors which pages had on the way */
  close(): Promise<void>;
}

/** They have a purchase that is approved and not yet published. */
export interface Prepared extends People {
  /** Its address below the workbench's own. */
  purchase: string;
  /** To a page of the purchase. */
  at(page: Page, path: string): Promise<void>;
}

/**
 * An organisation is founded, its people come by links, and openers make keys: eight people in their browsers. Every step waits for what the page
 * says of it, in the language of the reader.
 * @throws Error of the step that did not come to its end
 */
export async function gathered(
  browser: Browser,
  stage: Stage,
  language: Language,
  look: Look = async () => {},
): Promise<People> {
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
    page.setDefaultTimeout(60_000);
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
    await type(olga, say('admin', 'name'), nameOf(name));
    await type(olga, say('admin', 'email'), `${name}@ville.example`);
    for (const role of roles) await tick(olga, role);
    const before = await olga.locator('.link-once').allInnerTexts();
    await press(olga, say('admin', 'invite'));
    const link = await other(olga, '.link-once', before);
    const page = await newPage();
    pages[name] = page;
    if (name === 'bram') {
      await page.goto(link);
      await settled(page);
      await type(page, say('auth', 'password'), PASSWORD);
      await press(page, say('auth', 'join'));
      await page.waitForURL(/\/t\//);
      await settled(page);
      continue;
    }
    // The others as that page sends it: seven times the same shows nothing new.
    const send = async (path: string, data: object): Promise<void> => {
      const answer = await page.request.post(`${stage.url}/api${path}`, { data, headers: { origin: stage.url } });
      if (!answer.ok()) throw new Error(`${name} could not join: ${path} ${answer.status()} ${await answer.text()}`);
    };
    const email = `${name}@ville.example`;
    await send('/join', { token: new URL(link).hash.slice(1), name: nameOf(name), password: PASSWORD });
    await send('/auth/sign-in/email', { email, password: PASSWORD });
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

  return {
    pages,
    say,
    language,
    url: stage.url,
    newPage,
    setClock,
    to,
    async close() {
      for (const context of contexts) await context.close();
      if (faults.length > 0) throw new Error(`Errors on pages: ${faults.join('\n')}`);
    },
  };
}

/** The buyer describes a purchase, and it is approved. @throws Error of the step that did not come to its end */
export async function prepared(
  people: People,
  { title, reference, procedure = 'open' }: { title: string; reference: string; procedure?: string },
  look: Look = async () => {},
): Promise<Prepared> {
  const { say, language, to, url } = people;
  const { bram, sven, lena } = people.pages;
  await to(bram, '/purchases/new');
  await type(bram, say('wizard', 'ask-title'), title);
  await type(bram, say('wizard', 'ask-reference'), reference);
  await bram.getByLabel(say('wizard', 'ask-language')).selectOption(language);
  await bram.getByLabel(say('wizard', 'ask-sector')).selectOption('municipality');
  if (procedure !== 'open') await choose(bram, say('wizard', 'ask-procedure'), procedure);
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
    await page.goto(`${url}${purchase}${path}`);
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
  return { ...people, purchase, at };
}

/** Makes the keys, sets the dates by their labels, and publishes. */
export async function publishes(
  { pages: { bram }, say, at }: Prepared,
  dates: readonly (readonly [label: string, time: string])[],
  look: Look = async () => {},
): Promise<void> {
  await at(bram, '/publish?part=notice');
  await press(bram, say('publish', 'keys-make'));
  await bram.getByText(say('publish', 'keys-made')).waitFor();
  for (const [label, time] of dates) await type(bram, say('publish', label), time);
  await look('publish', bram);
  await press(bram, say('publish', 'publish'));
  await confirm(bram, say('publish', 'publish'));
  await bram.getByText(say('publish', 'published'), { exact: true }).first().waitFor();
}

/** Adds suppliers and invites them; gives the link of each. */
export async function invites(
  { pages: { bram }, say, at, to }: Prepared,
  suppliers: readonly string[],
  look: Look = async () => {},
): Promise<string[]> {
  await to(bram, '/suppliers');
  for (const name of suppliers) {
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
  for (const name of suppliers) {
    const before = await bram.locator('.link-once').allInnerTexts();
    await bram.getByLabel(say('publish', 'supplier'), { exact: true }).selectOption({ label: name });
    await press(bram, say('publish', 'invite'));
    links.push(await other(bram, '.link-once', before));
  }
  await look('invitations', bram);
  return links;
}

/** Somebody says that they have no conflict of interest. */
export async function declares(page: Page, say: Say): Promise<void> {
  await choose(page, say('evaluate', 'declare-question'), 'free');
  await press(page, say('evaluate', 'declare-send'));
  await page.getByRole('button', { name: say('evaluate', 'declare-send') }).waitFor({ state: 'detached' });
}
