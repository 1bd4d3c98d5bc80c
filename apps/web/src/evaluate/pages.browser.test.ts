import {
  combineShares,
  fingerprintOf,
  keyOf,
  openPassedShare,
  openShare,
  passShare,
  protectOpenerIdentity,
} from '@proviso/sealing';
import { launchBrowser } from '@proviso/study/testing/browser';
import { axeViolations } from '@proviso/study/testing/browser-checks';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Built, ORIGIN, serve } from '../offer/testing/built-pages.ts';
import { contrastFaults, shippedPages } from '../testing/workbench.ts';
import { TENANT, type Workbench, workbench } from './testing/workbench.ts';

const PASSPHRASE = 'six words picked by chance alone';

/** As long as the browser waits for anything else. */
const soon = <T>(look: () => T) => expect.poll(look, { timeout: 30_000 });

let browser: Browser;
let built: Built;
const faults: string[] = [];

beforeAll(async () => {
  [browser, built] = await Promise.all([launchBrowser(), shippedPages()]);
}, 180_000);
afterAll(() => browser?.close());
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  expect(faults.splice(0)).toEqual([]);
});

/** Opens a page of the organisation; one that begins with a dot is of the purchase. */
async function open(bench: Workbench, path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'Europe/Amsterdam',
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' && !/Failed to load resource|EventSource/.test(text)) faults.push(text);
  });
  page.on('dialog', () => faults.push('a text of somebody else ran as script'));
  await serve(page, built, bench.answers);
  const at = path.startsWith('.') ? `purchases/${bench.purchase.id}${path.slice(1)}` : path;
  await page.goto(`${ORIGIN}/t/${TENANT}/${at}`);
  await page.locator('h1').first().waitFor();
  return page;
}

const given = (bench: Workbench, command: string) =>
  bench.given.filter(({ path }) => path.endsWith(command)).map(({ body }) => body.input ?? body);

describe('every page is accessible by axe, and holds others’ texts as text', () => {
  const PAGES: [string, Parameters<typeof workbench>[0], string, string][] = [
    ['opening', 'closed', './opening', 'Open the offers'],
    ['comparison', 'opened', './evaluate?requirement=AA-01', 'The supplier shall do AA-01.'],
    ['scoring', 'opened', './evaluate?tab=score', 'Your score for Supplier 2'],
    ['files', 'opened', './evaluate?tab=files', 'Files of Supplier 2'],
    ['not applicable', 'opened', './evaluate?tab=applicability', 'No offer says that this does not apply.'],
    ['ranking', 'evaluated', './award', 'scoring/1'],
    ['sensitivity', 'evaluated', './award?tab=sensitivity', 'from 150.00'],
    ['prices', 'evaluated', './award?tab=prices', '34 % below the mean'],
    ['validity', 'evaluated', './award?tab=validity', 'Offers bind for 90 days'],
    ['decision', 'evaluated', './award?tab=decision', 'The suppliers are told this'],
    ['suppliers', 'closed', 'suppliers', 'bids@acme.example'],
    ['supplier', 'closed', 'suppliers/s-1', 'Invited to'],
    ['library', 'closed', 'library', 'Tender.docx'],
    ['search', 'closed', 'library?q=dnssec', 'DNSSEC'],
    ['document', 'closed', 'library/d-1', 'can be read in many ways'],
  ];
  it.each(PAGES)('%s', async (_, state, path, shown) => {
    const bench = await workbench(state);
    const page = await open(bench, path);
    await page.getByText(shown).first().waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await contrastFaults(page)).toEqual([]);
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    expect(await page.locator('img[src="x"]').count()).toBe(0);
  });
});

