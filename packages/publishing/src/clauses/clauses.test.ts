import { LANGUAGES, worded } from '@proviso/catalogue';
import { describe, expect, it } from 'vitest';
import { fullDemand } from '../testing/full-demand.ts';
import { readBack } from '../testing/word-parts.ts';
import { clausesDocx } from './clauses.ts';

describe.each(LANGUAGES)('the clauses in %s', (language) => {
  it('hold every requirement with its clause, remedy, duty at the end and number', async () => {
    const file = fullDemand();
    const { plain: text, blocks } = await readBack(await clausesDocx(file, language));
    expect(text).not.toMatch(/\{[\w-]+\}|\{std:/);
    for (const demanded of file.demand.requirements) {
      const words = worded(file.demand, demanded, file.catalogue, language);
      const block = blocks.find(({ start, end }) => text.slice(start, end).startsWith(`${words.title} (`));
      if (!block) throw new Error(`${words.id} has no clause`);
      const clause = text.slice(block.start, block.end);
      expect(clause).toContain(` ${words.id} `);
      expect(clause).toContain(words.clause);
      expect(block.number).toMatch(/^\d+\.\d+$/);
      const after = blocks.slice(blocks.indexOf(block) + 1, blocks.indexOf(block) + 3);
      expect(text.slice(after[0]?.start, after[0]?.end)).toContain(words.remedy);
      expect(after[0]?.number).toBe('(a)');
      if (words.exit) expect(text.slice(after[1]?.start, after[1]?.end)).toContain(words.exit);
    }
  });
});

it('numbers articles and clauses in one run, definitions first', async () => {
  const { text, blocks } = await readBack(await clausesDocx(fullDemand(), 'en'));
  const articles = blocks
    .filter(({ kind, number }) => kind === 'heading' && number)
    .map(({ number, start, end }) => `${number} ${text.slice(start, end)}`);
  expect(articles).toEqual(['1 Definitions', '2 General', '3 Domain AA', '4 Domain BB', '5 Other clauses']);
  expect(text).toContain('“Buyer”: Province');
});

it('leaves the name of the buyer to be filled in where the purchase does not tell it', async () => {
  const file = fullDemand();
  delete file.demand.context.buyer;
  expect((await readBack(await clausesDocx(file, 'en'))).text).toContain('[name of the buyer]');
});
