import { launchBrowser } from '@proviso/study/testing/browser';
import { describe, expect, it } from 'vitest';
import { fakeServer, refusal } from '../testing/fake-server.ts';
import { fixtures, TENANT } from '../testing/fixtures.ts';
import { settled } from '../testing/settled.ts';
import { tryWorkbench } from '../testing/workbench.ts';

const trial = tryWorkbench(launchBrowser);
const t = `/t/${TENANT}`;

describe('an own requirement', () => {
  it('is not sent while something is missing, and each field says what', async () => {
    const server = fakeServer();
    const page = await trial.open(server, `${t}/catalogue?part=own&write=new`);
    await settled(page);
    await page.getByLabel('Title', { exact: true }).fill('Logs <b>stay</b>');
    await page.getByText('It is shown here as soon as it is complete.').waitFor();
    await page.waitForTimeout(600);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText(/\d+ things are to be mended/).waitFor();
    await page.getByText('This looks like markup (<…>). Write plain words.').first().waitFor();
    await page.getByText('Clause (English): This is missing.').waitFor();
    expect(await page.getByLabel('Title', { exact: true }).getAttribute('aria-invalid')).toBe('true');
    expect(server.calls.some(({ method, path }) => method === 'POST' && path === `${t}/catalogue/own`)).toBe(false);
  });

  it('that a colleague saved first shows theirs, and is saved on top when asked', async () => {
    const server = fakeServer();
    const { own } = fixtures({});
    let conflicts = 1;
    const sent: unknown[] = [];
    server.set(`PUT ${t}/catalogue/own/OWN-01`, ({ body }) => {
      sent.push((body as { version: number }).version);
      if (conflicts-- > 0) {
        const now = own('en');
        const [first] = now.rows;
        if (first?.words) Object.assign(first, { version: 4, words: { ...first.words, why: 'Theirs is better.' } });
        server.set(`GET ${t}/catalogue/own`, () => now);
        throw refusal(409, 'version-conflict', 'changed', { current: 4 });
      }
      return { id: 'OWN-01', version: 5 };
    });
    const page = await trial.open(server, `${t}/catalogue?part=own&write=OWN-01`);
    await settled(page);
    await page.getByLabel('Why', { exact: true }).fill('Mine is best.');
    await page.locator('aside').getByText('Mine is best.').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Somebody was quicker').waitFor();
    await page.getByText('Theirs is better.').waitFor();
    expect(await page.getByLabel('Why', { exact: true }).inputValue()).toBe('Mine is best.');
    await page.getByRole('button', { name: 'Apply mine on top' }).click();
    await page.getByText('OWN-01 is saved.').waitFor();
    expect(sent).toEqual([3, 4]);
  });

  it('is found by its words, told apart, and only read by who may not write', async () => {
    const server = fakeServer();
    const { me } = fixtures({});
    const memberships = me.memberships.map((one) => ({ ...one, roles: ['buyer'] as const }));
    server.set('GET /me', () => ({ ...me, memberships }));
    const page = await trial.open(server, `${t}/catalogue?q=%3Dcmd`);
    await settled(page);
    await page.getByRole('tab', { name: 'Requirements (1)' }).waitFor();
    await page.getByRole('link', { name: /OWN-01/ }).click();
    await page.getByText('Your organisation’s own').first().waitFor();
    await page.getByText('In every purchase').waitFor();
    expect(await page.getByRole('button', { name: /Change|Retire/ }).count()).toBe(0);
    await page.getByLabel('Search the catalogue').fill('');
    await page.getByRole('tab', { name: 'Own (3)' }).click();
    expect(await page.getByRole('button', { name: 'Write a requirement' }).count()).toBe(0);
    // One that fits no more is asked of nobody, and says why.
    await page.getByText('This is asked of nobody').waitFor();
  });

  it('that differs between editions is shown old and new', async () => {
    const page = await trial.open(fakeServer(), `${t}/catalogue?part=changes`);
    await settled(page);
    await page.getByText('1 added, 0 removed, 2 changed.').waitFor();
    await page.getByRole('table').first().getByText('Formerly').waitFor();
    expect(await page.getByLabel('Before').inputValue()).toBe('c'.repeat(64));
  });
});
