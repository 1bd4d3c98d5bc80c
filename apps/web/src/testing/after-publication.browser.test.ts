import {
  createLinkSecret,
  createOpenerIdentity,
  createPurchaseKeys,
  type PurchaseKeys,
  readPurchaseKeys,
} from '@proviso/sealing';
import { launchBrowser } from '@proviso/study/testing/browser';
import { axeViolations } from '@proviso/study/testing/browser-checks';
import type { DemandView } from 'proviso-server/contract';
import { describe, expect, it } from 'vitest';
import { type FakeServer, fakeServer, refusal } from './fake-server.ts';
import { ACME, SVEN } from './fixture-rows.ts';
import { fixtures, PURCHASE, TENANT } from './fixtures.ts';
import { settled } from './settled.ts';
import { tryWorkbench } from './workbench.ts';

const trial = tryWorkbench(launchBrowser);
const p = `/t/${TENANT}/purchases/${PURCHASE}`;

type Purchase = FakeServer['view']['purchase'];

function change(server: FakeServer, part: Partial<Purchase>): void {
  server.view = { ...server.view, purchase: { ...server.view.purchase, ...part } };
}

const given = (server: FakeServer, command: string): unknown[] =>
  server.calls.filter(({ path }) => path.endsWith(command)).map(({ body }) => (body as { input: unknown }).input);

