import { createOpenerIdentity, type PurchaseKeys, purchaseFingerprint, readPurchaseKeys } from '@proviso/sealing';
import { launchBrowser } from '@proviso/study/testing/browser';
import { axeViolations } from '@proviso/study/testing/browser-checks';
import type { Page, Route } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { type FakeServer, fakeServer, refusal } from './fake-server.ts';
import { fixtures, HOSTILE, PURCHASE, TENANT } from './fixtures.ts';
import { settled } from './settled.ts';
import { goTo, tryWorkbench } from './workbench.ts';

const trial = tryWorkbench(launchBrowser);
const { requirement, risk } = fixtures({});
const t = `/t/${TENANT}`;
const p = `${t}/purchases/${PURCHASE}`;

describe('the wizard', () => {
  const press = async (page: Page, ...keys: string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };

  it('makes a purchase by keyboard alone', async () => {
    const server = fakeServer();
    const page = await trial.open(server, `${t}/purchases/new`);
    await settled(page);
    await page.getByLabel('What is the purchase called?').focus();
    await page.keyboard.type('Citizens’ portal');
    await press(page, 'Tab');
    await page.keyboard.type('TOWN-1');
    await page.getByLabel('In which sector are you?').focus();
    await page.keyboard.type('City');
    // Enter in a field goes on.
    await page.getByLabel('What is your own number for it?').press('Enter');
    await expectFocus(page, 'What you buy');
    for (const name of ['Service', 'Website or web application', 'Hosting', 'Web servers and applications']) {
      await page.getByRole('checkbox', { name, exact: true }).first().focus();
      await press(page, 'Space');
    }
    await page.getByText(/\d+ requirements/).waitFor();
    await page.getByRole('button', { name: 'Continue' }).press('Enter');
    await expectFocus(page, 'What depends on it');
    for (const group of [
      'What happens when it fails?',
      'From where can it be reached?',
      'Which personal data',
      'What is it worth',
    ])
      await pickLast(page, group);
    await page.getByRole('heading', { name: 'Your last answer' }).waitFor();
    await page.getByRole('button', { name: 'Continue' }).press('Enter');
    await expectFocus(page, 'How it works');
    for (const group of [
      'Where does it run?',
      'connect from outside',
      'made or set up',
      'another supplier',
      'artificial intelligence',
    ])
      await pickLast(page, group);
    await page.getByRole('button', { name: 'Continue' }).press('Enter');
    await expectFocus(page, 'Check');
    await page.getByRole('button', { name: 'Create the purchase' }).press('Enter');
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    const made = server.calls.find(({ method, path }) => method === 'POST' && path === `${t}/purchases`);
    expect(made?.body).toMatchObject({ title: 'Citizens’ portal', reference: 'TOWN-1', country: 'BE' });
    const put = server.calls.find(({ method }) => method === 'PUT');
    expect(put?.body).toMatchObject({ version: 7, context: { types: ['web-application'], sector: 'municipality' } });
  });

  it('says what is missing, and keeps the answers when the page is loaded again', async () => {
    const page = await trial.open(fakeServer(), `${t}/purchases/new`);
    await settled(page);
    await page.getByLabel('What is the purchase called?').fill('Portal');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('2 answers are missing').waitFor();
    await page.reload();
    await page.getByText('These are your answers from last time.').waitFor();
    expect(await page.getByLabel('What is the purchase called?').inputValue()).toBe('Portal');
  });

  it('asks what a framework may come to, and Description can still set it', async () => {
    const server = fakeServer();
    const page = await trial.open(server, `${t}/purchases/new`);
    await settled(page);
    const ceiling = page.getByLabel('What may all call-offs together come to');
    expect(await ceiling.count()).toBe(0);
    await page.getByRole('radio', { name: /^Framework/ }).check({ force: true });
    await ceiling.fill('much');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('Write an amount, as 250,000').waitFor();
    await goTo(page, `${p}/overview`);
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    await page.getByRole('button', { name: 'Change', exact: true }).last().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: /^Framework/ }).check({ force: true });
    await dialog.getByLabel('What may all call-offs together come to').fill('1 250 000,50');
    expect(await axeViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    const told = server.calls.find(({ path }) => path.endsWith('purchase.describe'));
    expect(told?.body).toMatchObject({ input: { procedure: 'framework', ceiling: 125_000_050 } });
  });

  async function expectFocus(page: Page, heading: string): Promise<void> {
    await page.waitForFunction((text) => document.activeElement?.textContent === text, heading);
  }

  async function pickLast(page: Page, group: string): Promise<void> {
    const radios = page.getByRole('radiogroup', { name: group }).getByRole('radio');
    await radios.first().focus();
    await press(page, 'ArrowUp');
    expect(await radios.last().isChecked()).toBe(true);
  }
});

