import { readFileSync } from 'node:fs';
import { MESSAGE_LANGUAGES } from '@proviso/reading';
import { expect, test } from 'vitest';
import en from '../messages/en.json' with { type: 'json' };
import { messages } from './messages.ts';
import { createProgram } from './program.ts';

test.each(MESSAGE_LANGUAGES)('%s has every message with the same values to fill in', (language) => {
  const texts: Record<string, string> = JSON.parse(
    readFileSync(new URL(`../messages/${language}.json`, import.meta.url), 'utf8'),
  );
  const values = (text: string | undefined): string[] => (text?.match(/\{\w+\}/g) ?? []).sort();
  expect(Object.keys(texts)).toEqual(Object.keys(en));
  for (const [id, text] of Object.entries(en)) expect(values(texts[id]), id).toEqual(values(text));
});

test('values are filled in', () => {
  expect(messages('en')('page', { n: 3 })).toBe('p. 3');
});

test('the command line offers the languages there are', () => {
  const offered = ['read', 'study report'].map((path) => {
    let command = createProgram();
    for (const name of path.split(' ')) command = command.commands.find((sub) => sub.name() === name) ?? command;
    return command.options.find((option) => option.long === '--lang')?.argChoices;
  });
  expect(offered).toEqual([[...MESSAGE_LANGUAGES], [...MESSAGE_LANGUAGES]]);
});
