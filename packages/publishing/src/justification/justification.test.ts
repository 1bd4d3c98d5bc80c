import { LANGUAGES } from '@proviso/catalogue';
import { describe, expect, it } from 'vitest';
import { fullCatalogue, fullDemand } from '../testing/full-demand.ts';
import { readBack } from '../testing/word-parts.ts';
import { justificationDocx } from './justification.ts';

describe.each(LANGUAGES)('the justification in %s', (language) => {
  it('says of every requirement of the catalogue why it is in or out', async () => {
    const file = fullDemand();
    const { plain: text, blocks } = await readBack(await justificationDocx(file, language));
    expect(text).not.toMatch(/\{[\w-]+\}|\{std:/);
    const firstWords = blocks.map(({ start, end }) => text.slice(start, end));
    for (const { id } of [...file.demand.requirements, ...file.demand.excluded]) {
      const title = file.catalogue.requirements.find((one) => one.id === id)?.title[language];
      expect([id, firstWords.some((words) => words.startsWith(`${id} ${title}`))]).toEqual([id, true]);
    }
    for (const { id } of file.demand.risks) expect(text).toContain(`${id} Title of ${id}`);
  });
});

describe('in words', () => {
  it.each([
    // The matrix says its ratings in words.
    'Likelihood 5: very likely | medium | high | high | critical\nRSK-01 | critical',
    'RSK-01 Title of RSK-01 | critical (20)',
    'Reached from outside. (likelihood +1)',
    // Reasons: risk and need, law and article, scope of a standard, added.
    'Of what is asked for, only this answers the risk “Title of RSK-01” (RSK-01), which is rated critical.',
    'Law A (Directive (EU) 2022/2555), Article 21, asks for it, at level standard at least.',
    'The purchase falls within the scope of the standard Standard std-a: Scope of std-a.',
    'The buyer added it. See departures.',
    // Proportion.
    'Law A (Directive (EU) 2022/2555) sets “days” to 3 days, which is stricter than the level.',
    // Out.
    'AA-02 Title of AA-02 | What it would answer is already answered by AA-01.',
    'AA-04 Title of AA-04 | It is for another kind of purchase',
    'BB-03 Title of BB-03 | Left out on purpose. See departure 1.',
    // Open, and departures with what comply or explain prints.
    'RSK-01 Title of RSK-01 | so | critical',
    'Departure 2: AA-01 Title of AA-01',
    'level set to advanced',
    '“days” set to 11 days',
    'added at level basic',
    'Comply-or-explain policies do not normally accept a reason of this kind.',
    'BB-03 (Title of BB-03): Nobody offers it. Head of ICT 1 June 2027',
    'Needs that stay open: 1.',
    'Made from the catalogue with SHA-256 h.',
  ])('%s', async (said) => {
    expect(await justified()).toContain(said);
  });

  it('says why the others are out', async () => {
    const file = fullDemand({}, { departures: [] });
    const { plain: text } = await readBack(await justificationDocx(file, 'en'));
    expect(text).toContain('RSK-02: rated low; asked for from critical on.');
    expect(text).toContain('BB-02 Title of BB-02 | No risk, law or standard in this purchase calls for it.');
    expect(text).toContain('None. Everything that was derived is asked for.');
    expect(text).toContain('None. Every need is answered.');
  });

  it('says so where nothing was found', async () => {
    const empty = fullCatalogue({ risks: [], standards: [], laws: [] });
    const { text } = await readBack(
      await justificationDocx(fullDemand({}, { catalogue: empty, departures: [] }), 'en'),
    );
    expect(text).toContain('No risk of the catalogue touches this purchase.');
    expect(text).toContain('No law of the catalogue was presumed to apply.');
    expect(text).toContain('No requirement is asked for.');
  });

  it('says what was capped because the purchase is small', async () => {
    const catalogue = fullCatalogue();
    const file = fullDemand({}, { catalogue, departures: [] });
    const [one] = file.demand.requirements;
    one?.notes.push({ kind: 'capped-by-value', from: 'advanced' });
    expect((await readBack(await justificationDocx(file, 'en'))).text).toContain(
      'The risks would call for level advanced. Because the purchase is small',
    );
  });
});

let kept: string | undefined;
async function justified(): Promise<string> {
  kept ??= (await readBack(await justificationDocx(fullDemand(), 'en'))).plain;
  return kept;
}

it('carries hostile words of a departure as words', async () => {
  const [first, ...rest] = fullDemand().demand.context.departures;
  if (!first) throw new Error('the fixture has departures');
  const hostile = '</w:p><script>\u0000 {requirement} {{x}} & "';
  const file = fullDemand({}, { departures: [{ ...first, text: hostile, owner: hostile }, ...rest] });
  const { text, problems } = await readBack(await justificationDocx(file, 'en'));
  expect(problems).toEqual([]);
  expect(text).toContain('</w:p><script> {requirement} {{x}} & "');
});
