import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Language } from '../i18n/language.ts';
import { fill, type Values } from '../i18n/message.ts';

const MESSAGES = join(import.meta.dirname, '../../messages');

export type Say = (area: string, id: string, values?: Values) => string;

/** What pages say, out of their own files: the journey goes on whatever words are chosen. */
export function speaker(language: Language): Say {
  const read = new Map<string, Record<string, string>>();
  return (area, id, values = {}) => {
    const words =
      read.get(area) ??
      (JSON.parse(readFileSync(join(MESSAGES, `${area}.${language}.json`), 'utf8')) as Record<string, string>);
    read.set(area, words);
    const message = words[id];
    if (message === undefined) throw new Error(`messages/${area}.${language}.json has no "${id}".`);
    return fill(message, values, language);
  };
}

export async function type(page: Page, label: string, text: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).first().fill(text);
}

export async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).first().click();
}

/** The second, asking button. */
export async function confirm(page: Page, name: string): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
}

/** Ticks a choice by what it stands for: its words are long, and of the catalogue. */
export async function tick(page: Page, value: string): Promise<void> {
  await page.locator(`input[type=checkbox][value="${value}"]`).first().focus();
  await page.keyboard.press('Space');
}

export async function tickNamed(page: Page, group: string, names: readonly string[]): Promise<void> {
  const boxes = page.getByRole('group', { name: group });
  for (const name of names) {
    await boxes.getByRole('checkbox', { name: new RegExp(`^${name}`) }).focus();
    await page.keyboard.press('Space');
  }
}

export async function choose(page: Page, group: string, value: string): Promise<void> {
  await page.getByRole('radiogroup', { name: group }).locator(`input[value="${value}"]`).focus();
  await page.keyboard.press('Space');
}

/** Waits for a text that was not there before: a link that is shown once. */
export async function other(page: Page, selector: string, before: readonly string[]): Promise<string> {
  await page.waitForFunction(
    ([where, known]) =>
      [...document.querySelectorAll(where as string)].some(
        (one) => !(known as string[]).includes(one.textContent ?? ''),
      ),
    [selector, before] as const,
  );
  const now = await page.locator(selector).allInnerTexts();
  return now.find((one) => !before.includes(one)) ?? '';
}

/** Answers every question that the form shows, and those that the answers bring up: supplier 0 best of all. */
export async function answerAll(page: Page, n: number): Promise<void> {
  for (let round = 0; round < 5; round++) {
    const changed = await page.evaluate(answerShown, n);
    if (changed === 0) return;
    await page.waitForTimeout(100);
  }
}

function answerShown(n: number): number {
  let changed = 0;
  const visible = (one: HTMLElement): boolean => one.offsetParent !== null;
  const groups = new Map<string, HTMLInputElement[]>();
  for (const one of document.querySelectorAll<HTMLInputElement>('article input[type=radio]'))
    if (visible(one)) groups.set(one.name, [...(groups.get(one.name) ?? []), one]);
  for (const radios of groups.values()) {
    if (radios.some(({ checked }) => checked)) continue;
    // Choices go from the best to none. The third supplier falls short once, and says what it offers instead.
    radios[n === 2 && !changed ? 2 : Math.min(n, 1)]?.click();
    changed++;
  }
  for (const one of document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>(
    'article input:not([type=radio], [type=checkbox], [type=file]), article textarea, article select',
  )) {
    if (!visible(one) || one.value !== '' || one.getAttribute('aria-required') !== 'true') continue;
    one.value =
      one instanceof HTMLSelectElement
        ? (one.options[1]?.value ?? '')
        : one.getAttribute('inputmode') || one.type === 'number'
          ? '12'
          : 'Comme le dit notre manuel.';
    one.dispatchEvent(new Event('input', { bubbles: true }));
    one.dispatchEvent(new Event('change', { bubbles: true }));
    changed++;
  }
  return changed;
}

/** The first score with the page's own keys; the others, which are many, as the page would send them. */
export async function scoreAll(page: Page, at: string, n: number, say: Say): Promise<void> {
  const card = page.locator('.offer-card').first();
  await card.locator('input[type=radio]').first().focus();
  await page.keyboard.press(String(2 + (n % 2)));
  await page.getByRole('progressbar', { name: say('evaluate', 'progress') }).waitFor();
  await page.waitForFunction(() => document.querySelector('.offer-card input:checked') !== null);
  const failed = await page.evaluate(scoreOthers, [at, n] as const);
  if (failed.length > 0) throw new Error(failed.join('\n'));
}

async function scoreOthers([at, n]: readonly [string, number]): Promise<string[]> {
  const view = await (await fetch(`${at}/evaluation`)).json();
  const { version } = await (await fetch(at)).json();
  const failed: string[] = [];
  const cells = view.offers.flatMap((offer: { id: string; claimed: Record<string, number | null> }) =>
    view.lines.map((line: { id: string }) => ({
      offer: offer.id,
      requirement: line.id,
      claimed: offer.claimed[line.id] ?? null,
    })),
  );
  for (const [index, { offer, requirement, claimed }] of cells.entries()) {
    if (
      view.mine.some(
        (one: { offer: string; requirement: string }) => one.offer === offer && one.requirement === requirement,
      )
    )
      continue;
    // The first differs by who scores; so there is one thing to agree on.
    const value = index === 0 ? 2 + (n % 2) : Math.max(claimed ?? 2, 1);
    const answer = await fetch(`${at}/commands/score.write`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ version, input: { offer, requirement, value, reason: null } }),
    });
    if (!answer.ok) {
      const said = await answer.text();
      // What an offer left open is scored by the rule, not by a person.
      if (!said.includes('nothing-to-score')) failed.push(`${requirement} ${answer.status} ${said.slice(0, 200)}`);
    }
  }
  return failed.slice(0, 3);
}
