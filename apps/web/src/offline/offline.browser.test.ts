import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readSealedOffer } from '@proviso/sealing';
import { readOffers, withTenant } from '@proviso/store';
import { launchBrowser } from '@proviso/study/testing/browser';
import { axeViolations } from '@proviso/study/testing/browser-checks';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { OfferView } from 'proviso-server/contract';
import { type Bidder, declare, invited, opens, sealedAsFile } from 'proviso-server/offers/testing/bids';
import { closed, type Life, published } from 'proviso-server/testing/purchases';
import { type TestServer, tryServer } from 'proviso-server/testing/server';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { LANGUAGES } from '../i18n/language.ts';
import { type Built, builtPages, ORIGIN, serve } from '../offer/testing/built-pages.ts';
import { type OfflineForm, offlineForm } from './build/plugin.ts';
import { fillByKeyboard } from './testing/keyboard.ts';

let browser: Browser;
let built: Built;
let form: OfflineForm;
let folder: string;
let server: TestServer;
let life: Life;
let acme: Bidder;
let bolt: Bidder;
const faults: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'proviso-offline-'));
  [browser, built, form] = await Promise.all([launchBrowser(), builtPages('offer'), offlineForm()]);
  writeFileSync(join(folder, 'offline-form.json'), JSON.stringify(form));
  server = await tryServer({ pages: folder });
  life = await published(server);
  acme = await invited(server, life, 'Acme');
  bolt = await invited(server, life, 'Bolt');
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  expect(faults.splice(0)).toEqual([]);
});

const FORMS: BrowserContextOptions = {
  locale: 'en-GB',
  viewport: { width: 1280, height: 900 },
  reducedMotion: 'reduce',
};

function watched(page: Page): Page {
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      faults.push(message.text());
  });
  return page;
}

/** The supplier's page, before the real server; `more` stands in what the page is told. */
async function link(who: Bidder, more: Partial<OfferView> = {}): Promise<Page> {
  const page = watched(await (await browser.newContext(FORMS)).newPage());
  await serve(page, built, async ({ method, path, headers, body }) => {
    const answer = await who.ask(method, path, body ?? undefined, { ...headers, origin: server.deps.baseUrl });
    const told =
      /^\/api\/offer(\?|$)/.test(path) && method === 'GET' ? JSON.stringify({ ...answer.json(), ...more }) : null;
    const bytes = told === null ? answer.rawPayload : Buffer.from(told);
    return { status: answer.statusCode, bytes, headers: headersOf(answer.headers, bytes) };
  });
  await page.goto(`${ORIGIN}/offer#${who.token}`);
  await page.locator('html[data-ready]').waitFor();
  return page;
}

const headersOf = (headers: object, bytes: Uint8Array): Record<string, string> => ({
  ...(headers as Record<string, string>),
  'content-length': String(bytes.length),
});

/** A file on disk, opened in a browser that has no network; `asked` is what it would have fetched. */
async function disk(path: string, options: BrowserContextOptions = {}): Promise<{ page: Page; asked: string[] }> {
  const asked: string[] = [];
  const page = watched(await (await browser.newContext({ ...FORMS, ...options, offline: true })).newPage());
  page.on('request', (request) => {
    if (!/^(?:file|blob):/.test(request.url())) asked.push(request.url());
  });
  await page.goto(pathToFileURL(path).href);
  await page.locator('html[data-ready=yes]').waitFor();
  return { page, asked };
}

async function downloaded(page: Page, press: () => Promise<void>): Promise<{ name: string; path: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), press()]);
  const name = download.suggestedFilename();
  const path = join(folder, name);
  await download.saveAs(path);
  return { name, path };
}

const saveForm = (page: Page) =>
  downloaded(page, () => page.getByRole('button', { name: 'Save the offline form' }).click());
const PROOF = { name: 'proof.pdf', mimeType: 'application/pdf', buffer: Buffer.from('KNOWN-PROOF') };
/** What goes into either form, and the button that it ends at. */
const filling = (last: string) => ({
  text: 'By hand, with KNOWN-ANSWER.',
  own: { supplier: 'Bolt GmbH', price: '241500,50', 'sign-name': 'Ada L.', 'sign-role': 'Head of sales' },
  last,
});