describe('the opening', () => {
  it('passes a share that the other opener can use, and opens with the one passed to me', async () => {
    const bench = await workbench('closed');
    const [anna, bert] = bench.offers.openers;
    if (!anna || !bert) throw new Error('no openers');
    bench.opening.present = ['anna', 'bert'].map((person) => ({ part: 'quality', person, at: '2026-11-26T10:00:00Z' }));
    const share = (holder: string) =>
      bench.offers.shares.find((one) => one.part === 'quality' && one.holder === holder)?.encrypted ?? '';
    const key = keyOf(bench.offers.keys, 'quality');
    const about = { purchase: bench.purchase.id, part: 'quality', fingerprint: key.fingerprint } as const;
    const { identity } = bert;
    bench.openerKey = {
      recipient: anna.recipient,
      fingerprint: fingerprintOf(anna.recipient),
      protectedIdentity: await protectOpenerIdentity(anna.identity, PASSPHRASE),
    };
    const own = await openShare(share('bert'), identity, { ...about, holder: 'bert' });
    const [passed] = await passShare(own, [{ id: 'anna', recipient: anna.recipient }]);
    bench.opening.passed = [{ part: 'quality', from: 'bert', encrypted: passed?.encrypted ?? '' }];

    const page = await open(bench, './opening');
    await page.getByLabel('Your passphrase').fill('another passphrase of six words');
    await page.getByRole('button', { name: 'Unlock' }).click();
    await page.getByText('This passphrase does not unlock the key').waitFor();
    await page.getByLabel('Your passphrase').fill(PASSPHRASE);
    await page.getByRole('button', { name: 'Unlock' }).click();
    await page.getByText('Your key is unlocked').waitFor();

    await page.getByRole('button', { name: 'Pass my share' }).click();
    await soon(() => given(bench, '/opening/pass').length).toBe(1);
    const [sent] = given(bench, '/opening/pass') as { part: string; shares: { to: string; encrypted: string }[] }[];
    expect(sent?.shares.map(({ to }) => to)).toEqual(['bert']);
    const fromAnna = await openPassedShare(sent?.shares[0]?.encrypted ?? '', identity, own);
    const secret = await combineShares(own, fromAnna, key.recipient);

    await page.getByRole('button', { name: 'Open all 2 offers' }).click();
    await soon(() => given(bench, '/opening/open').length).toBe(1);
    expect(given(bench, '/opening/open')[0]).toMatchObject({ part: 'quality', identity: secret });
  });

  it('asks for a declaration first', async () => {
    const bench = await workbench('closed');
    bench.purchase.declarations = [];
    const page = await open(bench, './opening');
    await page.getByText('I have no conflict of interest').click();
    await page.getByRole('button', { name: 'Declare' }).click();
    await soon(() => given(bench, 'conflict.declare')).toEqual([{ lots: null, conflict: false, note: '' }]);
    expect(await page.getByLabel('Your passphrase').count()).toBe(0);
  });
});

describe('scoring', () => {
  it('goes by keys, keeps each score with its reason, and comes to what is left', async () => {
    const bench = await workbench('opened');
    const page = await open(bench, './evaluate?tab=score');
    const first = page.getByRole('article').filter({ hasText: 'Supplier 2' });
    await first.getByRole('radio', { name: '0' }).focus();
    await page.keyboard.press('3');
    await soon(() => given(bench, 'score.write')).toEqual([
      { offer: 'offer-2', requirement: 'AA-01', value: 3, reason: null },
    ]);
    await soon(() => first.getByRole('radio', { name: '3' }).isChecked()).toBe(true);
    await first.getByLabel('Reason').fill('Shown by a test report of 2026.');
    await page.keyboard.press('Tab');
    await soon(() => given(bench, 'score.write').at(-1)).toMatchObject({
      value: 3,
      reason: 'Shown by a test report of 2026.',
    });
    await page.getByText('1 of 6').waitFor();
    await page.getByRole('button', { name: 'Next without score' }).click();
    await page.getByRole('heading', { name: 'AA-02 Title of AA-02' }).waitFor();
    expect(new URL(page.url()).searchParams.get('requirement')).toBe('AA-02');
  });

  it('sends a score again when only the purchase has another version, and takes back what is refused', async () => {
    const bench = await workbench('opened');
    const page = await open(bench, './evaluate?tab=score');
    const offer = page.getByRole('article').filter({ hasText: 'Supplier 2' });
    bench.once.set('score.write', { status: 409, body: { code: 'version-conflict', message: 'Changed.', current: 2 } });
    await offer.getByText('2', { exact: true }).click();
    await soon(() => given(bench, 'score.write').length).toBe(1);
    bench.once.set('score.write', { status: 422, body: { code: 'already-frozen', message: 'The scores are frozen.' } });
    await offer.getByText('1', { exact: true }).click();
    await page.getByText('The scores are frozen.').waitFor();
    await soon(() => offer.getByRole('radio', { name: '2' }).isChecked()).toBe(true);
  });

  it('shows nothing while the offers are sealed, and nothing to who has a conflict', async () => {
    const sealed = await open(await workbench('closed'), './evaluate');
    await sealed.getByRole('heading', { name: 'The offers are still sealed' }).waitFor();
    const bench = await workbench('opened');
    bench.purchase.declarations = [
      { person: 'anna', lots: null, conflict: true, note: '', at: '2026-11-26T10:00:00Z' },
    ];
    const barred = await open(bench, './evaluate');
    await barred.getByText('This evaluation is closed to you').waitFor();
    expect(await barred.getByText('Answer of').count()).toBe(0);
  });
});

