import type { Block, Document } from '@proviso/documents';
import { parse } from '@proviso/documents';
import { expect, test } from 'vitest';
import { demandingBlocks } from './blocks.ts';
import { loadTenderWords, type TenderLanguage } from './tender-words.ts';

async function demanding(markdown: string, language: TenderLanguage): Promise<string[]> {
  const document: Document = await parse(new TextEncoder().encode(markdown), 'a.md');
  const flags = demandingBlocks(document, loadTenderWords(language));
  const text = ({ start, end }: Block): string => document.text.slice(start, end);
  return document.blocks.filter((_, i) => flags[i] === 1).map(text);
}

test.each<[TenderLanguage, string]>([
  ['en', 'Requirement'],
  ['fr', 'Exigence'],
  ['nl', 'Eis'],
  ['de', 'Anforderung'],
])('a table of demands is told by its head, in %s', async (language, head) => {
  const table = `| No. | ${head} |\n|---|---|\n| 1 | TLS |\n| 2 | IPv6 |\n`;
  expect(await demanding(table, language)).toEqual(['1 | TLS', '2 | IPv6']);
});

test('a row is told by its own mark, and one that is marked a wish is none', async () => {
  const table =
    '| No. | Subject | Type |\n|---|---|---|\n| 1 | TLS | Must |\n| 2 | IPv6 | Desirable |\n| 3 | NTP | |\n';
  expect(await demanding(table, 'en')).toEqual(['1 | TLS | Must']);
});

test('a paragraph is told by its label; a heading with one asks nothing', async () => {
  expect(
    await demanding('# Requirement 1: logs\n\nRequirement 12: keep logs.\n\nThe requirement is old.\n', 'en'),
  ).toEqual(['Requirement 12: keep logs.']);
});
