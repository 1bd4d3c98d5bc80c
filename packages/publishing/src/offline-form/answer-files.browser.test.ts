import { createHash } from 'node:crypto';
import { Workbook } from '@cj-tech-master/excelts';
import { answerFaults, answersText, type Requirement } from '@proviso/catalogue';
import { requirement, text } from '@proviso/catalogue/testing/small-catalogue';
import { axeViolations } from '@proviso/study/testing/browser-checks';
import { describe, expect, it } from 'vitest';
import { offerFormOf } from '../form-of-file.ts';
import { ANSWERS, ASKING, askingDemand } from '../testing/asking-demand.ts';
import {
  answerAll,
  card,
  fillSignature,
  focused,
  onDisk,
  open,
  progress,
  ready,
  saved,
  savedAnswers,
  tryForms,
} from '../testing/form-in-browser.ts';

const FORM = offerFormOf(askingDemand(), 'en');

tryForms();

describe('the signed answers', () => {
  it('are saved only when nothing is missing', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Sign and save the answers' }).click();
    await page.getByText('Missing or to be corrected: 6.').waitFor();
    expect(await page.locator('.missing .link').allTextContents()).toEqual([
      'Your organisation',
      ...ASKING.map(({ id, title }) => `${id} ${title.en}`),
    ]);
    await card(page, 'AA-02').getByText('An answer is missing here.').waitFor();
    await answerAll(page);
    await page.getByText('Nothing is missing.').waitFor();
    await page.getByRole('button', { name: 'Sign and save the answers' }).click();
    expect(await focused(page)).toBe('Your name');
    await page.getByText('Tick the box to sign.').waitFor();
  });

  it.each([
    ['with crypto.subtle', ''],
    ['where a page from disk has none', `Object.defineProperty(crypto, 'subtle', { value: undefined })`],
  ])('carry the SHA-256 of the answers that count, %s', async (_, before) => {
    const page = await open({ before });
    await answerAll(page);
    await card(page, 'AA-01').getByLabel('Not at all').check();
    await card(page, 'AA-01').getByLabel('What do you offer instead').fill('Hidden in the end');
    await card(page, 'AA-01').getByLabel('Very well').check();
    await fillSignature(page);
    const { name, file } = await savedAnswers(page, 'Sign and save the answers');
    expect(name).toBe('t-1-sohne-co.json');
    expect(file.values).toEqual(ANSWERS);
    expect(answerFaults(FORM, file.values)).toEqual([]);
    expect(file.form).toEqual({
      title: 'Mail service',
      reference: 'T-1',
      demand: FORM.demand,
      edition: '1',
      language: 'en',
    });
    const hash = createHash('sha256')
      .update(answersText(FORM, 'Söhne & Co', file.values))
      .digest('hex');
    expect(file.declaration).toEqual({ name: 'Ada L.', role: 'Head of sales', date: '2026-11-26', hash });
    await page.getByText(hash).waitFor();
  });

  it('must be signed again after a change', async () => {
    const page = await open();
    await answerAll(page);
    await fillSignature(page);
    await saved(page, 'Sign and save the answers');
    await card(page, 'AA-02').getByLabel('No', { exact: true }).check();
    await page.locator('.signed').getByText('An answer has changed. Please sign again.').waitFor();
    expect(await page.getByLabel('I declare').isChecked()).toBe(false);
  });

  it('come back whole from their file, and an altered file is told', async () => {
    const page = await open();
    await answerAll(page);
    await fillSignature(page);
    const { path, file } = await savedAnswers(page, 'Sign and save the answers');
    const fresh = await open();
    await fresh.getByLabel('Open a saved draft').setInputFiles(path);
    await fresh.getByText('They were signed by Ada L. on 2026-11-26 and have not changed since.').waitFor();
    await progress(fresh, 5);
    expect(await fresh.evaluate('document.activeElement.id')).toBe('file-result');
    const altered = onDisk('altered.json', JSON.stringify({ ...file, values: { ...file.values, 'AA-03': 3 } }));
    fresh.on('dialog', (dialog) => void dialog.accept());
    await fresh.getByLabel('Open a saved draft').setInputFiles(altered);
    await fresh.getByText('but have changed since').waitFor();
    await fillSignature(fresh);
    expect((await savedAnswers(fresh, 'Sign and save the answers')).file.values['AA-03']).toBe(3);
  });

  it('are an Excel file as well, and paper', async () => {
    const page = await open();
    await answerAll(page);
    await card(page, 'BB-02').getByLabel('How do you do it?').fill('=1+1');
    await fillSignature(page);
    await saved(page, 'Sign and save the answers');
    const { name, path } = await saved(page, 'Save as Excel');
    expect(name).toBe('t-1-sohne-co.xlsx');
    const book = new Workbook();
    await book.xlsx.readFile(path);
    expect(book.getWorksheet('Answers')?.getCell('F6').value).toBe('=1+1');
    expect(book.getWorksheet('About')?.getCell('B8').value).toBe('Ada L., Head of sales');
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(`dispatchEvent(new Event('beforeprint'))`);
    const paper = page.locator('.paper');
    await paper.getByText('=1+1').waitFor();
    await paper.getByText('Ada L., Head of sales, 2026-11-26').waitFor();
    expect(await page.locator('main').isVisible()).toBe(false);
  });
});