describe('deviations', () => {
  it('are read and decided by legal and security, who see no scores', async () => {
    const bench = await workbench('opened');
    bench.actions = ['purchase.read', 'offer.list', 'award.read', 'deviation.decide'];
    bench.commands = ['deviation.decide'];
    bench.evaluation.evaluators = bench.evaluation.evaluators.filter(({ id }) => id !== 'anna');
    bench.evaluation.lots = bench.evaluation.lots.map((lot) => ({ ...lot, frozen: false, revealed: true }));
    const deviation = { offer: 'offer-1', requirement: 'AA-01', proposal: 'Once a year.', counter: null, steps: [] };
    bench.purchase.deviations = [{ ...deviation, status: 'proposed' }];
    const page = await open(bench, './evaluate');
    const tabs = await page.getByRole('tablist').last().getByRole('tab').allInnerTexts();
    expect(tabs.map((one) => one.split(' ')[0])).toEqual(['Compare', 'Deviations', 'Files']);
    await page.getByText('Once a year.').waitFor();
    await page.getByRole('radio', { name: 'Refuse' }).check({ force: true });
    await page.getByLabel('Reason', { exact: false }).fill('Too rarely.');
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Decide', exact: true }).click();
    await soon(() => given(bench, 'deviation.decide')).toEqual([
      { offer: 'offer-1', requirement: 'AA-01', verdict: 'refused', reason: 'Too rarely.', counter: null },
    ]);
  });
});

describe('the comparison', () => {
  it('draws only what is near of 12 offers by 150 requirements, and is gone through by arrow keys', async () => {
    const bench = await workbench('opened', 12, 150);
    const page = await open(bench, './evaluate');
    const grid = page.getByRole('grid');
    await grid.waitFor();
    expect(await grid.getAttribute('aria-rowcount')).toBe('151');
    expect(await grid.locator('tr').count()).toBeLessThan(40);
    await grid.locator('[tabindex="0"]').focus();
    for (const key of ['ArrowDown', 'ArrowRight', 'Control+End']) await page.keyboard.press(key);
    await soon(() => page.evaluate('document.activeElement.textContent')).toContain('Answer of offer-12 to AA-150');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'AA-150 Title of AA-150' }).waitFor();
    expect(new URL(page.url()).searchParams.get('requirement')).toBe('AA-150');
  });
});

