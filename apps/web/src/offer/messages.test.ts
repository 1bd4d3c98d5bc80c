import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { LANGUAGES } from '../i18n/language.ts';
import { namesIn } from '../i18n/message.ts';

const SOURCE = join(import.meta.dirname, '..');
const AREAS = ['offer', 'offline', 'candidates', 'opening', 'evaluate', 'award', 'suppliers', 'library'] as const;

const messages = (area: string, language: string): Record<string, string> =>
  JSON.parse(readFileSync(join(SOURCE, '..', 'messages', `${area}.${language}.json`), 'utf8'));

/** Ids that the code names in full: `t('id'` in pages, `say('id'` in the supplier's page. */
function idsIn(area: string): string[] {
  const files = readdirSync(join(SOURCE, area)).filter((name) => /\.tsx?$/.test(name) && !name.includes('.test.'));
  const code = files.map((name) => readFileSync(join(SOURCE, area, name), 'utf8')).join('\n');
  const said = [...code.matchAll(/\b(?:t|say)\(\s*'([a-z0-9-]+)'/g)].map((match) => match[1] ?? '');
  return [...new Set(said)];
}

describe.each(AREAS)('the words of %s', (area) => {
  const english = messages(area, 'en');
  it.each(LANGUAGES)('have the same ids and marks in %s', (language) => {
    const own = messages(area, language);
    expect(Object.keys(own)).toEqual(Object.keys(english));
    for (const [id, text] of Object.entries(own)) {
      expect(text.trim(), id).not.toBe('');
      expect(namesIn(text), id).toEqual(namesIn(english[id] ?? ''));
    }
  });

  it('are all there that the code says', () => {
    const form = JSON.parse(
      readFileSync(join(SOURCE, '../../../packages/publishing/compiled/messages/offline-form.en.json'), 'utf8'),
    ).content;
    const known =
      { offer: { ...form, ...english }, offline: { ...form, ...messages('offer', 'en'), ...english } }[
        area as string
      ] ?? english;
    const ids = idsIn(area);
    expect(ids.length).toBeGreaterThan(10);
    expect(ids.filter((id) => !Object.hasOwn(known, id))).toEqual([]);
  });
});

it('names the values of the three answers as the codebook does', () => {
  const codebook = parse(readFileSync(join(SOURCE, '../../../packages/reading/codebook/proviso-1.yaml'), 'utf8'));
  for (const language of LANGUAGES)
    for (const scale of ['scope', 'security', 'standards'])
      for (const { id, label } of codebook.scales[scale].values)
        expect(messages('library', language)[`${scale}-${id}`]).toBe(label[language]);
});