describe('the offline form that seals', () => {
  const formIn = async (language: string): Promise<string> =>
    (await acme.ask('GET', `/api/offer/form?language=${language}`)).body;
  const policyOf = (html: string): string => /Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? '';

  it.each(LANGUAGES)(
    'is small, carries one script that its policy names, and is accessible in %s',
    async (language) => {
      const html = await formIn(language);
      // A purchase of 50 requirements; the largest example, of 63, takes 40 KB more.
      expect(Buffer.byteLength(html)).toBeLessThan(350_000);
      expect(policyOf(html)).toMatch(
        /^default-src &#39;none&#39;; script-src &#39;sha256-[^;]+&#39;; style-src &#39;sha256-/,
      );
      expect(policyOf(html)).not.toMatch(/unsafe|https?:|connect-src/);
      expect(html.match(/<script>/g)).toHaveLength(1);
      expect(form.script).not.toMatch(/\bfetch\(|XMLHttpRequest|WebSocket|innerHTML|\beval\(|Function\(|\bimport\(/);
      const path = join(folder, `form-${language}.html`);
      writeFileSync(path, html);
      const { page, asked } = await disk(path, { viewport: { width: 320, height: 640 } });
      expect(await page.evaluate('document.documentElement.lang')).toBe(language);
      expect(await page.locator('.fingerprint span').count()).toBe(16);
      expect(await page.locator('main').innerText()).not.toMatch(/\{\w+\}/);
      // No name with the number in it: it is asked for.
      await page.locator('#seal button.is-main').click();
      await page.locator('.missing .link').first().waitFor();
      expect(await axeViolations(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      await page.evaluate(`fetch('https://example.org/').catch(() => {})`);
      expect(asked).toEqual([]);
      faults.splice(0, faults.length, ...faults.filter((text) => !text.includes('Content Security Policy')));
    },
  );
});

describe('the page of a link refuses', () => {
  it('whatever is not its own sealed offer, says why, and sends nothing of it', async () => {
    const older = 'e'.repeat(64);
    const corrections = [{ at: '2026-01-20T09:00:00Z', reason: 'Backups were missing.' }];
    const earlier = [{ demand: older, corrections, added: ['OPS-01'], removed: [] }];
    const page = await link(acme, { earlier });
    const posted: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST') posted.push(request.url());
    });
    const file = Buffer.from(await (await sealedAsFile(acme)).arrayBuffer());
    const of = Buffer.from(await (await sealedAsFile(bolt)).arrayBuffer());
    const end = file.indexOf('\n', file.indexOf('\n') + 1);
    const withHead = (change: object): Buffer => {
      const [format = '', head = ''] = file.subarray(0, end).toString().split('\n');
      const changed = JSON.stringify({ ...JSON.parse(head), ...change });
      return Buffer.concat([Buffer.from(`${format}\n${changed}`), file.subarray(end)]);
    };
    const broken = Buffer.from(file);
    broken.writeUInt8((broken.at(-1) ?? 0) ^ 1, broken.length - 1);
    const choose = async (buffer: Buffer): Promise<void> => {
      const given = { name: 'offer.sealed', mimeType: 'application/octet-stream', buffer };
      await page.getByLabel('Hand in a sealed file').setInputFiles(given);
    };
    for (const [buffer, said] of [
      [Buffer.from('{"schema":"proviso.answers/1"}'), 'This is not a sealed offer.'],
      [Buffer.alloc(0), 'This is not a sealed offer.'],
      [file.subarray(0, -100), 'The end of the file is missing.'],
      [Buffer.concat([file, Buffer.from('x')]), 'The file was changed after it was sealed.'],
      [broken, 'The file was changed after it was sealed.'],
      [withHead({ purchase: 'other' }), 'This was sealed for another purchase.'],
      [withHead({ keys: Array(16).fill('abcd').join(' ') }), 'This was sealed to other keys'],
      [withHead({ demand: 'd'.repeat(64) }), 'This answers an older version of what is asked.'],
      [of, 'This was sealed with the number of another invitation.'],
      [withHead({ lot: 'none' }), 'This was sealed for a lot that this purchase does not have.'],
    ] as const) {
      await choose(buffer);
      await page
        .getByRole('alert')
        .filter({ hasText: `offer.sealed: ${said}` })
        .waitFor();
      expect(await page.getByRole('button', { name: 'Send the sealed offer' }).count()).toBe(0);
    }
    // Of a form that was published before a correction, it says what was corrected.
    await choose(withHead({ demand: older }));
    await page.getByText(/Corrected since: .*2026.*: Backups were missing\. Asked since: OPS-01\./).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    // The whole file, dropped.
    await page.evaluate(
      ([text]) => {
        const bytes = Uint8Array.from(atob(text ?? ''), (one) => one.charCodeAt(0));
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([bytes], 'offer.sealed'));
        document.querySelector('.drop')?.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true }));
      },
      [file.toString('base64')] as const,
    );
    await page.getByRole('button', { name: 'Send the sealed offer' }).waitFor();
    expect(posted).toEqual([]);
  }, 120_000);
});

