import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { parseCodings } from '../codings.ts';
import { parseCsvObjects } from '../csv.ts';
import { axeViolations, faultsOf, tryInBrowser } from '../testing/browser-checks.ts';
import { sampleReadings } from '../testing/sample-readings.ts';
import { sampleStudy } from '../testing/study-data.ts';
import type { ReportData } from './data.ts';
import { renderReport } from './render.ts';
import { reportDataOf } from './report-data.ts';

const trial = tryInBrowser();
const files = new Map<string, string>();

/** Opens a report from disk, as a person would. Script errors, refusals by its own policy and any request are faults. */
async function open(
  name: string,
  data: () => ReportData,
  hash = '',
  options: BrowserContextOptions = {},
): Promise<Page> {
  let file = files.get(name);
  if (file === undefined) {
    file = join(trial.folder, `${name}.html`);
    writeFileSync(file, renderReport(data()));
    files.set(name, file);
  }
  const context = await trial.browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
    acceptDownloads: true,
    ...options,
  });
  const page = await context.newPage();
  faultsOf(page, trial.faults);
  await page.goto(`${pathToFileURL(file).href}${hash}`);
  await page.locator('.showing:not(:empty)').waitFor();
  return page;
}

const small = (hash = '', options: BrowserContextOptions = {}): Promise<Page> =>
  open('small', () => sampleStudy(12), hash, options);

async function focused(page: Page): Promise<string> {
  return (await page.evaluate(`document.activeElement?.dataset?.key ?? document.activeElement?.id ?? ''`)) as string;
}

async function saved(page: Page, button: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  return readFileSync(await download.path(), 'utf8');
}

describe('the report is accessible by axe', () => {
  it.each([
    ['light', {}],
    ['dark', { colorScheme: 'dark' as const }],
    ['320 pixels wide, as at 400 % zoom', { viewport: { width: 320, height: 640 } }],
  ])('%s', async (_, options) => {
    const page = await small('', options);
    await page.locator('.filter-more summary').click();
    expect(await axeViolations(page)).toEqual([]);
  });

  it.each([
    ['light', { colorScheme: 'light' as const }],
    ['dark', { colorScheme: 'dark' as const }],
  ])('with a document open and coding switched on, %s', async (_, options) => {
    const page = await small('', options);
    await page.getByRole('button', { name: 'Code documents' }).click();
    await page.locator('#table tbody button').first().click();
    await page.locator('dialog[open] .code-form').first().waitFor();
    expect(await axeViolations(page)).toEqual([]);
  });

  it('with the words behind a cell open', async () => {
    const page = await small();
    await page.locator('#heat .cell:not(.shade-0)').first().click();
    await page.locator('dialog[open] .quote').first().waitFor();
    expect(await axeViolations(page)).toEqual([]);
  });
});

describe('the report reflows', () => {
  it('never scrolls sideways at 320 pixels', async () => {
    const page = await small('', { viewport: { width: 320, height: 640 } });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
    await page.locator('#table tbody button').first().click();
    expect(await page.evaluate(`document.querySelector('dialog').scrollWidth <= 320`)).toBe(true);
  });
});

describe('the report works from the keyboard', () => {
  it('walks the heat map by arrows, opens a cell, keeps focus in it, and gives it back', async () => {
    const page = await small();
    await page.locator('#heat button[data-rove]').first().focus();
    const start = await focused(page);
    await page.keyboard.press('ArrowRight');
    expect(await focused(page)).not.toBe(start);
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Home');
    const cell = await focused(page);
    expect(cell).toMatch(/^heat-.*-$/);
    await page.keyboard.press('Enter');
    await page.locator('dialog[open]').waitFor();
    expect(await focused(page)).toBe('drawer-title');
    for (let step = 0; step < 30; step += 1) {
      await page.keyboard.press('Tab');
      // The browser's own controls may come between; the page behind the dialog never.
      expect(
        await page.evaluate(
          `document.activeElement === document.body || document.querySelector('dialog').contains(document.activeElement)`,
        ),
      ).toBe(true);
    }
    await page.keyboard.press('Escape');
    await page.locator('dialog[open]').waitFor({ state: 'hidden' });
    expect(await focused(page)).toBe(cell);
  });

  it('has one tab stop in each table of bars and cells, and a skip link first', async () => {
    const page = await small();
    expect(await page.locator('#heat button[data-rove][tabindex="0"]').count()).toBe(1);
    expect(await page.locator('#matrix button[data-rove][tabindex="0"]').count()).toBe(1);
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('skip');
    await page.keyboard.press('Enter');
    expect(await focused(page)).toBe('overview-title');
  });

  it('goes from a cell to a document and back', async () => {
    const page = await small();
    await page.locator('#matrix .part').first().click();
    await page.locator('dialog .source button').first().click();
    await page.locator('dialog .answer-block').first().waitFor();
    await page.goBack();
    await page.locator('dialog .source').first().waitFor();
    await page.goBack();
    await page.locator('dialog[open]').waitFor({ state: 'hidden' });
  });
});