describe('agreeing', () => {
  it('shows the differences first, takes a second person, and asks for the reason', async () => {
    const bench = await workbench('opened');
    const { evaluation } = bench;
    const [lot] = evaluation.lots;
    if (lot) Object.assign(lot, { revealed: true, finished: ['anna', 'bert'] });
    const row = (evaluator: string, requirement: string, value: number) => ({
      offer: 'offer-2',
      requirement,
      evaluator,
      value,
      reason: `Because ${evaluator}.`,
      at: '2026-11-26T10:00:00Z',
    });
    evaluation.mine = [row('anna', 'AA-01', 2), row('anna', 'AA-02', 0), row('anna', 'AA-03', 1)];
    evaluation.others = [row('bert', 'AA-01', 2), row('bert', 'AA-02', 3), row('bert', 'AA-03', 2)];
    evaluation.consensus = [
      {
        offer: 'offer-2',
        requirement: 'AA-03',
        value: 2,
        reason: 'The report says so.',
        by: 'bert',
        at: '2026-11-26T11:00:00Z',
      },
    ];
    const page = await open(bench, './evaluate?tab=agree');
    const cells = page.getByRole('article');
    expect(await cells.allInnerTexts()).toEqual([expect.stringContaining('AA-02'), expect.stringContaining('AA-03')]);
    expect(await axeViolations(page)).toEqual([]);
    await cells.nth(1).getByRole('button', { name: 'Agree on 2' }).click();
    await cells.nth(0).getByText('1', { exact: true }).click();
    await cells.nth(0).getByLabel('Reason, needed where').fill('Half of it is shown.');
    await cells.nth(0).getByRole('button', { name: 'Propose' }).click();
    await soon(() => given(bench, 'consensus.write')).toEqual([
      { offer: 'offer-2', requirement: 'AA-03', value: 2, reason: 'The report says so.' },
      { offer: 'offer-2', requirement: 'AA-02', value: 1, reason: 'Half of it is shown.' },
    ]);
  });
});

