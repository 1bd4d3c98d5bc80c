import { LANGUAGES } from '@proviso/catalogue';
import { smallCatalogue, text } from '@proviso/catalogue/testing/small-catalogue';
import { describe, expect, it } from 'vitest';
import { fullCatalogue, fullDemand } from '../testing/full-demand.ts';
import { plain, readBack } from '../testing/word-parts.ts';
import { standardCounts } from './standard-counts.ts';
import { toolkit } from './toolkit.ts';

describe.each(LANGUAGES)('the toolkit in %s', (language) => {
  it('has four papers, each as a Word file and as one page with the same words', async () => {
    const catalogue = fullCatalogue();
    const tools = await toolkit(catalogue, language, [fullDemand()]);
    expect(tools.map(({ name }) => name)).toEqual([
      'procurement-policy',
      'yearly-report',
      'standards-explained',
      'training-course',
    ]);
    for (const { name, docx, html } of tools) {
      const { plain: words } = await readBack(docx);
      expect([name, words.match(/\{[\w-]+\}|\{std:/)]).toEqual([name, null]);
      expect(words, name).toContain('Proviso');
      expect(words, name).toContain('ENISA');
      expect(html, name).toContain(`<html lang="${language}">`);
      expect(html, name).not.toMatch(/<script|<link|<img|https?:|@import|url\(/);
      const { plain: page } = await readBack(new TextEncoder().encode(html)).then(({ text: read }) => ({
        plain: plain(read),
      }));
      for (const line of words.split('\n').flatMap((one) => one.split(/ \| |\t/)))
        expect([name, page.includes(line.trim())]).toEqual([name, true]);
    }
  });

  it('explains each standard of the list', async () => {
    const catalogue = fullCatalogue();
    const paper = (await toolkit(catalogue, language)).find(({ name }) => name === 'standards-explained');
    const { plain: words, blocks } = await readBack(paper?.docx ?? new Uint8Array());
    for (const entry of catalogue.standards) {
      expect(
        blocks.some(({ kind, start, end }) => kind === 'heading' && words.slice(start, end) === entry.title[language]),
      ).toBe(true);
      for (const said of [entry.what, entry.why, entry.scope, entry.ask, entry.howToCheck])
        expect(words).toContain(said[language]);
      for (const said of [...entry.specifications, entry.statusSource, entry.adoption, entry.requirement])
        expect(words).toContain(said);
    }
  });
});

describe('the yearly report', () => {
  const reportOf = async (demands: Parameters<typeof toolkit>[2]): Promise<string> => {
    const paper = (await toolkit(fullCatalogue(), 'en', demands)).find(({ name }) => name === 'yearly-report');
    return (await readBack(paper?.docx ?? new Uint8Array())).plain;
  };

  it('is empty to fill in without demands', async () => {
    const words = await reportOf([]);
    expect(words).toContain('No purchases were given.');
    expect(words).toContain('Standard std-a | […] | […] | […] | […]');
  });

  it('is filled in from demands', async () => {
    const words = await reportOf([fullDemand(), fullDemand({ title: 'Web' }, { departures: [] })]);
    expect(words).toContain('Mail, 2026/017 | 6 | 1 | 3 | 1');
    expect(words).toContain('Standard std-a | 2 | 2 | 0 | 0');
    expect(words).toContain('Standard std-b | 2 | 1 | 1 | 0');
    expect(words).toContain('Mail | BB-03 (Title of BB-03): Nobody offers it. Head of ICT 1 June 2027 | accepted');
    expect(words).toContain('AA-01 (Title of AA-01) ~ Nobody offers it. | not normally accepted');
  });

  it('counts a standard that is neither asked for nor explained, and one that only an older edition lists', () => {
    const file = fullDemand();
    file.demand.context.departures = [];
    const counts = standardCounts(fullCatalogue({ standards: [] }), [file], 'en');
    expect(counts).toEqual([
      { title: 'Standard std-a', inScope: 1, asked: 1, explained: 0, neither: 0 },
      { title: 'Standard std-b', inScope: 1, asked: 0, explained: 0, neither: 1 },
    ]);
  });
});

it('works with a catalogue that holds next to nothing', async () => {
  for (const { docx } of await toolkit(smallCatalogue(), 'fr')) expect((await readBack(docx)).problems).toEqual([]);
});

it('escapes what a catalogue holds', async () => {
  const hostile = '<script>alert("x")</script>\u0000';
  const catalogue = fullCatalogue();
  const [first] = catalogue.standards;
  if (first) Object.assign(first, { what: text(hostile), title: text(hostile) });
  for (const { html, docx } of await toolkit(catalogue, 'en')) {
    expect(html).not.toMatch(/<script|\p{Cs}|(?!\n)\p{Cc}/u);
    expect((await readBack(docx)).problems).toEqual([]);
  }
});