describe('an offer by the offline form', () => {
  it('is filled in by keyboard with no network, handed in on the link’s page, and read after two have opened it', async () => {
    const page = await link(bolt);
    const { name, path } = await saveForm(page);
    expect(name).toMatch(new RegExp(`^form-.*${bolt.invitation}\\.html$`));

    const { page: offline, asked } = await disk(path);
    const printed = (await offline.locator('.fingerprint').innerText()).replace(/\s+/g, ' ').trim();
    expect(printed).toBe((await page.locator('.fingerprint').innerText()).replace(/\s+/g, ' ').trim());
    expect(await axeViolations(offline)).toEqual([]);
    await offline.getByLabel('Attach files').setInputFiles(PROOF);
    await offline.getByText('✓ sealed', { exact: false }).first().waitFor();
    await offline.evaluate('scrollTo(0, 0); document.activeElement.blur()');
    const { own, ...rest } = filling('Seal and save the offer');
    await fillByKeyboard(offline, { ...rest, own: { ...own, 'notice-key': printed.toUpperCase() } });
    await offline.getByText('The fingerprints are the same.').waitFor();
    expect(await offline.locator('#invitation').inputValue()).toBe(bolt.invitation);
    const sealed = await downloaded(offline, () => offline.keyboard.press('Enter'));
    await offline.getByText(`Sealed and saved as ${sealed.name}.`).waitFor();
    expect(sealed.name).toMatch(/bolt-gmbh\.sealed$/);
    expect(await axeViolations(offline)).toEqual([]);
    expect(asked).toEqual([]);
    const bytes = readFileSync(sealed.path);
    for (const plain of ['KNOWN-ANSWER', 'KNOWN-PROOF', '241500', 'Bolt GmbH', 'proof.pdf'])
      expect(bytes.includes(plain)).toBe(false);

    await page.getByLabel('Hand in a sealed file').setInputFiles(sealed.path);
    await page.getByText('The file is whole, and sealed for this purchase.').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Send the sealed offer' }).press('Enter');
    await page.getByText('The signature of the receipt was checked').waitFor();
    const { parts, files } = await readSealedOffer(new Blob([bytes]));
    for (const { sha256 } of [...parts, ...files]) await page.getByText(sha256).waitFor();
    // What the form showed is what the receipt names.
    for (const { sha256 } of parts) expect(await offline.getByText(sha256).count()).toBe(1);

    const online = await link(acme);
    await online.getByLabel('Attach files').setInputFiles(PROOF);
    await online.getByText('✓ sealed and sent').waitFor();
    await fillByKeyboard(online, filling('Seal and send the offer'));
    await online.keyboard.press('Enter');
    await online.getByText('The signature of the receipt was checked').waitFor();

    await closed(server, life);
    await declare(life, 'opener', 'opener2');
    expect((await opens(server, life, 'quality')).statusCode).toBe(200);
    const rows = await withTenant(server.deps.store.db, server.tenant, (trx) => readOffers(trx, life.id));
    const [fromPage, fromFile] = [acme, bolt].map(({ supplier }) => {
      const read = rows.find((row) => row.supplier === supplier)?.answers as Record<string, unknown>;
      // Which parts were sealed together, by their hashes: the one thing in which two offers of the same words differ.
      const { submission, others, ...said } = read;
      return said;
    });
    expect(fromFile?.problem).toBeNull();
    expect(JSON.stringify(fromFile?.answers)).toContain('KNOWN-ANSWER');
    expect(fromFile?.files).toMatchObject([{ name: 'proof.pdf', bytes: PROOF.buffer.length, kept: true }]);
    expect(fromFile).toEqual(fromPage);
  }, 300_000);
});
