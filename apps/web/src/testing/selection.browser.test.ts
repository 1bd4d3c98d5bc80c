import { axeViolations } from '@proviso/study/testing/browser-checks';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { answerAll, confirm, press, type } from './hands.ts';
import { declares, gathered, invites, prepared, publishes } from './prepared.ts';
import { settled } from './settled.ts';
import { tryStage } from './try-stage.ts';
import { contrastFaults } from './workbench.ts';

const trial = tryStage();

const SUPPLIERS = ['Alpha Networks', 'Beta Cloud', 'Gamma Portals'];
const PROOF = { name: 'certificate.pdf', mimeType: 'application/pdf', buffer: Buffer.from('a certificate') };

/** Nothing wrong in either theme, and all of it in 320 pixels. */
async function fine(page: Page, where: string): Promise<void> {
  // What React Aria reads out names a thing of the page, and is forgotten some seconds later; the thing may be gone before.
  await page.waitForFunction(() => document.querySelector('[data-live-announcer] [role=img]') === null);
  expect(await axeViolations(page), where).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await contrastFaults(page), `${where}, dark`).toEqual([]);
  await page.setViewportSize({ width: 320, height: 640 });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow, `${where}, 320 pixels`).toBeLessThanOrEqual(0);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 900 });
}

it('takes a restricted purchase from its publication to the offers of the candidates that were chosen', async () => {
  const about = { title: 'Citizens’ portal', reference: 'VV-2027-2', procedure: 'restricted' };
  const made = await prepared(await gathered(trial.browser, trial.stage, 'en'), about, async (name, page) => {
    if (name === 'wizard-about') await page.getByText('requests to take part (30 days or more)').first().waitFor();
    if (name === 'wizard-about') await fine(page, name);
  });
  const { say, at, to, newPage, setClock } = made;
  const { bram, olga, odin } = made.pages;
  await publishes(made, [
    ['questionsUntil-label', '2027-01-25T12:00'],
    ['closing-selection-label', '2027-02-08T12:00'],
    ['opening-selection-label', '2027-02-08T14:00'],
  ]);
  const links = await invites(made, SUPPLIERS);
  await at(bram, '/candidates');
  await bram.getByText(say('candidates', 'open')).waitFor();
  await fine(bram, 'candidates, open');
  await at(bram, '/overview');
  await bram.getByText(say('purchase', 'path-candidates-next')).waitFor();

  // Suppliers ask to take part.
  const open = async (page: Page, link: string): Promise<void> => {
    await page.goto(link);
    await page.locator('html[data-ready]').waitFor();
  };
  const asks = async (page: Page, ability: string): Promise<void> => {
    await page.locator('#request-contact').fill('Ada Lovelace');
    await page.locator('#request-email').fill('ada@supplier.example');
    for (const ground of ['convictions', 'taxes', 'conduct']) await page.locator(`#request-${ground}-no`).check();
    await page.locator('#request-ability').fill(ability);
    await page.locator('#request-sign-name').fill('Ada Lovelace');
    await page.locator('#request-sign-role').fill('Director');
    await page.locator('#request-tick').check();
    await press(page, say('offer', 'request-send'));
  };
  const suppliers: Page[] = [];
  for (const link of links) {
    const page = await newPage();
    suppliers.push(page);
    await open(page, link);
  }
  const [alpha, beta, gamma] = suppliers as [Page, Page, Page];
  await press(alpha, say('offer', 'request-send'));
  await alpha.getByText(say('offer', 'request-tick-fault')).waitFor();
  await fine(alpha, 'request, incomplete');
  await alpha.locator('#proof').setInputFiles(PROOF);
  await alpha.locator('.attached', { hasText: `✓ ${say('offer', 'request-file-is-sent')}` }).waitFor();
  await asks(alpha, 'We built three portals.');
  await alpha.getByRole('heading', { name: say('offer', 'request-received') }).waitFor();
  await alpha.getByText(say('offer', 'receipt-checked')).waitFor();
  await alpha.getByText(say('offer', 'request-counts')).waitFor();
  await fine(alpha, 'request, received');
  await asks(beta, 'We are new.');
  await beta.getByText(say('offer', 'request-counts')).waitFor();
  // Comes back, finds what was sent, and replaces it.
  await beta.reload();
  await beta.locator('html[data-ready]').waitFor();
  expect(await beta.locator('#request-ability').inputValue()).toBe('We are new.');
  await beta.getByText(say('offer', 'request-replaces')).waitFor();
  await asks(beta, 'We are new, and eager.');
  await beta.getByText(say('offer', 'request-replaced')).waitFor();

  // The time has ended: one comes late, and the buyer decides.
  await setClock('2027-02-08T13:00:00Z');
  await gamma.reload();
  await gamma.locator('html[data-ready]').waitFor();
  await gamma.getByText(say('offer', 'over-request')).first().waitFor();
  await asks(gamma, 'We were busy.');
  await gamma.getByRole('heading', { name: say('offer', 'request-received-late') }).waitFor();
  await fine(gamma, 'request, late');
  await to(bram, '/home');
  await bram.getByRole('link', { name: say('home', 'what-decide-candidates') }).click();
  await bram.getByRole('heading', { name: say('candidates', 'came') }).waitFor();
  await settled(bram);
  await bram
    .getByText(SUPPLIERS[1] ?? '')
    .first()
    .waitFor();
  expect(await bram.getByText('We built three portals.').count()).toBe(0);
  await fine(bram, 'candidates, undeclared');
  await declares(bram, say);
  await bram.getByText('We built three portals.').waitFor();
  const [file] = await Promise.all([
    bram.waitForEvent('download'),
    bram.getByRole('link', { name: PROOF.name }).click(),
  ]);
  expect(file.suggestedFilename()).toBe(PROOF.name);
  await press(bram, say('candidates', 'decide'));
  await bram.getByText(say('candidates', 'incomplete')).waitFor();
  await fine(bram, 'candidates, incomplete');
  const decides = async (name: string, verdict: string, reason: string): Promise<void> => {
    const group = bram.getByRole('radiogroup', { name: say('candidates', 'verdict', { name }) });
    await group.locator(`input[value="${verdict}"]`).focus();
    await bram.keyboard.press('Space');
    await bram.getByLabel(say('candidates', 'reason-for', { name })).fill(reason);
  };
  await decides('Alpha Networks', 'invited', 'Three portals of this size.');
  await decides('Beta Cloud', 'unsuitable', 'No reference at all.');
  // Too early: the server says the earliest that would do.
  await type(bram, say('publish', 'questionsUntil-label'), '2027-02-15T12:00');
  await type(bram, say('publish', 'closing-label'), '2027-02-22T12:00');
  await type(bram, say('publish', 'opening-label'), '2027-02-22T14:00');
  await press(bram, say('candidates', 'decide'));
  await confirm(bram, say('candidates', 'decide'));
  await bram.getByText('The earliest closing is 2027-03-05').waitFor();
  await type(bram, say('publish', 'questionsUntil-label'), '2027-03-01T12:00');
  await type(bram, say('publish', 'closing-label'), '2027-03-15T12:00');
  await type(bram, say('publish', 'opening-label'), '2027-03-15T14:00');
  await press(bram, say('candidates', 'decide'));
  await confirm(bram, say('candidates', 'decide'));
  await bram.getByText(say('candidates', 'decided-text', { names: 'Alpha Networks' })).waitFor();
  await fine(bram, 'candidates, decided');
  await at(odin, '/overview');
  await odin.getByText(say('purchase', 'path-open-next')).waitFor();

  // The chosen makes an offer; the others are told why they cannot.
  await beta.reload();
  await beta.locator('html[data-ready]').waitFor();
  await beta.getByText(say('offer', 'outcome-not-chosen')).waitFor();
  await beta.getByText('No reference at all.').waitFor();
  await fine(beta, 'outcome');
  await gamma.reload();
  await gamma.locator('html[data-ready]').waitFor();
  await gamma.getByText(say('offer', 'outcome-no-request')).waitFor();
  await alpha.reload();
  await alpha.locator('html[data-ready]').waitFor();
  await alpha.getByText(say('offer', 'candidate-invited')).waitFor();
  await answerAll(alpha, 0);
  await alpha.locator('#price').fill('298000');
  await alpha.locator('#sign-name').fill('Ada Lovelace');
  await alpha.locator('#sign-role').fill('Director');
  await alpha.locator('#sign-tick').check();
  await alpha.getByRole('button', { name: say('offer', 'send-now') }).click();
  await alpha.getByRole('heading', { name: say('offer', 'sent'), exact: true }).waitFor();
  await to(olga, '/admin/outbox');
  for (const subject of ['You are invited to make an offer', 'Your request to take part'])
    await olga.getByText(`${subject}: Citizens’ portal`).first().waitFor();

  // Then all goes on as in any other purchase.
  await setClock('2027-03-15T13:30:00Z');
  do await at(odin, '/opening');
  while ((await odin.getByRole('radiogroup', { name: say('evaluate', 'declare-question') }).count()) === 0);
  await odin.getByText('Alpha Networks').first().waitFor();
  await made.close();
}, 600_000);