describe('a view can be shared by its address', () => {
  it('keeps every choice in the hash, and shows the same from it', async () => {
    const page = await small();
    await page.locator('.filter-more summary').click();
    await page.getByLabel('Country', { exact: true }).selectOption('NL');
    await page.getByLabel('Search names and quotes').fill('ISO');
    await page.locator('#matrix .switch').getByRole('button', { name: 'publisher' }).click();
    const shown = await page.locator('.showing').textContent();
    const names = await page.locator('#table tbody th button').allTextContents();
    expect(names.length).toBeGreaterThan(0);
    const hash = new URL(page.url()).hash;
    expect(new URLSearchParams(hash.slice(1)).get('country')).toBe('NL');

    const again = await small(hash);
    expect(await again.locator('.showing').textContent()).toBe(shown);
    expect(await again.locator('#table tbody th button').allTextContents()).toEqual(names);
    expect(await again.getByLabel('Search names and quotes').inputValue()).toBe('ISO');
    await again.getByRole('button', { name: 'Show everything' }).click();
    expect(new URLSearchParams(new URL(again.url()).hash.slice(1)).get('country')).toBeNull();
  });

  it('opens a document from its address', async () => {
    const path = sampleStudy(12).documents[0]?.path ?? '';
    const page = await small(`#${new URLSearchParams({ doc: path })}`);
    expect(await page.locator('dialog[open] .path').textContent()).toBe(path);
  });

  it('does not mind an address it does not know', async () => {
    const page = await small('#country=Atlantis&cell=what~ever&by=moon&doc=gone.pdf');
    expect(await page.locator('.showing').textContent()).toContain('0 of');
    expect(await page.locator('dialog[open]').count()).toBe(0);
  });
});

describe('what the report saves', () => {
  it('is a table of the documents shown, safe to open', async () => {
    const data = sampleStudy(12);
    const page = await small('#once=0');
    const rows = parseCsvObjects(await saved(page, 'Save table (CSV)'));
    expect(rows.map((row) => row.document)).toEqual(data.documents.map((doc) => doc.path));
    expect(rows.filter((row) => row.security === 'not readable')).toHaveLength(
      data.documents.filter((doc) => doc.security === null).length,
    );
  });

  it('is the data as it is embedded', async () => {
    const page = await small();
    const data: unknown = JSON.parse(await saved(page, 'Save data (JSON)'));
    expect(data).toEqual(JSON.parse(JSON.stringify(sampleStudy(12))));
  });

  it('is codings that the study takes in, and they are kept until then', async () => {
    const page = await small();
    await page.getByRole('button', { name: 'Code documents' }).click();
    await page.locator('#table tbody button').nth(2).click();
    const form = page.locator('dialog .code-form').nth(1);
    await form.getByLabel('Security').selectOption('process');
    expect(await form.getByRole('alert').textContent()).toContain('name');
    await page.keyboard.press('Escape');
    await page.getByLabel('Your name').fill('Ada L.');
    await page.locator('#table tbody button').nth(2).click();
    await form.getByLabel('Security').selectOption('process');
    await form.getByLabel('Note').fill('=a plan, no measure');
    await form.getByLabel('Note').press('Tab');
    await page.keyboard.press('Escape');
    // The address loses the document only after the dialog has closed; before that a reload opens it again, as it should.
    await page.waitForURL((url) => url.hash === '');
    await page.reload();
    const text = await saved(page, 'Save codings (CSV)');
    expect(parseCodings(text)).toMatchObject([
      { coder: 'Ada L.', question: 'security', value: 'process', note: '=a plan, no measure' },
    ]);
    expect(text).toContain("'=a plan");
  });
});

