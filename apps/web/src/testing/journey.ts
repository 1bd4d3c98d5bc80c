import type { Browser, Page } from 'playwright-core';
import type { Language } from '../i18n/language.ts';
import { answerAll, choose, confirm, press, scoreAll, tick, type } from './hands.ts';
import {
  declares,
  gathered,
  invites,
  type Look,
  PASSPHRASE,
  type People,
  prepared,
  publishes,
  type Stage,
} from './prepared.ts';

const CLOSING = '2027-03-01T12:00';
const AFTER_OPENING = '2027-03-01T14:00:00Z';
const AFTER_STANDSTILL = '2027-03-15T09:00:00Z';
const CONTRACT = { from: '2027-04-01', to: '2028-03-31' };
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
 * A purchase from nothing to the first obligation of its contract that is shown to be kept, as people do it in their browsers: nine people,
 * three suppliers, two openers. Every step waits for what the page says of it, in the language of the reader.
 * @throws Error of the step that did not come to its end; or that names errors which pages had on the way.
 */
export async function journey(
  browser: Browser,
  stage: Stage,
  language: Language,
  look: Look = async () => {},
): Promise<{ winner: string; letters: string[]; owed: number }> {
  const about = { title: 'Portail citoyen', reference: 'VV-2027-1' };
  const people = await gathered(browser, stage, language, look);
  await writesOwn(people, look);
  const made = await prepared(people, about, look);
  const { say, newPage, setClock, to, at, purchase } = made;
  const { olga, bram, eva, emil, odin, opal } = made.pages;
  // What the organisation asks stands among the requirements, with its reason, and on the thread.
  await at(bram, '/demand/OWN-01');
  await bram.getByText(OWN.sentence).first().waitFor();
  await bram.getByText(OWN_REASON[language]).first().waitFor();
  await at(bram, '/thread/OWN-01');
  await bram.getByText(say('thread', 'kind-own'), { exact: true }).waitFor();
  await bram.getByText(OWN.question).first().waitFor();
  const dates = [
    ['questionsUntil-label', '2027-02-15T12:00'],
    ['closing-label', CLOSING],
    ['opening-label', '2027-03-01T14:00'],
  ] as const;
  await publishes(made, dates, look);
  const links = await invites(made, SUPPLIERS, look);

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
    await declares(page, say);
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
    await declares(page, say);
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
  await declares(bram, say);
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
  await declares(olga, say);
  await at(olga, '/award?tab=decision');
  await type(olga, say('award', 'reason'), 'Elle a le plus de points.');
  await look('award-decision', olga);
  await press(olga, say('award', 'decide-send'));
  await confirm(olga, say('award', 'decide-send'));
  await press(olga, say('award', 'notify'));
  await olga.getByText(say('award', 'standstill'), { exact: true }).first().waitFor();
  await at(bram, '/award?tab=letters');
  await look('award-letters', bram);
  const letters = await bram.locator('.letter').allInnerTexts();
  await at(bram, '/award');
  const winner = (await bram.locator('tbody tr').first().innerText()).trim();
  await at(bram, '/thread');
  await look('thread', bram);

  // After the standstill the contract is signed; its first obligation is shown to be kept.
  await setClock(AFTER_STANDSTILL);
  await at(olga, '/award?tab=decision');
  await type(olga, say('award', 'from'), CONTRACT.from);
  await type(olga, say('award', 'to'), CONTRACT.to);
  await olga.getByLabel(say('award', 'owner'), { exact: true }).selectOption({ label: 'Bram Dubois' });
  const file = (name: string) => ({ name, mimeType: 'application/pdf', buffer: Buffer.from(name) });
  await olga.getByLabel(say('award', 'contract-file'), { exact: true }).setInputFiles(file('contrat.pdf'));
  await press(olga, say('award', 'sign-send'));
  await olga.getByText(say('award', 'obligations'), { exact: true }).waitFor();
  await at(bram, '/contract');
  await look('contract', bram);
  const owed = await bram.locator('tbody tr').count();
  await bram.locator('tbody a').first().click();
  await choose(bram, say('contract', 'update-what'), 'met');
  await bram.getByLabel(say('contract', 'paper'), { exact: true }).setInputFiles(file('rapport.pdf'));
  await bram.getByText('✓ rapport.pdf').waitFor();
  await look('obligation', bram);
  await press(bram, say('contract', 'update-send'));
  await bram.getByText(say('contract', 'updated')).waitFor();
  await bram.getByRole('link', { name: 'rapport.pdf' }).waitFor();
  await to(bram, '/home');
  await look('home', bram);
  await made.close();
  return { winner, letters, owed };
}

/** The security officer writes what the organisation asks beside the catalogue, and finds it there like all the rest. */
async function writesOwn({ pages: { sven }, say, to }: People, look: Look): Promise<void> {
  await to(sven, '/catalogue?part=own');
  await look('own-none', sven);
  await press(sven, say('catalogue', 'own-new'));
  await tick(sven, 'RSK-02');
  await choose(sven, say('catalogue', 'write-answer'), 'text');
  await type(sven, say('catalogue', 'write-title'), OWN.title);
  await type(sven, say('catalogue', 'write-sentence'), OWN.sentence);
  await type(sven, say('catalogue', 'write-why'), OWN.why);
  await type(sven, say('catalogue', 'write-question'), OWN.question);
  await type(sven, say('catalogue', 'write-evidence', { type: say('catalogue', 'evidence-document') }), OWN.evidence);
  await type(sven, say('catalogue', 'write-clause'), OWN.clause);
  await sven.locator('aside').getByText(OWN.sentence).first().waitFor();
  await look('own-written', sven);
  await press(sven, say('shell', 'save'));
  await sven.getByText(say('catalogue', 'own-saved', { id: 'OWN-01' })).waitFor();
  const entry = sven.getByRole('link', { name: `OWN-01 ${OWN.title}` }).first();
  await to(sven, `/catalogue?q=${encodeURIComponent(OWN.title)}`);
  await entry.waitFor();
  await to(sven, '/catalogue/RSK-02');
  await entry.waitFor();
  await to(sven, '/catalogue/OWN-01?part=graph');
  await sven.locator('svg .graph-chosen').getByText('OWN-01').waitFor();
}