describe('a draft', () => {
  it('is saved unfinished, with all that was written, and opened in another browser', async () => {
    const page = await open();
    await card(page, 'AA-01').getByLabel('Not at all').check();
    await card(page, 'AA-03').getByLabel('In how many days?').fill('ten');
    const { name, path, file } = await savedAnswers(page, 'Save a draft');
    expect(name).toBe('draft-t-1.json');
    expect(file).toMatchObject({ values: { 'AA-01': 'not', 'AA-03': 'ten' }, declaration: null });
    const fresh = await open();
    await fresh.getByLabel('Open a saved draft').setInputFiles(path);
    await fresh.getByText('Answers in the form now: 2.').waitFor();
    await fresh.getByText('Answers that do not fit their question (1)').waitFor();
    expect(await card(fresh, 'AA-03').getByLabel('In how many days?').inputValue()).toBe('ten');
    await card(fresh, 'AA-03').getByText('Write a number in digits only').waitFor();
  });

  it('takes the place of other answers only when the supplier agrees', async () => {
    const page = await open();
    await card(page, 'AA-01').getByLabel('Not at all').check();
    const { path } = await saved(page, 'Save a draft');
    await card(page, 'AA-01').getByLabel('Very well').check();
    const asked = page.waitForEvent('dialog');
    const chosen = page.getByLabel('Open a saved draft').setInputFiles(path);
    await (await asked).dismiss();
    await chosen;
    expect(await card(page, 'AA-01').getByLabel('Very well').isChecked()).toBe(true);
  });
});

describe('answers to an earlier form', () => {
  it('are taken over where the question is the same, and shown where it has changed', async () => {
    const page = await open();
    await answerAll(page);
    await fillSignature(page);
    const { path } = await saved(page, 'Sign and save the answers');
    const changed: Requirement[] = ASKING.filter(({ id }) => id !== 'BB-01').map((one) =>
      one.id === 'AA-01' ? { ...one, question: { ...one.question, text: text('How well indeed?') } } : one,
    );
    const later = await open({ demand: askingDemand(changed, { title: 'Later mail' }) });
    await card(later, 'BB-02').getByLabel('How do you do it?').fill('By machine.');
    await later.getByLabel('Re-use earlier answers').setInputFiles(path);
    await later.getByText('Taken over from "Mail service" (catalogue 1): 2.').waitFor();
    await later.getByText('The question has changed; please answer anew (1)').waitFor();
    await later.getByText('You had another answer already, which stays (1)').waitFor();
    await later.getByText('questions that this form does not ask; left out: 1.').waitFor();
    expect(await card(later, 'AA-02').getByLabel('Yes', { exact: true }).isChecked()).toBe(true);
    expect(await card(later, 'BB-02').getByLabel('How do you do it?').inputValue()).toBe('By machine.');
    expect(await card(later, 'AA-01').getByLabel('Very well').isChecked()).toBe(false);
    await card(later, 'AA-01').getByText('your earlier answer, which was: "Very well"').waitFor();
    await card(later, 'AA-02').getByText('Taken over from your earlier answers.').waitFor();
    expect(await later.getByLabel('Your organisation').inputValue()).toBe('Söhne & Co');
    expect(await axeViolations(later)).toEqual([]);

    await later.locator('.file-result').getByRole('button', { name: 'AA-01' }).click();
    expect(await focused(later)).toBe('Very well');
    await later.reload();
    await ready(later);
    await card(later, 'AA-02').getByText('Taken over from your earlier answers.').waitFor();
    await card(later, 'AA-02').getByLabel('No', { exact: true }).check();
    await card(later, 'AA-02').getByText('Taken over from your earlier answers.').waitFor({ state: 'detached' });
  });
});

