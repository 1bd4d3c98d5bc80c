import { expect, test } from 'vitest';
import { reader as html } from './html.ts';
import { reader as markdown } from './markdown.ts';
import { reader as plain } from './plain.ts';
import { documentOf } from './testing/blocks-of.ts';
import { reader as xml } from './xml.ts';

const SMALL = { maxChars: 20_000, maxBlocks: 200 };

test.each([
  ['text: one line', plain, 'Use TLS. '.repeat(100_000)],
  ['text: lines', plain, 'a\n\n'.repeat(100_000)],
  ['text: rows of values', plain, 'a,b,c\n'.repeat(100_000)],
  ['text: one row of values', plain, 'a,'.repeat(100_000)],
  ['Markdown: headings', markdown, '# A\n'.repeat(100_000)],
  ['HTML: one paragraph', html, `<p>${'Use TLS. '.repeat(100_000)}`],
  ['HTML: paragraphs', html, '<p>a'.repeat(100_000)],
  ['HTML: rows of one table', html, `<table>${'<tr><td>a<td>b'.repeat(100_000)}`],
  ['XML: elements', xml, `<a>${'<p>word</p>'.repeat(100_000)}</a>`],
] as const)('%s past the bounds are left out, and it is said', async (name, reader, text) => {
  const document = await documentOf(reader, text, name.includes('values') ? 'file.csv' : 'file', SMALL);
  expect(document.blocks.length).toBeLessThanOrEqual(SMALL.maxBlocks);
  expect(document.text.length).toBeLessThanOrEqual(SMALL.maxChars);
  expect(document.problems.map((problem) => problem.code)).toContain('cut');
});

test('a row with many cells counts as more than one block', async () => {
  const row = `${Array(40).fill('cell').join(',')}\n`;
  const document = await documentOf(plain, row.repeat(100), 'file.csv', { maxChars: 1_000_000, maxBlocks: 200 });
  expect(document.blocks.length).toBeGreaterThan(10);
  expect(document.blocks.length).toBeLessThan(30);
});