describe('two people at once', () => {
  it('shows what the other changed, keeps what was typed, and applies it again when asked', async () => {
    const server = fakeServer();
    const page = await trial.open(server, `${p}/publish?part=plan`);
    await settled(page);
    await page.getByLabel('Weight in per cent').first().fill('70');
    await page.getByLabel('Weight in per cent').nth(1).fill('30');
    let conflicts = 1;
    server.set(`POST ${p}/commands/plan.set`, ({ body }) => {
      if (conflicts > 0) {
        conflicts -= 1;
        const { purchase } = server.view;
        server.view = { ...server.view, version: 8, purchase: { ...purchase, openers: [...purchase.openers, 'x'] } };
        throw refusal(409, 'version-conflict', 'changed', { current: 8 });
      }
      expect(body).toMatchObject({ version: 8, input: { criteria: [{ weight: 70 }, { weight: 30 }] } });
      return server.view;
    });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Somebody was quicker').waitFor();
    await page.getByText('The openers').waitFor();
    expect(await page.getByLabel('Weight in per cent').first().inputValue()).toBe('70');
    await page.getByRole('button', { name: 'Apply mine on top' }).click();
    await page.getByText('The award criteria are saved.').waitFor();
  });

  it('tells quietly of a change by another, and of none of one’s own', async () => {
    const server = fakeServer();
    const [, sven] = fixtures({}).people;
    const events = [
      { version: 9, by: fixtures({}).me.memberships[0]?.person },
      { version: 10, by: sven?.id },
    ];
    let sent = false;
    server.set(`GET ${p}/events`, () => {
      if (sent) return { raw: { status: 204 } };
      sent = true;
      const body = events.map((one) => `event: changed\ndata: ${JSON.stringify(one)}\n\n`).join('');
      const bytes = new TextEncoder().encode(`retry: 100000\n\n${body}`);
      return { raw: { status: 200, headers: { 'content-type': 'text/event-stream' }, bytes } };
    });
    const page = await trial.open(server, `${p}/overview`);
    await page.getByText('Sven <b>Security</b> has changed this purchase.').waitFor();
    expect(await page.locator('.toast').count()).toBe(1);
    await expect.poll(() => server.calls.filter((one) => one.path === p).length).toBe(2);
  });
});

describe('refusals', () => {
  it('stand beside what was asked, in the server’s words, as text', async () => {
    const server = fakeServer();
    server.set(`POST ${p}/commands/openers.name`, () => {
      throw refusal(422, 'two-openers', `Name two. ${HOSTILE}`);
    });
    const page = await trial.open(server, `${p}/publish?part=team`);
    await page.getByRole('button', { name: 'Save' }).first().click();
    expect(await page.getByRole('alert').textContent()).toContain(HOSTILE);
  });

  it('say that Proviso was renewed where a part of the page is gone', async () => {
    const page = await trial.open(fakeServer(), `${t}/suppliers`);
    await settled(page);
    const gone = (route: Route): Promise<void> => route.fulfill({ status: 404, body: '' });
    await page.route(/\/assets\/(page|thread)[^/]*\.js/, gone);
    await goTo(page, `${p}/thread`);
    await page.getByText('Proviso was renewed').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.unroute(/\/assets\/(page|thread)[^/]*\.js/, gone);
    await page.getByRole('button', { name: 'Load the page again' }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await settled(page);
    expect(await page.getByText('Proviso was renewed').count()).toBe(0);
    // The page that came lists each requirement once.
    expect(await page.getByText(requirement, { exact: false }).count()).toBe(1);
    for (const fault of trial.faults.splice(0)) expect(fault).toContain('Failed to fetch dynamically imported module');
  });

  it('lead to the sign-in and back when nobody is signed in', async () => {
    const server: FakeServer = fakeServer();
    let signedIn = false;
    server.set('GET /me', () => {
      if (!signedIn) throw refusal(401, 'sign-in');
      return fixtures({}).me;
    });
    server.set('POST /auth/sign-in/email', () => {
      signedIn = true;
      return {};
    });
    const page = await trial.open(server, `${p}/demand?part=what-if`);
    await page.getByLabel('E-mail address').fill('olga@example.org');
    await page.getByLabel('Password').fill('a long sentence');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: 'Try it out' }).waitFor();
    expect(page.url()).toContain('/demand?part=what-if');
  });
});

