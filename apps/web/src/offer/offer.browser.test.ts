import { combineShares, openOffer, openPassedShare, openShare, passShare, sha256Hex } from '@proviso/sealing';
import { launchBrowser } from '@proviso/study/testing/browser';
import { axeViolations } from '@proviso/study/testing/browser-checks';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Built, builtPages, ORIGIN, serve } from './testing/built-pages.ts';
import { type FakeOffers, fakeOffers, TOKEN } from './testing/fake-offers.ts';
import { smallForm } from './testing/small-form.ts';

let browser: Browser;
let built: Built;
const faults: string[] = [];

beforeAll(async () => {
  [browser, built] = await Promise.all([launchBrowser(), builtPages('offer')]);
}, 120_000);
afterAll(() => browser?.close());
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  expect(faults.splice(0)).toEqual([]);
});

async function tab(page: Page, fake: FakeOffers, fragment: string): Promise<Page> {
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    // Refusals that a test asks for are told by the browser too.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      faults.push(message.text());
  });
  await serve(page, built, ({ method, path, headers, body }) =>
    fake.down === 0 ? null : fake.answer(method, path.split('?')[0] ?? '', headers, body),
  );
  await page.goto(`${ORIGIN}/offer#${fragment}`);
  await page.locator('html[data-ready]').waitFor();
  return page;
}

async function open(fake: FakeOffers, options: BrowserContextOptions = {}, fragment = TOKEN): Promise<Page> {
  const context = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'Europe/Amsterdam',
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
    ...options,
  });
  return tab(await context.newPage(), fake, fragment);
}

const card = (page: Page, id: string) => page.getByRole('article', { name: id });
const kept = (page: Page) => page.locator('.kept:not(.is-busy)', { hasText: 'Your draft is kept, sealed.' }).waitFor();
const fragmentOf = (page: Page) => new URL(page.url()).hash.slice(1);

async function answerAll(page: Page): Promise<void> {
  await card(page, 'AA-01').getByLabel('Yes', { exact: true }).check();
  await card(page, 'AA-02').getByLabel('In how many days?').fill('7');
  await card(page, 'BB-01').getByLabel('How do you do it?').fill('By hand — with KNOWN-ANSWER.');
  await page.getByLabel('Price in euro').fill('12.500,50');
  await page.getByLabel('Your name').fill('Ada L.');
  await page.getByLabel('Your role').fill('Head of sales');
  await page.getByLabel('I declare').check();
}

