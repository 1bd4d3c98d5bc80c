import { axeViolations } from '@proviso/study/testing/browser-checks';
import { describe, expect, it } from 'vitest';
import { ASKING, askingDemand } from '../testing/asking-demand.ts';
import {
  answerAll,
  card,
  focused,
  onDisk,
  open,
  openIn,
  progress,
  ready,
  tryForms,
} from '../testing/form-in-browser.ts';
import { offlineForm } from './offline-form.ts';

tryForms();

describe('the form is accessible by axe, with further questions and faults open', () => {
  it.each([
    ['light', {}],
    ['dark', { colorScheme: 'dark' as const }],
    ['320 pixels wide, as at 400 % zoom', { viewport: { width: 320, height: 640 } }],
  ])('%s', async (_, options) => {
    const page = await open(options);
    expect(await axeViolations(page)).toEqual([]);
    await card(page, 'AA-01').getByLabel('Not at all').check();
    await card(page, 'AA-03').getByLabel('In how many days?').fill('soon');
    await card(page, 'AA-03').getByText('Add a remark').click();
    await page.getByRole('button', { name: 'Sign and save the answers' }).click();
    await page.locator('.missing .link').first().waitFor();
    expect(await axeViolations(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });
});

describe('further questions', () => {
  it('appear and go with the answer, are said, and leave the focus where it is', async () => {
    const page = await open();
    const deviation = card(page, 'AA-01').getByLabel('What do you offer instead');
    const evidence = card(page, 'AA-01').getByLabel('What shows this?');
    expect(await deviation.isVisible()).toBe(false);
    await card(page, 'AA-01').getByLabel('Not at all').check();
    await deviation.waitFor();
    expect(await evidence.isVisible()).toBe(false);
    expect(await focused(page)).toBe('Not at all');
    await page
      .getByRole('status')
      .filter({ hasText: 'A further question has appeared: What do you offer instead' })
      .waitFor({ state: 'attached' });
    await card(page, 'AA-01').getByLabel('Fairly').check();
    await evidence.waitFor();
    expect(await deviation.isVisible()).toBe(false);
  });

  it('follow a number, and what was written in them comes back with them', async () => {
    const page = await open();
    const days = card(page, 'AA-03').getByLabel('In how many days?');
    const deviation = card(page, 'AA-03').getByLabel('What do you offer instead');
    await days.fill('15');
    await deviation.fill('In two weeks and a day');
    await days.fill('14');
    await deviation.waitFor({ state: 'hidden' });
    await days.fill('14,5');
    await deviation.waitFor();
    expect(await deviation.inputValue()).toBe('In two weeks and a day');
    await card(page, 'AA-03').getByText('Counted as: 14.5 days').waitFor();
  });

  it('do not call half a number wrong before it is finished', async () => {
    const page = await open();
    const days = card(page, 'AA-03').getByLabel('In how many days?');
    await days.pressSequentially('2.');
    expect(await days.getAttribute('aria-invalid')).toBeNull();
    await days.press('Tab');
    await card(page, 'AA-03').getByText('Write a number in digits only').waitFor();
    expect(await days.getAttribute('aria-invalid')).toBe('true');
  });
});

describe('the form works from the keyboard', () => {
  it('skips to the form, answers, clears, and comes to what is missing', async () => {
    const page = await open();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.id')).toBe('skip');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('begin-title');
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Your organisation');
    await page.keyboard.type('We');
    await card(page, 'AA-01').getByLabel('Very well').focus();
    await page.keyboard.press('Space');
    await progress(page, 1);
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toBe('Fairly');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await progress(page, 0);
    expect(await focused(page)).toBe('Very well');

    await page.getByRole('button', { name: 'Show what is missing' }).press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('check-count');
    await page.getByRole('button', { name: 'AA-03 Title of AA-03' }).press('Enter');
    expect(await focused(page)).toContain('In how many days?');
    await page.getByRole('link', { name: 'Other things' }).press('Enter');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Other things');
  });

  it('walks through every field, and never gets stuck', async () => {
    const page = await open();
    await card(page, 'AA-01').getByLabel('Not at all').check();
    await page.evaluate(`scrollTo(0, 0); document.activeElement.blur(); document.getElementById('skip').focus()`);
    const seen = new Set<string>();
    for (let step = 0; step < 120; step += 1) {
      await page.keyboard.press('Tab');
      seen.add(String(await page.evaluate(`document.activeElement.id || document.activeElement.textContent`)));
      if (seen.has('Print')) break;
    }
    for (const id of [
      'supplier',
      'open-draft',
      're-use',
      'q0-2',
      'q1',
      'sign-name',
      'sign-tick',
      'Sign and save the answers',
      'Print',
    ])
      expect([...seen]).toContain(id);
  });
});

describe('what is written', () => {
  it('is there again after a reload', async () => {
    const page = await open();
    await page.getByText('What you write is kept in this browser').waitFor();
    await answerAll(page);
    await page.getByText('Your answers are kept in this browser').waitFor();
    await progress(page, 5);
    await page.reload();
    await ready(page);
    await progress(page, 5);
    expect(await card(page, 'AA-01').getByLabel('Very well').isChecked()).toBe(true);
    expect(await card(page, 'BB-02').getByLabel('How do you do it?').inputValue()).toBe('By hand.');
    expect(await page.getByLabel('Your organisation').inputValue()).toBe('Söhne & Co');
  });

  it('is not there in the form of another demand', async () => {
    const page = await open();
    await answerAll(page);
    const other = await openIn(
      page.context(),
      onDisk('other.html', offlineForm(askingDemand(ASKING, { title: 'Another' }), 'en')),
    );
    await progress(other, 0);
  });

  it('is lost where the browser keeps nothing, and the form says so', async () => {
    const page = await open({ before: `Storage.prototype.setItem = () => { throw new Error('full'); }` });
    await card(page, 'AA-01').getByLabel('Very well').check();
    await page.getByText('This browser keeps nothing. Save a draft').waitFor();
    await progress(page, 1);
  });

  it('is kept by one tab only', async () => {
    const path = onDisk('tabs.html', offlineForm(askingDemand(), 'en'));
    const first = await open();
    const second = await openIn(first.context(), path);
    await second.getByLabel('Your organisation').fill('Second');
    await first.getByText('This form was changed in another tab.').waitFor();
    await first.getByLabel('Your organisation').fill('First');
    await second.reload();
    await ready(second);
    expect(await second.getByLabel('Your organisation').inputValue()).toBe('Second');
  });

  it('can be deleted from the browser', async () => {
    const page = await open();
    await answerAll(page);
    page.on('dialog', (dialog) => void dialog.accept());
    await page.getByRole('button', { name: 'Delete all answers' }).click();
    await progress(page, 0);
    await page.reload();
    await ready(page);
    await progress(page, 0);
    expect(await page.getByLabel('Your organisation').inputValue()).toBe('');
  });
});