describe('a file that is none of this form', () => {
  const answers = (change: object): string =>
    JSON.stringify({
      schema: 'proviso.answers/1',
      form: { title: 'Mail service', reference: null, demand: FORM.demand, edition: '1', language: 'en' },
      supplier: 'We',
      values: {},
      versions: {},
      declaration: null,
      ...change,
    });
  const other = { title: '<img src=x onerror=alert(1)>', reference: null, demand: 'x', edition: '1', language: 'en' };

  it.each([
    ['no JSON', 'PK\u0003\u0004', 'cannot be read as an answer file'],
    ['another JSON', '{"schema":"proviso.demand-file/1"}', 'is not an answer file'],
    ['broken answers', answers({ values: { 'AA-01': ['well'] } }), 'something is wrong at "values.AA-01"'],
    ['answers to another purchase', answers({ form: other }), 'another purchase: "<img src=x onerror=alert(1)>"'],
    ['a huge file', ' '.repeat(5_000_001), 'is too large to hold answers'],
  ])('is refused: %s', async (_, content, message) => {
    const page = await open();
    await card(page, 'AA-02').getByLabel('Yes', { exact: true }).check();
    await page.getByLabel('Open a saved draft').setInputFiles(onDisk('file.json', content));
    await page.getByRole('alert').getByText(message).waitFor();
    await progress(page, 1);
    expect(await page.locator('img').count()).toBe(0);
  });

  it('shows what it holds as text, and runs nothing', async () => {
    const attack = `</textarea></script><script>window.pwned=1</script><img src=x onerror="window.pwned=1">`;
    const page = await open();
    const values = {
      'AA-01': attack,
      'AA-03': attack,
      'BB-01': attack,
      'BB-02': attack,
      ['__proto__']: attack,
      [attack]: attack,
    };
    await page
      .getByLabel('Open a saved draft')
      .setInputFiles(onDisk('attack.json', answers({ supplier: attack, values })));
    await page.getByText('Answers in the form now: 4.').waitFor();
    await page.getByText('questions that this form does not ask; left out: 2.').waitFor();
    await card(page, 'AA-01').getByText('This answer is none of the choices.').waitFor();
    expect(await card(page, 'BB-02').getByLabel('How do you do it?').inputValue()).toBe(attack);
    await page.evaluate(`dispatchEvent(new Event('beforeprint'))`);
    expect(await page.evaluate('window.pwned')).toBeUndefined();
    expect(await page.locator('img, main script, .paper script').count()).toBe(0);
  });

  it('need not be the attack: a demand with markup in its texts runs nothing either', async () => {
    const attack = `</script><script>window.pwned=1</script><img src=x onerror="window.pwned=1">`;
    const hostile = requirement('AA-01', {
      title: text(attack),
      why: text(attack),
      result: text(attack),
      evidence: [{ type: 'document', text: text(attack) }],
    });
    const page = await open({ demand: askingDemand([hostile], { title: attack, buyer: attack, reference: attack }) });
    await page.getByRole('article').getByLabel('Not', { exact: true }).check();
    expect(await page.evaluate('window.pwned')).toBeUndefined();
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('h1').textContent()).toBe(attack);
  });
});