describe('a supplier’s page', () => {
  it('seals an offer that two openers open, and shows a checked receipt', async () => {
    const fake = await fakeOffers();
    const page = await open(fake);
    await page.getByText('Acme <b>Portals</b>').first().waitFor();
    await page.getByText('May we use <i>subcontractors</i>?').waitFor();
    await page.getByLabel('Attach files').setInputFiles({
      name: 'proof.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('a proof'),
    });
    await page.getByText('✓ sealed and sent').waitFor();
    await answerAll(page);
    await page.getByText('Counted as: €12,500.50').waitFor();
    await page.getByRole('button', { name: 'Seal and send the offer' }).click();
    await page.getByText('The signature of the receipt was checked').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save the receipt' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('receipt-t-1.json');
    await page.getByText('Counts at present').waitFor();

    const [offer] = fake.submitted;
    expect(offer).toMatchObject({ lot: 'all', demand: fake.view.demand });
    const binding = {
      purchase: fake.view.purchase.id,
      lot: 'all',
      invitation: fake.view.invitation,
      demand: fake.view.demand,
    };
    const parts = [];
    for (const part of ['quality', 'price'] as const) {
      const identity = await identityOf(fake, part);
      const bytes = Buffer.from(offer?.parts.find((one) => one.part === part)?.bytes ?? '', 'base64url');
      parts.push(await openOffer(bytes, identity, { ...binding, part, sha256: sha256Hex(bytes), submission: null }));
    }
    const [quality, price] = parts;
    expect(quality?.answers).toMatchObject({
      supplier: 'Acme <b>Portals</b>',
      values: { 'AA-01': true, 'AA-02': 7, 'BB-01': 'By hand — with KNOWN-ANSWER.' },
      declaration: { name: 'Ada L.', role: 'Head of sales' },
    });
    expect(quality?.declaration).toMatchObject({ name: 'Ada L.', price: null });
    expect(quality?.files).toMatchObject([{ name: 'proof.pdf', size: 7 }]);
    expect(price?.answers).toEqual({ schema: 'proviso.price/1', amount: 1_250_050, currency: 'EUR' });
  });

  it('gives the server nothing to read: neither the link’s secret nor an answer', async () => {
    const fake = await fakeOffers();
    const page = await open(fake);
    await answerAll(page);
    await kept(page);
    const secret = fragmentOf(page).split('.')[1] ?? '';
    expect(secret).toMatch(/^[a-z0-9]{58}$/);
    const everything = [...fake.seen, Buffer.from(fake.draft).toString('latin1')].join('\n');
    expect(everything).not.toContain(secret);
    expect(everything).not.toContain('KNOWN-ANSWER');
    const browserHas = await page.evaluate(`(async () => {
      const names = await indexedDB.databases();
      const db = await new Promise((resolve) => { const r = indexedDB.open(names[0].name); r.onsuccess = () => resolve(r.result); });
      const all = await new Promise((resolve) => { const r = db.transaction('drafts').objectStore('drafts').getAll(); r.onsuccess = () => resolve(r.result); });
      return JSON.stringify(localStorage) + all.map((one) => String.fromCharCode(...one.bytes)).join('');
    })()`);
    expect(browserHas).not.toContain('KNOWN-ANSWER');
    expect(browserHas).not.toContain(secret);
  });

  it('opens the draft again with its own link, in another browser too, and with no other', async () => {
    const fake = await fakeOffers();
    const first = await open(fake);
    await card(first, 'AA-02').getByLabel('In how many days?').fill('9');
    await kept(first);
    const own = fragmentOf(first);
    const second = await open(fake, {}, own);
    expect(await card(second, 'AA-02').getByLabel('In how many days?').inputValue()).toBe('9');
    const letter = await open(fake);
    await letter.getByRole('heading', { name: 'Open your own link, not the one from the letter' }).waitFor();
    await letter.getByLabel('Your whole link').fill(`${ORIGIN}/offer#${own}`);
    await letter.getByRole('button', { name: 'Open', exact: true }).click();
    await card(letter, 'AA-02').getByLabel('In how many days?').waitFor();
    expect(await card(letter, 'AA-02').getByLabel('In how many days?').inputValue()).toBe('9');
  });

  it('puts two tabs together, and asks where both wrote the same place', async () => {
    const fake = await fakeOffers();
    const one = await open(fake);
    const other = await tab(await one.context().newPage(), fake, fragmentOf(one));
    await card(one, 'AA-02').getByLabel('In how many days?').fill('5');
    await kept(one);
    await card(other, 'AA-02').getByLabel('In how many days?').fill('6');
    await card(other, 'BB-01').getByLabel('How do you do it?').fill('With care.');
    await other.getByRole('heading', { name: 'This offer was changed in two places' }).waitFor();
    expect(await axeViolations(other)).toEqual([]);
    await other.getByRole('button', { name: 'Take what was written elsewhere' }).click();
    expect(await card(other, 'AA-02').getByLabel('In how many days?').inputValue()).toBe('5');
    expect(await card(other, 'BB-01').getByLabel('How do you do it?').inputValue()).toBe('With care.');
  });

  it('keeps what is written while the server is away', async () => {
    const fake = await fakeOffers();
    const page = await open(fake);
    fake.down = 0;
    await card(page, 'AA-02').getByLabel('In how many days?').fill('8');
    await page.getByText('The server cannot be reached. Your draft is kept in this browser').waitFor();
    fake.down = null;
    await page.evaluate(`dispatchEvent(new Event('online'))`);
    await kept(page);
    expect(fake.view.draft).toBe(1);
  });

  it('takes answers over when the demand changes, and says which question asks something else', async () => {
    const fake = await fakeOffers();
    const page = await open(fake);
    await answerAll(page);
    await kept(page);
    const own = fragmentOf(page);
    fake.view.demand = 'e'.repeat(64);
    fake.view.form = smallForm(fake.view.demand, 'AA-02-2');
    await page.getByRole('button', { name: 'Seal and send the offer' }).click();
    await page.getByRole('heading', { name: 'The buyer has changed what is asked' }).waitFor();
    expect(fragmentOf(page)).toBe(own);
    expect(await card(page, 'BB-01').getByLabel('How do you do it?').inputValue()).toContain('KNOWN-ANSWER');
    expect(await card(page, 'AA-02').getByLabel('In how many days?').inputValue()).toBe('');
    await card(page, 'AA-02').getByText('which was: "7 days"').waitFor();
    expect(fake.submitted).toEqual([]);
  });

  it('does not send twice what may have arrived', async () => {
    const fake = await fakeOffers();
    const page = await open(fake);
    await answerAll(page);
    await kept(page);
    const answer = fake.answer;
    fake.answer = async (method, path, headers, body) => {
      const found = await answer(method, path, headers, body);
      return path === '/api/offer/submit' ? { status: 503 } : found;
    };
    await page.getByRole('button', { name: 'Seal and send the offer' }).click();
    await page.getByText('it is not known whether the offer arrived').waitFor();
    fake.answer = answer;
    await page.getByRole('button', { name: 'Seal and send the offer' }).click();
    await page.getByText('The signature of the receipt was checked').waitFor();
    expect(fake.submitted).toHaveLength(1);
  });

  it('warns when the time is over, and says that a late offer does not count', async () => {
    const fake = await fakeOffers();
    fake.view.purchase.closing = new Date(Date.now() - 60_000).toISOString();
    const page = await open(fake);
    await page.getByRole('alert').filter({ hasText: 'The time for offers has ended' }).waitFor();
    await answerAll(page);
    await page.getByRole('button', { name: 'Seal and send the offer' }).click();
    await page.getByRole('heading', { name: 'The offer was received too late' }).waitFor();
  });

  it('compares the key with the notice', async () => {
    const page = await open(await fakeOffers());
    const printed = await page.locator('.fingerprint').innerText();
    await page.getByLabel('Fingerprint from the notice').fill(printed.replaceAll(' ', '-').toUpperCase());
    await page.getByText('The fingerprints are the same.').waitFor();
    await page.getByLabel('Fingerprint from the notice').fill(`${printed.slice(0, -1)}x`);
    await page.getByText('This is another fingerprint. Send nothing').waitFor();
  });

  it('sends nothing while the fingerprint from the notice is another', async () => {
    const fake = await fakeOffers();
    const page = await open(fake);
    const printed = await page.locator('.fingerprint').innerText();
    const typed = page.getByLabel('Fingerprint from the notice');
    await typed.fill(`${printed.slice(0, -1)}x`);
    await answerAll(page);
    await page.getByRole('button', { name: 'Seal and send the offer' }).click();
    await page.getByRole('alert').filter({ hasText: 'This is another fingerprint. Send nothing' }).waitFor();
    expect(await typed.evaluate((field) => field === document.activeElement)).toBe(true);
    expect(fake.submitted).toEqual([]);
    await typed.fill(printed);
    await page.getByRole('button', { name: 'Seal and send the offer' }).click();
    await page.getByText('The signature of the receipt was checked').waitFor();
    await page.getByText('Answers (quality)').waitFor();
    expect(fake.submitted).toHaveLength(1);
  });

  it.each([
    ['', 'This page needs your own link', null],
    ['a-link-that-nobody-made-0123', 'This link is not known', null],
    [TOKEN, 'This link has ended', 410],
    [TOKEN, 'The server cannot be reached', 0],
    [`${TOKEN}.abc`, 'The end of your link is damaged', null],
  ])('says why there is no form: %s %s', async (fragment, heading, down) => {
    const fake = await fakeOffers();
    fake.down = down;
    const page = await open(fake, {}, fragment);
    await page.getByRole('heading', { name: heading }).waitFor();
    expect(await axeViolations(page)).toEqual([]);
  });
});

