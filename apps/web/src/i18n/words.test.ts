import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from './language.ts';
import { namesIn } from './message.ts';

const MESSAGES = join(import.meta.dirname, '../../messages');
const SOURCE = join(import.meta.dirname, '..');
const files = readdirSync(MESSAGES);
const areas = [...new Set(files.map((name) => name.split('.')[0] ?? ''))];

function read(area: string, language: string): Record<string, string> {
  return JSON.parse(readFileSync(join(MESSAGES, `${area}.${language}.json`), 'utf8')) as Record<string, string>;
}

describe.each(areas)('the words of %s', (area) => {
  it('are the same in every language, and want the same values', () => {
    const english = read(area, 'en');
    for (const language of LANGUAGES) {
      const words = read(area, language);
      expect(Object.keys(words).sort(), language).toEqual(Object.keys(english).sort());
      for (const [id, text] of Object.entries(words)) {
        expect(text.trim(), `${id} ${language}`).not.toBe('');
        expect(namesIn(text), `${id} ${language}`).toEqual(namesIn(english[id] ?? ''));
      }
    }
  });
});

describe('the code', () => {
  const sources = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.tsx') && !name.startsWith('offer'))
    .map((name) => ({ name, text: readFileSync(join(SOURCE, name), 'utf8') }));

  it('says only what the message files hold', () => {
    const missing: string[] = [];
    for (const { name, text } of sources) {
      const said = [...text.matchAll(/const (\w+) = useWords\('([\w-]+)'\)/g)].map(([, variable = '', area = '']) => ({
        variable,
        words: read(area, 'en'),
      }));
      for (const variable of new Set(said.map((one) => one.variable))) {
        const known = said.filter((one) => one.variable === variable).flatMap(({ words }) => Object.keys(words));
        for (const [, id = ''] of text.matchAll(new RegExp(`\\b${variable}\\(\\s*'([^']+)'`, 'g')))
          if (!known.includes(id)) missing.push(`${name}: ${variable}('${id}')`);
        for (const [, head = ''] of text.matchAll(new RegExp(`\\b${variable}\\(\\s*\`([^\`$]*)\\$`, 'g')))
          if (!known.some((id) => id.startsWith(head))) missing.push(`${name}: ${variable}(\`${head}…\`)`);
      }
    }
    expect(missing).toEqual([]);
  });

  it('puts nothing into a page as markup', () => {
    expect(sources.filter(({ text }) => text.includes('dangerouslySetInnerHTML')).map(({ name }) => name)).toEqual([]);
  });
});