describe('the address', () => {
  it('follows what is typed, and loses no letter of it', async () => {
    const server = fakeServer();
    const page = await trial.open(server, `${t}/purchases`);
    await settled(page);
    const field = page.getByLabel('Search by title or number');
    await field.pressSequentially('town <b> 12', { delay: 0 });
    expect(await field.inputValue()).toBe('town <b> 12');
    await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe('town <b> 12');
    await expect.poll(() => server.calls.some(({ path }) => path.endsWith('?q=town+%3Cb%3E+12'))).toBe(true);
    await page.reload();
    await settled(page);
    expect(await field.inputValue()).toBe('town <b> 12');
  });
});

describe('the report of the library', () => {
  it('shows its figures, and is of the documents that are chosen', async () => {
    const server = fakeServer();
    const page = await trial.open(server, `${t}/library`);
    const part = page.locator('section', { has: page.getByRole('heading', { name: 'Report', exact: true }) });
    await part.getByText('5 documents, 3 of them read.').waitFor();
    const said = (await part.getByRole('listitem').allInnerTexts()).map((text) => text.replace(/\s+/g, ' '));
    expect(said).toEqual([
      'concern ICT 3 of 3',
      'speak of security 2 of 3',
      'name standards 2 of 3',
      'name outdated standards 1 of 3',
      'RFC 8446 2 of 3 · required or recommended in 1',
      `${HOSTILE} 1 of 3 · required or recommended in 0`,
    ]);
    await part.getByText('between 5 January 2026 and 2 November 2026').waitFor();
    await part.getByText('1 is still being read').waitFor();
    await part.getByText('1 could not be read').waitFor();
    const link = part.getByRole('link', { name: 'Download the report' });
    expect(await link.getAttribute('href')).toBe(`/api${t}/library/report.html?in=en`);
    await part.getByText('Choose documents').click();
    await part.getByLabel('Language of the documents').selectOption({ label: 'Dutch' });
    await part.getByLabel('Added from').fill('2026-01-31');
    await expect.poll(() => link.getAttribute('href')).toContain('language=nl&from=2026-01-31&in=en');
    await expect
      .poll(() => server.calls.some(({ path }) => path.endsWith('/figures?language=nl&from=2026-01-31')))
      .toBe(true);
    server.set(`GET ${t}/library/figures`, () => ({ ...fixtures({}).figures, all: 0, standards: [] }));
    await part.getByLabel('Purchase').selectOption({ label: HOSTILE });
    await part.getByText('No document was chosen this way.').waitFor();
    expect(await link.count()).toBe(0);
    await page.reload();
    await part.getByText('No document was chosen this way.').waitFor();
    expect(await part.getByLabel('Added from').inputValue()).toBe('2026-01-31');
  });

  it('is not there where there are no documents', async () => {
    const server = fakeServer();
    server.set(`GET ${t}/documents`, () => ({ rows: [], next: null }));
    const none = { ...fixtures({}).figures, all: 0, waiting: 0, standards: [], languages: [], purchases: [] };
    server.set(`GET ${t}/library/figures`, () => none);
    const page = await trial.open(server, `${t}/library`);
    await page.getByRole('heading', { name: 'No documents yet' }).waitFor();
    await settled(page);
    expect(await page.getByRole('heading', { name: 'Report', exact: true }).count()).toBe(0);
  });
});

describe('languages and themes', () => {
  it.each([
    ['Français', 'Achats', 'fr'],
    ['Nederlands', 'Inkopen', 'nl'],
    ['Deutsch', 'Beschaffungen', 'de'],
    ['English', 'Purchases', 'en'],
  ])('%s loads, and is kept', async (name, heading, language) => {
    const page = await trial.open(fakeServer(), `${t}/purchases`, { locale: 'fr-BE' });
    await settled(page);
    await page.getByRole('combobox', { name: 'Langue' }).selectOption({ label: name });
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
  });

  it('a theme that was chosen wins over the device’s', async () => {
    const page = await trial.open(fakeServer(), `${t}/home`, { colorScheme: 'light' });
    await settled(page);
    const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const light = await paper();
    await page.getByLabel('Appearance').selectOption('dark');
    expect(await paper()).not.toBe(light);
    await page.reload();
    await settled(page);
    expect(await paper()).not.toBe(light);
  });
});

