import { readdirSync, readFileSync } from 'node:fs';
import { MESSAGE_LANGUAGES } from '@proviso/reading';
import { describe, expect, it } from 'vitest';
import type { Message, Messages } from './client/say.ts';

const FOLDER = new URL('./messages/', import.meta.url);
const load = (language: string): Messages =>
  JSON.parse(readFileSync(new URL(`${language}.json`, FOLDER), 'utf8')) as Messages;

/** Every message with its id, plural forms apart. */
function flat(messages: Message, path = ''): Map<string, string> {
  if (typeof messages === 'string') return new Map([[path, messages]]);
  return new Map(
    Object.entries(messages).flatMap(([id, message]) => [...flat(message, path === '' ? id : `${path}.${id}`)]),
  );
}

const slots = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort();
const english = flat(load('en'));

describe.each(MESSAGE_LANGUAGES)('the words of the report in %s', (language) => {
  const own = flat(load(language));

  it('are all there, and no others', () => expect([...own.keys()].sort()).toEqual([...english.keys()].sort()));

  it('fill in the same things', () => {
    for (const [id, text] of own) {
      expect(text.trim(), id).not.toBe('');
      // A singular form may leave its number out.
      const optional = id.endsWith('.one') ? ['n'] : [];
      const wanted = slots(english.get(id) ?? '').filter((slot) => !optional.includes(slot));
      expect(
        slots(text).filter((slot) => !optional.includes(slot)),
        id,
      ).toEqual(wanted);
    }
  });
});

it('every message is used by some part of the report', () => {
  const client = new URL('./client/', import.meta.url);
  const code = [...readdirSync(client).map((name) => new URL(name, client)), new URL('./render.ts', import.meta.url)]
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  // Ids that are put together from a value: `by` + grouping, `only` + filter, and the like.
  const composed =
    /^(?:by[A-Z_]|only|theme[A-Z]|stated|change[A-Z]|nav\.|reason\.|level\.|(?:scope|security|standards)Short)/;
  const unused = [...new Set([...english.keys()].map((id) => id.replace(/\.(?:one|other)$/, '')))].filter(
    (id) => !composed.test(id) && !code.includes(`'${id}'`),
  );
  expect(unused).toEqual([]);
});