describe('hostile documents', () => {
  const attack = `</script><script>window.pwned=1</script><img src=x onerror="window.pwned=1">"'&\u2028\u0000<!--`;
  const hostile = (): ReportData => {
    const readings = sampleReadings(6).map((reading, index) => ({
      ...reading,
      source: {
        ...reading.source,
        path: `${attack}${index}.pdf`,
        title: attack,
        publisher: attack,
        type: attack,
        country: index === 0 ? 'x"><b' : 'NL',
        language: 'en"><script>',
      },
      scope: {
        ...reading.scope,
        evidence: reading.scope.evidence.map((quote) => ({ ...quote, text: attack, section: attack })),
      },
      security: {
        ...reading.security,
        evidence: reading.security.evidence.map((quote) => ({ ...quote, text: attack })),
      },
      standards: {
        ...reading.standards,
        mentions: reading.standards.mentions.map((mention) => ({
          ...mention,
          standard: null,
          text: attack,
          title: attack,
          reason: attack,
        })),
      },
      problems: [{ code: 'cut' as const, message: attack, fatal: false }],
    }));
    return reportDataOf(readings, { asOf: '2026-11-24', title: attack, question: attack });
  };

  it('are shown as they are written, and run nothing', async () => {
    const page = await open('hostile', hostile);
    await page.locator('#table tbody button').first().click();
    await page.locator('dialog .answer-block').first().waitFor();
    expect(await page.evaluate('window.pwned')).toBeUndefined();
    expect(await page.locator('img, #main script, dialog script').count()).toBe(0);
    expect(await page.locator('h1').textContent()).toContain('</script><script>window.pwned=1</script>');
    expect(await page.locator('dialog h2').textContent()).toContain('<img src=x onerror=');
  });
});

describe('a thousand documents', () => {
  const large = (hash = ''): Promise<Page> =>
    open('large', () => reportDataOf(sampleReadings(1000), { asOf: '2026-11-24', statusSince: () => null }), hash);

  it('open as a page of bounded size, and go on when asked', async () => {
    const page = await large();
    expect(await page.locator('*').count()).toBeLessThan(6000);
    const rows = page.locator('#table tbody tr');
    const first = await rows.count();
    await page.getByRole('button', { name: /Show 40 more/ }).click();
    expect(await rows.count()).toBe(first + 40);
    await page.getByLabel('Search names and quotes').fill('Mittefunktsionaalsed 5');
    expect(await page.locator('.showing').textContent()).toMatch(/^\d+ of \d+/);
  });

  it('unfold on paper', async () => {
    const page = await large();
    await page.evaluate(`dispatchEvent(new Event('beforeprint'))`);
    const shown = Number((await page.locator('.figure-n').first().textContent())?.replace(/\D/g, ''));
    expect(await page.locator('#table tbody tr').count()).toBe(shown);
    await page.evaluate(`dispatchEvent(new Event('afterprint'))`);
    expect(await page.locator('#table tbody tr').count()).toBe(40);
  });
});

describe('the reader chooses', () => {
  it('the language of the page', async () => {
    const page = await small();
    await page.getByLabel('Language', { exact: true }).selectOption('de');
    expect(await page.evaluate('document.documentElement.lang')).toBe('de');
    expect(new URL(page.url()).hash).toBe('#lang=de');
  });

  it('whether near-identical documents count', async () => {
    const page = await small();
    const count = async (): Promise<number> => Number(await page.locator('.figure-n').first().textContent());
    const once = await count();
    await page.getByLabel('Count near-identical documents once').uncheck();
    expect(await count()).toBe(once + 1);
  });

  it('light or dark, whatever the system has', async () => {
    const page = await small();
    const paper = (): Promise<unknown> => page.evaluate(`getComputedStyle(document.documentElement).backgroundColor`);
    const light = await paper();
    await page.getByLabel('Colours').selectOption('dark');
    expect(await paper()).not.toBe(light);
  });
});
