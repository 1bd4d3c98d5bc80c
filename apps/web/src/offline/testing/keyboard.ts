import type { Page } from 'playwright-core';

/** The field that has the focus. */
interface Focused {
  id: string;
  tag: string;
  type: string;
  text: string;
  value: string;
  required: boolean;
  decimal: boolean;
  /** Is one of its group chosen, or its box ticked? */
  chosen: boolean;
}

/** More presses of Tab than any form of the catalogue needs. */
const MOST = 1_500;

/**
 * Fills a supplier's form, online or offline, by the keyboard alone, from its first field to the button `last`, and leaves the focus there.
 * Every question gets its first choice or `text`; `own` is what goes into fields by their ids.
 * @throws Error where Tab never comes to the button
 */
export async function fillByKeyboard(
  page: Page,
  { text, own, last }: { text: string; own: Readonly<Record<string, string>>; last: string },
): Promise<void> {
  for (let press = 0; press < MOST; press += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(focused);
    if (at.tag === 'BUTTON' && at.text === last) return;
    if (Object.hasOwn(own, at.id)) {
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.insertText(own[at.id] ?? '');
    } else if ((at.type === 'radio' || at.id === 'sign-tick') && !at.chosen) await page.keyboard.press('Space');
    else if (at.required && at.value === '' && ['text', 'textarea'].includes(at.type))
      await page.keyboard.insertText(at.decimal ? '12' : text);
    else if (at.required && at.value === '' && at.type === 'date') await page.keyboard.type('01312026');
  }
  throw new Error(`"${last}" was not reached by Tab.`);
}

function focused(): Focused {
  const one = document.activeElement as HTMLInputElement;
  const group = one.type === 'radio' ? [...document.getElementsByName(one.name)] : [one];
  return {
    id: one.id,
    tag: one.tagName,
    type: one.type ?? '',
    text: one.textContent ?? '',
    value: one.value ?? '',
    required: one.getAttribute('aria-required') === 'true',
    decimal: one.getAttribute('inputmode') === 'decimal',
    chosen: group.some((other) => (other as HTMLInputElement).checked),
  };
}