describe('the award', () => {
  it('goes to the first with a reason, and keeps what was typed when somebody was quicker', async () => {
    const bench = await workbench('evaluated');
    const page = await open(bench, './award?tab=decision');
    await page.getByLabel('Reason').fill('Best in quality and price.');
    bench.once.set('award.decide', {
      status: 409,
      body: { code: 'version-conflict', message: 'Changed.', current: 2 },
    });
    await page.getByRole('button', { name: 'Award' }).click();
    // One click awards nothing: the question names the winner, and the price that nobody has explained.
    const sure = page.getByRole('dialog', { name: 'Award to Acme' });
    await sure.getByText('A low price is not explained yet').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await sure.getByRole('button', { name: 'Cancel' }).click();
    expect(given(bench, 'award.decide')).toEqual([]);
    await page.getByRole('button', { name: 'Award' }).click();
    await sure.getByRole('button', { name: 'Award' }).click();
    await page.getByText('Somebody was quicker').waitFor();
    expect(await page.getByLabel('Reason').inputValue()).toBe('Best in quality and price.');
    await page.getByRole('button', { name: 'Apply mine on top' }).click();
    await soon(() => given(bench, 'award.decide')).toEqual([
      { lot: 'all', offers: ['offer-1'], reason: 'Best in quality and price.', draw: null },
    ]);
  });

  it('can wait: a longer time is recorded with the supplier’s letter', async () => {
    const bench = await workbench('evaluated');
    const page = await open(bench, './award?tab=validity');
    await page.getByRole('button', { name: 'Record a longer time Supplier 2' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('On the clock of Europe/Brussels').waitFor();
    await dialog.getByLabel('Bound until').fill('2027-06-30T12:00');
    expect(await dialog.getByRole('button', { name: 'Record' }).isDisabled()).toBe(true);
    await dialog.getByLabel('The supplier’s letter').setInputFiles({
      name: 'letter <b>.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('We agree.'),
    });
    await dialog.getByText('✓ letter <b>.pdf').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Record' }).click();
    await page.getByText('Recorded: the offer binds for longer.').waitFor();
    expect(given(bench, 'validity.extend')).toEqual([
      { offer: 'offer-2', until: '2027-06-30T12:00', evidence: 'e'.repeat(64) },
    ]);
  });

  it('shows how a supplier explains its price', async () => {
    const bench = await workbench('evaluated');
    const asked = { offer: 'offer-1', asked: '2026-11-26T10:00:00Z', by: 'anna', until: null };
    bench.purchase.evaluation.explanations = [
      { ...asked, reply: { at: '2026-11-27T10:00:00Z', hash: 'a'.repeat(64) } },
    ];
    const page = await open(bench, './award?tab=prices');
    await page.getByText('Its explanation').click();
    await page.getByText('We own the machines <img').waitFor();
  });

  it('asks for an explanation of a low price, by a time in the buyer’s zone', async () => {
    const bench = await workbench('evaluated');
    const page = await open(bench, './award?tab=prices');
    await page.getByRole('button', { name: 'Ask for an explanation Acme' }).click();
    await page.getByText('On the clock of Europe/Brussels').waitFor();
    await page.getByLabel('Answer until').fill('2026-12-10T12:00');
    await page.getByRole('dialog').getByRole('button', { name: 'Ask for an explanation' }).click();
    await soon(() => given(bench, 'explanation.ask')).toEqual([{ offer: 'offer-1', until: '2026-12-10T12:00' }]);
  });
});

describe('the contract', () => {
  it('is signed with another owner for one clause, and without another', async () => {
    const bench = await workbench('awarded');
    const [anna = ''] = bench.purchase.openers;
    const at = '2026-11-26T10:00:00Z';
    bench.commands.push('contract.sign');
    const award = { lot: 'all', offers: ['offer-1'], reason: 'Best.', draw: null, by: anna, at, withdrawn: null };
    const standstill = { sent: at, means: 'none', end: { instant: at, zone: 'Europe/Brussels' } };
    bench.purchase.awards = [{ ...award, standstill }] as unknown as typeof bench.purchase.awards;
    const page = await open(bench, './award?tab=decision');
    const part = page.locator('section').filter({ hasText: 'Record the signature' });
    await part.getByLabel('From').fill('2027-01-01');
    await part.getByLabel('To', { exact: true }).fill('2029-01-01');
    await part.getByLabel('Who sees that it is kept').selectOption(anna);
    await part
      .getByLabel('The signed contract')
      .setInputFiles({ name: 'c.pdf', mimeType: 'x/y', buffer: Buffer.from('c') });
    await part.getByText('Single clauses').click();
    await part.getByLabel('Clause', { exact: true }).selectOption('AA-01');
    await part.getByRole('button', { name: 'Give it to somebody else' }).click();
    const send = part.getByRole('button', { name: 'Record the signature' });
    expect(await send.isDisabled()).toBe(true);
    const first = part.getByRole('group', { name: 'AA-01' });
    await first.getByLabel('Who sees that it is kept').selectOption(anna);
    await part.getByLabel('Clause', { exact: true }).selectOption('AA-03');
    await part.getByRole('button', { name: 'Leave it out of the contract' }).click();
    await part.getByLabel('Why it is left out').fill('Bought elsewhere.');
    expect(await axeViolations(page)).toEqual([]);
    await send.click();
    await soon(() => given(bench, 'contract.sign')).toMatchObject([
      {
        owner: anna,
        owners: [{ requirement: 'AA-01', owner: anna }],
        dropped: [{ requirement: 'AA-03', reason: 'Bought elsewhere.' }],
      },
    ]);
  });
});

describe('suppliers', () => {
  it('are added with what is needed, and said to be there already', async () => {
    const bench = await workbench('closed');
    const page = await open(bench, 'suppliers');
    await page.getByRole('button', { name: 'Add a supplier' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Beta');
    await dialog.getByLabel('Country').fill('nl');
    await dialog.getByRole('button', { name: 'Add a supplier' }).click();
    await page.getByText('Beta was added.').waitFor();
    expect(bench.given.map(({ body }) => body)).toEqual([{ name: 'Beta', email: null, country: 'NL' }]);
  });
});

// That every message is there in every language is a matter of files, and tested with them.
it.each([
  ['fr', 'closed', './opening'],
  ['nl', 'opened', './evaluate'],
  ['de', 'evaluated', './award'],
] as const)('pages speak %s', async (locale, state, path) => {
  const page = await open(await workbench(state), path, { locale });
  expect(await page.locator('html').getAttribute('lang')).toBe(locale);
});
