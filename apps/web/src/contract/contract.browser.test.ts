import { launchBrowser } from '@proviso/study/testing/browser';
import { axeViolations } from '@proviso/study/testing/browser-checks';
import { describe, expect, it } from 'vitest';
import { type FakeServer, fakeServer } from '../testing/fake-server.ts';
import { LENA, OLGA, PAPER } from '../testing/fixture-rows.ts';
import { fixtures, PURCHASE, TENANT } from '../testing/fixtures.ts';
import { settled } from '../testing/settled.ts';
import { tryWorkbench } from '../testing/workbench.ts';

const trial = tryWorkbench(launchBrowser);
const p = `/t/${TENANT}/purchases/${PURCHASE}`;
const { requirement } = fixtures({});

const given = (server: FakeServer, command: string): unknown[] =>
  server.calls.filter(({ path }) => path.endsWith(command)).map(({ body }) => (body as { input: unknown }).input);

describe('the obligations of a contract', () => {
  it('come by their days; what is overdue says so; owner and state choose, and stand in the address', async () => {
    const server = fakeServer({ state: 'contracted' });
    const page = await trial.open(server, `${p}/contract`);
    await settled(page);
    const rows = page.getByRole('table').locator('tbody tr');
    expect(await rows.count()).toBe(3);
    const [first = ''] = await rows.allInnerTexts();
    expect(first).toContain('Overdue');
    expect(first).toContain('Sven <b>Security</b>');
    await page.getByLabel('Who sees to it').selectOption({ label: 'Olga Owner (you)' });
    await expect.poll(() => rows.count()).toBe(2);
    await page.getByLabel('How it stands').selectOption('met');
    await expect.poll(() => rows.count()).toBe(1);
    expect(new URL(page.url()).search).toContain('show=met');
    await page.getByLabel('How it stands').selectOption('overdue');
    await page.getByText('No obligation fits.').waitFor();
  });

  it('are opened, shown to be kept with a proof, and given on, by keyboard alone', async () => {
    const server = fakeServer({ state: 'contracted' });
    const page = await trial.open(server, `${p}/contract?owner=${OLGA}&show=all`);
    await settled(page);
    const [second] = server.view.purchase.obligations.slice(1);
    const link = page.getByRole('link', { name: second?.requirement ?? '' });
    await link.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Record what happened' }).waitFor();
    const address = new URL(page.url());
    expect([address.pathname, address.searchParams.get('show')]).toEqual([`${p}/contract/${second?.id}`, 'all']);
    const send = page.getByRole('button', { name: 'Record', exact: true });
    await page.getByRole('radio', { name: 'It was kept, and shown' }).focus();
    await page.keyboard.press('Space');
    expect(await send.isDisabled()).toBe(true);
    await page.getByLabel('Proof', { exact: true }).setInputFiles({
      name: 'report.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('tested'),
    });
    await page.getByText('✓ Report').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await send.focus();
    await page.keyboard.press('Enter');
    await page.getByText('Recorded.').waitFor();
    expect(server.calls.find(({ method, path }) => method === 'POST' && path.includes('/papers'))?.path).toContain(
      'name=report.pdf',
    );
    expect(given(server, 'obligation.update')).toEqual([
      { obligation: second?.id, state: 'met', evidence: PAPER, reason: '' },
    ]);
    await page.getByLabel('To whom').selectOption(LENA);
    await page.getByRole('button', { name: 'Give', exact: true }).click();
    await page.getByText('Given on.').waitFor();
    expect(given(server, 'obligation.assign')).toEqual([{ obligation: second?.id, owner: LENA }]);
  });

  it('tell what happened to them, with names and papers', async () => {
    const server = fakeServer({ state: 'contracted' });
    const page = await trial.open(server, `${p}/contract/${requirement}.1`);
    await settled(page);
    await page.getByText('Once a year Acme <img').waitFor();
    await page.getByText('Olga Owner → Sven <b>Security</b>').waitFor();
    const paper = page.getByRole('link', { name: 'Report Acme <img' });
    expect(await paper.getAttribute('href')).toBe(`/api${p}/papers/${PAPER}`);
    await page.getByRole('radio', { name: 'It is waived' }).check({ force: true });
    const send = page.getByRole('button', { name: 'Record', exact: true });
    expect(await send.isDisabled()).toBe(true);
    await page.getByRole('textbox', { name: 'Note' }).fill('The town tests itself.');
    await send.click();
    await expect
      .poll(() => given(server, 'obligation.update'))
      .toEqual([{ obligation: `${requirement}.1`, state: 'waived', evidence: null, reason: 'The town tests itself.' }]);
  });

  it('are only read by who may not manage them', async () => {
    const server = fakeServer({ state: 'contracted' });
    server.view = { ...server.view, commands: [], actions: ['purchase.read', 'contract.read'] };
    const page = await trial.open(server, `${p}/contract/${requirement}.1`);
    await settled(page);
    await page.getByRole('heading', { name: 'What happened so far' }).waitFor();
    expect(await page.getByRole('button', { name: 'Record' }).count()).toBe(0);
    expect(server.unknown).toEqual([]);
  });
});

