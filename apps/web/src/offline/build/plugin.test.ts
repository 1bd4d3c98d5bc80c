import { readFileSync } from 'node:fs';
import { Script } from 'node:vm';
import { beforeAll, describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../i18n/language.ts';
import { type OfflineForm, offlineForm } from './plugin.ts';

let made: OfflineForm;
beforeAll(async () => {
  made = await offlineForm();
}, 60_000);

const formWords = (language: string): Record<string, string> =>
  JSON.parse(
    readFileSync(
      new URL(`../../../../../packages/publishing/compiled/messages/offline-form.${language}.json`, import.meta.url),
      'utf8',
    ),
  ).content;

describe('the script of the offline form', () => {
  it('is one that parses, and can stand in a page', () => {
    expect(() => new Script(made.script)).not.toThrow();
    expect(made.script).not.toMatch(/<\/script|<!--/i);
  });

  it('has one implementation of sealing in it, without curves that no purchase uses', () => {
    expect(made.script.split('mlkem768x25519').length).toBeGreaterThan(1);
    expect(made.script).toContain('proviso.offer-part/1');
    expect(made.script).not.toMatch(/ffffffff00000001000000000000000000000000ffffffff/i);
    // 400 KB are for the whole form; its requirements and words take up to 190.
    expect(Buffer.byteLength(made.script)).toBeLessThan(170_000);
  });

  it('is the same each time, so that its checksum can be', async () => expect(await offlineForm()).toEqual(made));
});

/** How ids of this form begin. */
const OURS = /^(?:seal|sealed|key|price|lot|file|files|invitation|fault|send|trouble)-/;

describe('the words that go with it', () => {
  it.each(LANGUAGES)('are all that the script says, in %s', (language) => {
    const known = { ...formWords(language), ...made.words[language] };
    const said = [...made.script.matchAll(/\b\w{1,3}\(`([a-z]+(?:-[a-z]+)+)`[,)]/g)].map((match) => match[1] ?? '');
    // Among them the one code of sealing that this page throws itself.
    const ids = said.filter((id) => id !== 'file-changed' && (Object.hasOwn(known, id) || OURS.test(id)));
    expect(ids.length).toBeGreaterThan(30);
    expect(ids.filter((id) => !Object.hasOwn(known, id))).toEqual([]);
    expect(Object.keys(made.words[language] ?? {}).sort()).toEqual(Object.keys(made.words.en ?? {}).sort());
  });
});
