import { launchBrowser } from '@proviso/study/testing/browser';
import { axeViolations } from '@proviso/study/testing/browser-checks';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { TENANT, type Workbench, workbench } from '../evaluate/testing/workbench.ts';
import { type Built, ORIGIN, serve } from '../offer/testing/built-pages.ts';
import { type FakeOffers, fakeOffers, TOKEN } from '../offer/testing/fake-offers.ts';
import { shippedPages } from '../testing/workbench.ts';

let browser: Browser;
let built: Built;
const faults: string[] = [];

beforeAll(async () => {
  [browser, built] = await Promise.all([launchBrowser(), shippedPages()]);
}, 240_000);
afterAll(() => browser?.close());
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  expect(faults.splice(0)).toEqual([]);
});

async function blank(): Promise<Page> {
  const context = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'Europe/Amsterdam',
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' && !/Failed to load resource|EventSource/.test(text)) faults.push(text);
  });
  return page;
}

async function open(bench: Workbench, path: string): Promise<Page> {
  const page = await blank();
  await serve(page, built, bench.answers);
  await page.goto(`${ORIGIN}/t/${TENANT}/purchases/${bench.purchase.id}/${path}`);
  await page.locator('h1').first().waitFor();
  return page;
}

async function supplier(fake: FakeOffers): Promise<Page> {
  const page = await blank();
  page.on('dialog', (dialog) => void dialog.accept());
  await serve(page, built, ({ method, path, headers, body }) =>
    fake.answer(method, path.split('?')[0] ?? '', headers, body),
  );
  await page.goto(`${ORIGIN}/offer#${TOKEN}`);
  await page.locator('html[data-ready]').waitFor();
  return page;
}

/** In both themes and on a narrow screen. */
async function expectAccessible(page: Page): Promise<void> {
  expect(await axeViolations(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await axeViolations(page)).toEqual([]);
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
  expect(await page.locator('img[src="x"]').count()).toBe(0);
}

describe('beside the answers', () => {
  it('stands what was claimed and what is proved, in words, with how it was seen', async () => {
    const page = await open(await workbench('opened'), 'evaluate?requirement=AA-01');
    const card = page.locator('.offer-card', { hasText: 'Acme' });
    await card.getByText('claimed yes · proved no').waitFor();
    await page.locator('.comparison').getByText('claimed yes · proved no').waitFor();
    await card.getByText('How this was seen').click();
    await card.getByText('There is no Strict-Transport-Security field').waitFor();
    await card.getByText('To do: Send the header').waitFor();
    await card.getByText('Seen from Ede.').waitFor();
    expect(await card.getByRole('link', { name: 'Download the signed proof' }).getAttribute('href')).toContain(
      '/proof/runs/r-3/bundle',
    );
    await expectAccessible(page);
  });
});

describe('the page of proof', () => {
  it('is accessible, and shows the history also without its picture', async () => {
    const page = await open(await workbench('opened'), 'proof');
    await page.getByRole('heading', { name: 'Names and looks over time' }).first().waitFor();
    await page.getByRole('img', { name: /www.acme.test: 3 looks/ }).waitFor();
    await page.getByText('ends soon').waitFor();
    await page.getByText('The supplier has given no consent').waitFor();
    for (const fold of await page.locator('details.fold > summary').all()) await fold.click();
    await expectAccessible(page);
  });

  it('has names looked at, a failing check accepted, and kept proof judged again', async () => {
    const bench = await workbench('opened');
    const page = await open(bench, 'proof');
    await page.getByRole('button', { name: /Look now/ }).click();
    await expect.poll(() => bench.given.at(-1)).toEqual({ path: '/proof/rounds', body: { supplier: 's-offer-1' } });
    await page.getByText('newer rules').waitFor();
    await page.getByRole('button', { name: /Judge again/ }).click();
    await page.getByRole('region', { name: /judged again by internet-nl/ }).waitFor();
    await page.locator('summary', { hasText: 'AA-01' }).first().click();
    await page.getByRole('button', { name: /Accept for a while/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Last day').fill('2026-12-31');
    await dialog.getByLabel('Reason').fill('The old site moves.');
    expect(await axeViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Accept', exact: true }).click();
    await expect
      .poll(() => bench.given.at(-1))
      .toEqual({
        path: '/proof/waivers',
        body: {
          supplier: 's-offer-1',
          name: 'www.acme.test',
          check: 'web.hsts',
          until: '2026-12-31',
          reason: 'The old site moves.',
        },
      });
  });
});

describe('a supplier', () => {
  const asked = () => ({
    checks: [{ id: 'web.hsts', title: 'HSTS', shows: 'Browsers are told to use HTTPS only.' }],
    text: {
      edition: 1,
      language: 'en',
      text: 'I may decide about these names.\nI can withdraw it.',
      sha256: 'a'.repeat(64),
    },
    rates: [6, 30, 60],
    consent: null,
    looked: [],
  });

  it('sees no such part where nothing can be looked at', async () => {
    const page = await supplier(await fakeOffers());
    await page.getByRole('heading', { name: 'Citizens’ portal' }).first().waitFor();
    expect(await page.locator('#probing').count()).toBe(0);
  });

  it('names its service, agrees to the words, changes its mind', async () => {
    const fake = await fakeOffers();
    fake.probing = asked();
    const page = await supplier(fake);
    const part = page.locator('#probing');
    await part.getByText('No consent: nothing is looked at.').waitFor();
    const fault = part.getByRole('alert');
    const send = part.getByRole('button', { name: 'Give consent' });
    await send.click();
    await fault.getByText('Name at least one').waitFor();
    await part.getByLabel('Web sites').fill('https://WWW.Bücher.example/path\nnot a name');
    await send.click();
    await fault.getByText('“not a name” is no name').waitFor();
    await part.getByLabel('Web sites').fill('https://WWW.Bücher.example/path');
    await part.getByLabel('Mail domains').fill('post@acme.example');
    await part.getByLabel('Other services').fill('imap.acme.example:143/imap\nldap.acme.example:636');
    await part.getByLabel('Greatest rate').selectOption('6');
    await part.getByLabel('Name of the person who agrees').fill('Ada L.');
    await part.getByLabel('Position of this person').fill('Head of operations');
    await send.click();
    await fault.getByText('Tick that you agree').waitFor();
    await part.getByLabel(/I have read this/).check();
    await expectAccessible(page);
    await send.click();
    await part.getByText('✓ Consent given by Ada L.').waitFor();
    expect(fake.probing?.consent).toMatchObject({
      targets: {
        hosts: ['www.xn--bcher-kva.example'],
        mail: ['acme.example'],
        services: [
          { host: 'imap.acme.example', port: 143, service: 'imap' },
          { host: 'ldap.acme.example', port: 636, service: 'tls' },
        ],
        selectors: [],
      },
      perMinute: 6,
    });
    await part.getByRole('button', { name: 'Withdraw the consent' }).click();
    await part.getByText('Consent withdrawn on').waitFor();
    expect(await part.getByRole('button', { name: 'Withdraw the consent' }).isVisible()).toBe(false);
  });
});