describe('requirements', () => {
  async function explain(page: Page): Promise<void> {
    await page.getByLabel('Reason', { exact: true }).selectOption({ index: 1 });
    await page.getByLabel('In your own words').fill('Nobody\nsells it.');
  }

  it('are departed from with a reason, after the change was shown', async () => {
    const server = fakeServer();
    const page = await trial.open(server, `${p}/demand/${requirement}`);
    await page.getByRole('button', { name: 'Leave out' }).click();
    const dialog = page.getByRole('dialog', { name: 'Leave a requirement out' });
    await dialog.getByRole('button', { name: 'Save the departure' }).click();
    await dialog.getByText('Give a value in its range, a reason').waitFor();
    expect(server.calls.some(({ method }) => method === 'PUT')).toBe(false);
    await explain(page);
    await dialog.getByText('fewer').waitFor();
    await dialog.getByRole('button', { name: 'Save the departure' }).click();
    await page.getByText('Saved. The requirements were worked out anew.').waitFor();
    const puts = () => server.calls.filter(({ method }) => method === 'PUT').map(({ body }) => body);
    expect(puts()).toMatchObject([
      {
        version: 7,
        context: { departures: [{ requirement, kind: 'leave-out', text: 'Nobody sells it.', owner: 'Olga Owner' }] },
      },
    ]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(puts).toMatchObject([{}, { context: { departures: [] } }]);
  });

  it('follow another rating of a risk, by dragging or by keyboard', async () => {
    const server = fakeServer();
    const page = await trial.open(server, `${p}/risks/${risk}`);
    const chip = page.getByRole('button', { name: `${risk.replace('RSK-', '')}` }).first();
    await chip.dragTo(page.locator('.matrix tbody tr').last().locator('td').first());
    const dialog = page.getByRole('dialog', { name: 'Rate a risk differently' });
    await dialog.getByText('The risk would be: Low (1).').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Rate differently' }).press('Enter');
    await dialog.getByLabel('Likelihood').selectOption('1');
    await dialog.getByText('Low').waitFor();
    await explain(page);
    await dialog.getByRole('button', { name: 'Keep this rating' }).press('Enter');
    await page.getByText('Saved. The requirements were worked out anew.').waitFor();
    const put = server.calls.find(({ method }) => method === 'PUT')?.body as { context: { departures: object[] } };
    expect(put.context.departures.length).toBeGreaterThan(0);
  });
});

describe('keys', () => {
  it('of a purchase are made in the browser, split among its openers, and shown as what the notice prints', async () => {
    const identities = [
      await createOpenerIdentity('six words by chance'),
      await createOpenerIdentity('seven by chance'),
    ];
    const server = fakeServer({ state: 'specified' });
    const { opening } = fixtures({ state: 'specified' });
    const openers = opening.openers.map((one, i) => ({ ...one, recipient: identities[i]?.recipient ?? null }));
    let keys: PurchaseKeys | null = null;
    let shares: { part: string; holder: string; encrypted: string }[] = [];
    server.set(`GET ${p}/opening`, () => ({ ...opening, openers, keys }));
    server.set(`PUT ${p}/keys`, ({ body }) => {
      ({ keys, shares } = body as { keys: PurchaseKeys; shares: typeof shares });
    });
    const page = await trial.open(server, `${p}/publish?part=notice`);
    await page.getByRole('button', { name: 'Make the keys' }).click();
    await page.getByText('Print this fingerprint in the notice.').waitFor();
    const made = readPurchaseKeys(keys);
    expect(made.purchase).toBe(PURCHASE);
    expect(shares.map(({ part, holder }) => `${part} ${openers.findIndex(({ id }) => id === holder)}`)).toEqual([
      'quality 0',
      'quality 1',
      'price 0',
      'price 1',
    ]);
    for (const { encrypted } of shares) expect(encrypted).toContain('BEGIN AGE ENCRYPTED FILE');
    await page.getByText(purchaseFingerprint(made)).waitFor();
  });

  it('of an opener never leave the browser unlocked', async () => {
    const server = fakeServer();
    let kept: { recipient: string; fingerprint: string; protectedIdentity: string } | null = null;
    server.set(`GET ${t}/opener-key`, () => {
      if (!kept) throw refusal(404, 'no-opener-key');
      return kept;
    });
    server.set(`PUT ${t}/opener-key`, ({ body }) => {
      kept = body as NonNullable<typeof kept>;
    });
    const page = await trial.open(server, `${t}/admin/opener-key`);
    await page.getByLabel('Passphrase', { exact: true }).fill('too short');
    await page.getByRole('button', { name: 'Make my opener key' }).click();
    await page.getByText('This is too easy to guess.').waitFor();
    for (const field of ['Passphrase', 'The same once more'])
      await page.getByLabel(field, { exact: true }).fill('five words picked by chance');
    await page.getByRole('button', { name: 'Make my opener key' }).click();
    await page.getByText('Fingerprint of your key').waitFor({ timeout: 60_000 });
    const sent = JSON.stringify(server.calls.map(({ body }) => body));
    expect(sent).toContain('BEGIN AGE ENCRYPTED FILE');
    expect(sent).not.toContain('AGE-SECRET-KEY');
    expect(sent).not.toContain('five words');
  });
});