describe('the contract', () => {
  it('is ended with a reason', async () => {
    const server = fakeServer({ state: 'contracted' });
    const page = await trial.open(server, `${p}/contract?part=contracts`);
    await settled(page);
    await page.getByRole('button', { name: 'End the contract' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('3 obligations are still owed.').waitFor();
    await dialog.getByRole('button', { name: 'End the contract' }).click();
    await dialog.getByText('Write a reason.').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await dialog.getByLabel('Why it ends').fill('The supplier stops.');
    await dialog.getByRole('button', { name: 'End the contract' }).click();
    await page.getByText('The contract has ended.').waitFor();
    expect(given(server, 'contract.end')).toEqual([{ reason: 'The supplier stops.' }]);
  });

  it('of a framework begins call-offs, each a purchase that is gone to', async () => {
    const server = fakeServer({ state: 'contracted' });
    const page = await trial.open(server, `${p}/contract?part=call-offs`);
    await settled(page);
    await page.getByText('2 suppliers are parties').waitFor();
    await page.getByText('€50,000.00').first().waitFor();
    await page.getByLabel('Value in euro').fill('a lot');
    await page.getByText('Write the amount in digits').waitFor();
    // Of a million, 50,000 are called off.
    await page.getByLabel('Value in euro').fill('950.000,01');
    await page.getByText('Under the framework €950,000.00 is left. Call off less.').waitFor();
    expect(await page.getByRole('button', { name: 'Begin the call-off' }).isDisabled()).toBe(true);
    await page.getByLabel('Value in euro').fill('900.000');
    await page.getByText('after this call-off €50,000.00 is left').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.getByLabel('Value in euro').fill('12.500,50');
    await page.getByRole('button', { name: 'Begin the call-off' }).click();
    await page.waitForURL(/purchases\/(?!6f0c2f0e)[0-9a-f-]{36}\/overview/);
    const [input] = given(server, 'call-off.start') as { purchase: string; lot: string; value: number }[];
    expect(input).toEqual({ purchase: expect.stringMatching(/^[0-9a-f-]{36}$/), lot: 'all', value: 1_250_050 });
    expect(page.url()).toContain(input?.purchase);
  });
});

describe('a market consultation', () => {
  it('is opened with a day, on requirements that are there', async () => {
    const server = fakeServer();
    server.view = { ...server.view, purchase: { ...server.view.purchase, consultations: [] } };
    const page = await trial.open(server, `${p}/demand?part=consultation`);
    await settled(page);
    await page.getByText('Before publication you can show the draft').waitFor();
    await page.getByText('One supplier has a link to the draft.').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.getByLabel('Answers until').fill('2027-01-20T12:00');
    await page.getByRole('button', { name: 'Open the consultation' }).click();
    await page.getByText('The consultation is open.').waitFor();
    expect(given(server, 'consultation.open')).toEqual([{ id: 'c1', until: '2027-01-20T12:00' }]);
  });

  it('shows remarks beside requirements, and ends with what came of it', async () => {
    const server = fakeServer();
    const page = await trial.open(server, `${p}/demand/${requirement}`);
    await settled(page);
    await page.getByText('1 remark', { exact: true }).waitFor();
    await page.getByRole('heading', { name: 'What suppliers said of it' }).waitFor();
    await page.getByText('Four times a year is much Acme <img').waitFor();
    await page.getByRole('tab', { name: 'Market consultation' }).click();
    await page.getByText('Too short a term Acme <img').waitFor();
    await page.getByLabel('What came of it, for all suppliers').fill('We ask it twice a year.');
    await page.getByText('Which requirements change because of it?').click();
    await page.getByRole('checkbox', { name: new RegExp(`^${requirement}`) }).focus();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'End it and tell all' }).click();
    await page.getByText('Ended. All who were invited are told.').waitFor();
    expect(given(server, 'consultation.close')).toEqual([
      { consultation: 'c1', summary: 'We ask it twice a year.', changed: [requirement] },
    ]);
  });
});