describe('before publication, the page', () => {
  const consulted = async (more: Partial<FakeOffers['view']['consultations'][number]> = {}) => {
    const fake = await fakeOffers({
      keys: null,
      consultations: [{ id: 'm', until: '2099-12-24T10:00:00Z', open: true, said: [], outcome: null, ...more }],
    });
    fake.view.purchase.closing = null;
    return fake;
  };

  it('shows the draft, takes remarks on single requirements and on all of it, and shows what was said', async () => {
    const fake = await consulted();
    const page = await open(fake);
    await page.getByText('The supplier shall do AA-01.').waitFor();
    expect(await page.getByRole('button', { name: 'Seal and send the offer' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Send the remarks' }).click();
    await page.getByRole('alert').filter({ hasText: /./ }).waitFor();
    await page.getByText('Remark on AA-02').click();
    await page.getByLabel('What do you think of AA-02?').fill('Seven days are <b>few</b>.');
    await page.getByLabel('What do you think of it?').fill('A good draft.');
    await page.getByRole('button', { name: 'Send the remarks' }).click();
    await page.getByRole('heading', { name: 'What you have said' }).waitFor();
    await page.getByText('Seven days are <b>few</b>.').waitFor();
    expect(fake.said).toEqual([
      {
        consultation: 'm',
        text: 'A good draft.',
        comments: [{ requirement: 'AA-02', text: 'Seven days are <b>few</b>.' }],
      },
    ]);
    expect(await page.getByLabel('What do you think of it?').inputValue()).toBe('');
  });

  it('tells what came of it, and takes nothing any more', async () => {
    const outcome = { at: '2026-12-25T10:00:00Z', summary: 'Twice a year is enough.', changed: ['AA-02'] };
    const page = await open(await consulted({ open: false, outcome }));
    await page.getByText('Twice a year is enough.').waitFor();
    await page.getByRole('listitem').filter({ hasText: 'AA-02 Title of AA-02' }).waitFor();
    expect(await page.getByRole('textbox').count()).toBe(0);
  });

  it.each([
    ['light', {}],
    ['dark', { colorScheme: 'dark' as const }],
    ['320 pixels wide', { viewport: { width: 320, height: 640 } }],
  ])('is accessible by axe: %s', async (_, options) => {
    const said = [{ at: '2026-12-01T10:00:00Z', text: 'Fine.', comments: [{ requirement: 'AA-01', text: 'Good.' }] }];
    const page = await open(await consulted({ said }), options);
    await page.getByText('Remark on AA-01').click();
    expect(await axeViolations(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });
});

describe('the page is accessible by axe', () => {
  it.each([
    ['light', {}],
    ['dark', { colorScheme: 'dark' as const }],
    ['320 pixels wide, as at 400 % zoom', { viewport: { width: 320, height: 640 } }],
  ])('%s', async (_, options) => {
    const fake = await fakeOffers({
      corrigenda: [
        {
          id: 'c',
          at: '2026-11-21T10:00:00Z',
          reason: 'A fault.',
          changed: [{ what: 'closing', from: 'a', to: 'b' }],
          closing: null,
        },
      ],
      deviations: [
        { offer: 'o', requirement: 'AA-01', proposal: 'Less', status: 'countered', counter: 'More', reason: '' },
      ],
      consultations: [
        {
          id: 'm',
          until: '2026-12-24T10:00:00Z',
          open: false,
          said: [],
          outcome: { at: '2026-12-25T10:00:00Z', summary: 'Twice a year.', changed: [] },
        },
      ],
      explanations: [{ offer: 'o', asked: '2026-11-21T10:00:00Z', replied: false }],
    });
    const page = await open(fake, options);
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Seal and send the offer' }).click();
    await page.locator('.missing .link').first().waitFor();
    expect(await axeViolations(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });

  it('and goes from the keyboard alone', async () => {
    const page = await open(await fakeOffers());
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('begin-title');
    const seen = new Set<string>();
    for (let step = 0; step < 90; step += 1) {
      await page.keyboard.press('Tab');
      seen.add(String(await page.evaluate('document.activeElement.id || document.activeElement.textContent')));
    }
    for (const id of ['supplier', 'attach', 'price', 'sign-tick', 'Seal and send the offer'])
      expect([...seen]).toContain(id);
  });
});

it('speaks the reader’s language, form and all', async () => {
  const page = await open(await fakeOffers(), { locale: 'nl-NL' });
  await page.getByRole('heading', { name: 'Bewaar uw link' }).waitFor();
  expect(await page.evaluate('document.documentElement.lang')).toBe('nl');
});

/** The secret of a part, put together by both openers. */
async function identityOf(fake: FakeOffers, part: 'quality' | 'price'): Promise<string> {
  const key = fake.keys.parts.find((one) => one.part === part);
  if (!key) throw new Error('no key');
  const holders = [];
  for (const { id, identity } of fake.openers) {
    const share = fake.shares.find((one) => one.part === part && one.holder === id);
    const expected = { purchase: fake.keys.purchase, part, holder: id, fingerprint: key.fingerprint };
    holders.push({ identity, share: await openShare(share?.encrypted ?? '', identity, expected) });
  }
  const [anna, bert] = holders;
  if (!anna || !bert) throw new Error('no holders');
  const [passed] = await passShare(anna.share, [{ id: 'bert', recipient: fake.openers[1]?.recipient ?? '' }]);
  const other = await openPassedShare(passed?.encrypted ?? '', bert.identity, bert.share);
  return combineShares(bert.share, other, key.recipient);
}
