import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Language } from '../i18n/language.ts';
import { answerAll, choose, confirm, other, press, scoreAll, speaker, tick, tickNamed, type } from './hands.ts';
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
/** What the organisation asks of every supplier. */
const OWN = {
  title: 'Les journaux restent dans le pays',
  sentence: 'Le fournisseur conserve tous les journaux de sécurité dans le pays.',
  why: 'Notre autorité de contrôle les y lit.',
  question: 'Où sont conservés les journaux de sécurité ?',
  evidence: 'Liste des lieux de conservation',
  clause: 'Le fournisseur conserve tous les journaux de sécurité dans le pays de l’acheteur.',
};
const OWN_REASON: Record<Language, string> = {
  en: 'Your organisation asks for this in every purchase.',
  fr: 'Votre organisation le demande dans chaque achat.',
  nl: 'Uw organisatie vraagt dit in elke inkoop.',
  de: 'Ihre Organisation verlangt dies in jeder Beschaffung.',
};
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

  const { bram, sven, lena, eva, emil, odin, opal } = pages;

  // The security officer writes what the organisation asks beside the catalogue.
  await to(sven, '/catalogue?part=own');
  await look('own-none', sven);
  await press(sven, say('catalogue', 'own-new'));
  await tick(sven, 'RSK-02');
  await choose(sven, say('catalogue', 'write-answer'), 'text');
  await type(sven, say('catalogue', 'write-title'), OWN.title);
  await type(sven, say('catalogue', 'write-sentence'), OWN.sentence);
  await type(sven, say('catalogue', 'write-why'), OWN.why);
  await type(sven, say('catalogue', 'write-question'), OWN.question);
  const shows = say('catalogue', 'write-evidence', { type: say('catalogue', 'evidence-document') });
  await type(sven, shows, OWN.evidence);
  await type(sven, say('catalogue', 'write-clause'), OWN.clause);
  await sven.locator('aside').getByText(OWN.sentence).first().waitFor();
  await look('own-written', sven);
  await press(sven, say('shell', 'save'));
  await sven.getByText(say('catalogue', 'own-saved', { id: 'OWN-01' })).waitFor();
  // It is found as any other, and stands beside the risk that it answers.
  await to(sven, `/catalogue?q=${encodeURIComponent(OWN.title)}`);
  await sven.getByRole('link', { name: `OWN-01 ${OWN.title}` }).waitFor();
  await to(sven, '/catalogue/RSK-02');
  await sven
    .getByRole('link', { name: `OWN-01 ${OWN.title}` })
    .first()
    .waitFor();
  await to(sven, '/catalogue/OWN-01?part=graph');
  await sven.locator('svg .graph-chosen').getByText('OWN-01').waitFor();

  // The buyer describes the purchase.
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
  await at(bram, '/demand/OWN-01');
  await bram.getByText(OWN.sentence).first().waitFor();
  await bram.getByText(OWN_REASON[language]).first().waitFor();
  await at(bram, '/thread/OWN-01');
  await bram.getByText(say('thread', 'kind-own'), { exact: true }).waitFor();
  await bram.getByText(OWN.question).first().waitFor();
  await at(bram, '/demand');
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
  await alpha.getByText(OWN.question).first().waitFor({ state: 'attached' });
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
    await done.waitFor({ state: 'detached' });
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
    await scoreAll(page, `${stage.url}/api${purchase}`, n, say);
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