describe('a further round', () => {
  it('is started with who goes on, a reason, dates, and keys made here for it', async () => {
    const server = fakeServer({ state: 'opened' });
    const offer = { lot: 'all', round: 1, late: false, replacedBy: null, withdrawn: null };
    change(server, {
      description: { ...server.view.purchase.description, procedure: 'negotiated' },
      offers: [
        { ...offer, id: 'o1', supplier: ACME },
        { ...offer, id: 'o2', supplier: SVEN },
        { ...offer, id: 'o3', supplier: 'late', late: true },
      ] as Purchase['offers'],
    });
    const { opening } = fixtures({});
    const identities = [
      await createOpenerIdentity('six words by chance'),
      await createOpenerIdentity('seven by chance'),
    ];
    const openers = opening.openers.map((one, i) => ({ ...one, recipient: identities[i]?.recipient ?? null }));
    server.set(`GET ${p}/opening`, () => ({ ...opening, openers }));
    let made: PurchaseKeys | null = null;
    server.set(`PUT ${p}/keys`, ({ body }) => {
      made = readPurchaseKeys((body as { keys: unknown }).keys);
    });
    const page = await trial.open(server, `${p}/publish?part=rounds`);
    await settled(page);
    await page.getByRole('button', { name: 'Start the round' }).click();
    await page.getByText('Choose at least one bidder.').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    expect(await page.getByRole('group', { name: 'Who is invited to go on?' }).getByRole('checkbox').count()).toBe(2);
    await page.getByRole('tabpanel').getByText('Acme <img').click();
    await page.getByLabel('What is negotiated, and why who goes on').fill('The price.');
    for (const [label, at] of [
      ['Questions until', '2027-03-01T12:00'],
      ['Offers until', '2027-03-15T12:00'],
      ['Opening', '2027-03-15T14:00'],
    ] as const)
      await page.getByLabel(label, { exact: true }).fill(at);
    await page.getByRole('button', { name: 'Start the round' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Start the round' }).click();
    await page.getByText('The round has begun.').waitFor();
    const keys = made as PurchaseKeys | null;
    expect(keys?.purchase).toBe(PURCHASE);
    expect(given(server, 'round.start')).toEqual([
      {
        invited: [ACME],
        reason: 'The price.',
        questionsUntil: '2027-03-01T12:00',
        closing: '2027-03-15T12:00',
        opening: '2027-03-15T14:00',
        keys: keys?.parts.map(({ part, fingerprint }) => ({ part, fingerprint })),
      },
    ]);
  });
});

describe('a lot', () => {
  it('is cancelled with a reason, unless it is the last one', async () => {
    const server = fakeServer({ state: 'published' });
    const lot = { requirements: null, winners: 1 };
    const lots = ['Hosting', 'Building', 'Training'].map((title, i) => ({ ...lot, id: `lot-${i + 1}`, title }));
    change(server, {
      lots,
      cancelled: [{ lot: 'lot-3', reason: 'Nobody needs it.', by: SVEN, at: '2026-11-02T09:00:00Z' }],
    });
    server.set(`POST ${p}/commands/lot.cancel`, () => {
      change(server, {
        cancelled: [...server.view.purchase.cancelled, { lot: 'lot-1', reason: '', by: SVEN, at: '' }],
      });
      return server.view;
    });
    const page = await trial.open(server, `${p}/overview`);
    await settled(page);
    await page.getByText('Nobody needs it.').waitFor();
    const cancel = page.getByRole('button', { name: /^Cancel the lot \w+$/ });
    expect(await cancel.count()).toBe(2);
    await page.getByRole('button', { name: 'Cancel the lot Hosting' }).click();
    const dialog = page.getByRole('dialog', { name: 'Cancel “Hosting”' });
    await dialog.getByRole('button', { name: 'Cancel the lot' }).click();
    await dialog.getByText('Write a reason.').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await dialog.getByLabel('Reason, as suppliers will read it').fill('The budget is gone.');
    await dialog.getByRole('button', { name: 'Cancel the lot' }).click();
    await page.getByText('“Hosting” is cancelled.').waitFor();
    expect(given(server, 'lot.cancel')).toEqual([{ lot: 'lot-1', reason: 'The budget is gone.' }]);
    expect(await cancel.count()).toBe(0);
  });
});

describe('a correction', () => {
  /** A version without the first requirement is prepared, and approved by legal. */
  function prepared(server: FakeServer): string {
    const standing = fixtures({}).demand('en') as DemandView;
    const { file } = standing;
    const [gone, ...requirements] = file.demand.requirements;
    const hash = 'e'.repeat(64);
    server.set(`GET ${p}/demand`, ({ path }) =>
      path.includes('n=4')
        ? {
            ...standing,
            n: 4,
            last: 4,
            file: { ...file, demand: { ...file.demand, requirements } },
            form: { ...standing.form, demand: hash },
          }
        : { ...standing, last: 4 },
    );
    const approval = {
      as: 'legal',
      verdict: 'approved',
      demand: hash,
      reason: '',
      by: SVEN,
      at: '2026-11-02T09:00:00Z',
    };
    change(server, {
      specified: { count: 1, by: SVEN, at: '2026-11-02T09:00:00Z' },
      approvals: [{ ...approval, specified: 1 } as Purchase['approvals'][number]],
    });
    return gone?.id ?? '';
  }

  it('puts a prepared version and other weights in the place of those that stand, and shows both before', async () => {
    const server = fakeServer({ state: 'published' });
    const gone = prepared(server);
    const page = await trial.open(server, `${p}/publish?part=corrigenda`);
    await settled(page);
    await page.getByLabel('Which requirements are to stand?').selectOption('4');
    await page.getByText('Security: not yet approved').waitFor();
    await page.getByText('Legal: approved').waitFor();
    expect(await page.getByRole('radio', { name: 'Slip' }).isDisabled()).toBe(true);
    expect(await page.getByRole('radio', { name: 'Significant' }).isChecked()).toBe(true);
    await page.getByText('The award criteria change').click();
    await page.getByLabel('Weight in per cent').first().fill('70');
    await page.getByLabel('Weight in per cent').nth(1).fill('30');
    await page.getByLabel('What changes, and why').fill('We need less.');
    await page.getByLabel('New closing').fill('2027-02-26T12:00');
    expect(await axeViolations(page)).toEqual([]);
    const sends = () => page.getByRole('button', { name: 'Publish the correction' }).first().click();
    await sends();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Requirements: version 3 → 4').waitFor();
    await dialog.getByText('Security requirements: 60 · by scores → 70 · by scores').waitFor();
    const title = fixtures({}).demand('en')?.words.requirements[gone]?.title ?? '';
    await dialog.getByText(title).first().waitFor();
    await dialog.getByText('2027-02-26 12:00').waitFor();
    server.set(`POST ${p}/commands/corrigendum.publish`, () => {
      throw refusal(422, 'approval-missing', 'Security has not approved.');
    });
    await dialog.getByRole('button', { name: 'Publish the correction' }).click();
    await page.getByText('Security has not approved.').waitFor();
    expect(given(server, 'corrigendum.publish')).toMatchObject([
      {
        significance: 'significant',
        reason: 'We need less.',
        closing: '2027-02-26T12:00',
        demand: { version: 4 },
        plan: { criteria: [{ weight: 70 }, { weight: 30 }], priceApart: true },
        lots: null,
        changed: [],
      },
    ]);
  });

  it('begins on the page of the requirements, where the prepared version is changed further and approved', async () => {
    const server = fakeServer({ state: 'published' });
    prepared(server);
    const page = await trial.open(server, `${p}/demand?part=approval`);
    await settled(page);
    await page.getByRole('button', { name: 'Look at version 4' }).click();
    await page.getByText('You are looking at version 4').waitFor();
    const form = page.locator('form').filter({ hasText: 'Do you approve?' }).first();
    await form.getByText('Approve', { exact: false }).nth(1).click();
    await form.getByRole('button', { name: 'Send' }).click();
    await page.getByText('Your answer is recorded.').waitFor();
    expect(given(server, 'demand.approve')).toMatchObject([{ demand: 'e'.repeat(64) }]);
    await page.getByRole('tab', { name: 'Answers' }).click();
    await page.getByRole('button', { name: 'Change the answers' }).waitFor();
    await page.getByRole('button', { name: 'Back to version 3' }).click();
    await page.getByRole('button', { name: 'Look at version 4' }).waitFor();
    expect(await page.getByRole('button', { name: 'Change the answers' }).count()).toBe(0);
  });
});

describe('questions', () => {
  it('that are all answered are shown at once', async () => {
    const server = fakeServer({ state: 'published' });
    const { questions } = server.view.purchase;
    server.view.purchase.questions = questions.filter(({ answer }) => answer !== null);
    const page = await trial.open(server, `${p}/questions`);
    await settled(page);
    await page.getByRole('tab', { name: 'Answered (1)', selected: true }).waitFor();
    await page.getByText('May we subcontract?').waitFor();
  });
});

describe('invitations', () => {
  it('of one who has a link offer to replace it', async () => {
    const server = fakeServer({ state: 'published' });
    const sent: unknown[] = [];
    server.set(`POST ${p}/invitations`, ({ body }) => {
      sent.push((body as { replace: boolean }).replace);
      if (sent.length === 1)
        throw refusal(409, 'already-invited', 'Acme has a link to this purchase that still works.');
      return { link: 'https://buyer.example/offer#new' };
    });
    const page = await trial.open(server, `${p}/publish?part=invitations`);
    await settled(page);
    await page.getByLabel('Supplier').selectOption({ index: 1 });
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    await page.getByText('Acme has a link').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Make a new link, end the old one' }).click();
    await page.getByText('offer#new').waitFor();
    expect(sent).toEqual([false, true]);
  });
});

describe('an opener’s own key', () => {
  const stake = { id: PURCHASE, title: 'Citizens’ portal', reference: 'TOWN-2026-07', published: true };

  it('that was replaced shows before publication, and who can open shows after it', async () => {
    const server = fakeServer({ state: 'specified' });
    const { opening } = fixtures({});
    const openers = opening.openers.map((one, i) => ({ ...one, able: i === 0 ? 'able' : 'other-key' }) as const);
    const pairs = [await createLinkSecret(), await createLinkSecret()];
    const made = await createPurchaseKeys({
      purchase: PURCHASE,
      openers: pairs.map(({ recipient }, i) => ({ id: `${i}`, recipient })),
      recovery: null,
      parts: ['quality'],
    });
    server.set(`GET ${p}/opening`, () => ({ ...opening, keys: made.keys, openers }));
    const page = await trial.open(server, `${p}/publish?part=notice`);
    await settled(page);
    await page.getByText('Sven Security could not open offers sealed to these keys').waitFor();
    expect(await page.getByRole('button', { name: 'Publish the purchase' }).isDisabled()).toBe(true);
    const { keys } = made;
    const notice = { ...(fixtures({ state: 'published' }).view.purchase.notice as object), keys: keys.parts };
    change(server, { state: 'published', notice: notice as unknown as Purchase['notice'] });
    await page.reload();
    await page.getByText('made another key since: cannot open').waitFor();
    await page.getByText('Fewer than two can open these offers').waitFor();
    expect(await axeViolations(page)).toEqual([]);
  });

  it('is not replaced before one has read what it opens', async () => {
    const server = fakeServer();
    server.set(`GET /t/${TENANT}/opener-key/purchases`, () => [
      { ...stake, left: 1, lost: true },
      { ...stake, id: 'two', title: 'Firewalls', reference: null, published: false, left: 2, lost: false },
    ]);
    const page = await trial.open(server, `/t/${TENANT}/admin/opener-key`);
    await settled(page);
    await page.getByText('Replace the key').click();
    await page.getByText('TOWN-2026-07: Citizens’ portal (1 other person can open it)').waitFor();
    await page.getByText('Firewalls (2 others can open it)').waitFor();
    expect(await axeViolations(page)).toEqual([]);
  });

  it('does not go with its person before what is lost with it was given up', async () => {
    const server = fakeServer();
    server.set(`DELETE /t/${TENANT}/people/${SVEN}`, ({ path }) => {
      if (path.includes(`giveUp=${PURCHASE}`)) return;
      throw refusal(409, 'opening-lost', 'Nobody could open.', { purchases: [{ ...stake, left: 1 }] });
    });
    const page = await trial.open(server, `/t/${TENANT}/admin/people`);
    await settled(page);
    await page.getByRole('button', { name: /^Erase Sven/ }).click();
    const dialog = page.getByRole('dialog');
    const erase = dialog.getByRole('button', { name: 'Erase', exact: true });
    await erase.click();
    await dialog.getByText('TOWN-2026-07: Citizens’ portal (1 other person can open it)').waitFor();
    expect(await erase.isDisabled()).toBe(true);
    expect(await axeViolations(page)).toEqual([]);
    await dialog.getByText('I give these offers up').click();
    await erase.click();
    await dialog.waitFor({ state: 'detached' });
  });
});
