import { LANGUAGES, worded } from '@proviso/catalogue';
import { describe, expect, it } from 'vitest';
import { wordsOf } from '../messages.ts';
import { fullCatalogue, fullDemand } from '../testing/full-demand.ts';
import { partOf, plain, readBack } from '../testing/word-parts.ts';
import { annexDocx } from './annex.ts';

describe.each(LANGUAGES)('the annex in %s', (language) => {
  it('holds every requirement of the demand, marks filled', async () => {
    const file = fullDemand();
    const { plain: text, blocks } = await readBack(await annexDocx(file, language));
    expect(text).not.toMatch(/\{[\w-]+\}|\{std:/);
    const headings = blocks.filter(({ kind }) => kind === 'heading').map(({ start, end }) => text.slice(start, end));
    for (const demanded of file.demand.requirements) {
      const words = worded(file.demand, demanded, file.catalogue, language);
      expect(headings).toContain(plain(`${words.id} ${words.title}`));
      for (const said of [words.sentence, words.acceptance, ...words.evidence.map((one) => one.text)])
        expect(text).toContain(said);
    }
    expect(file.demand.requirements.map(({ id }) => id)).toEqual([
      'AA-01',
      'AA-03',
      'AA-05',
      'BB-01',
      'BB-02',
      'ZZ-01',
    ]);
  });
});

describe('what a supplier reads', () => {
  it('has the purchase, the marks of knock-outs, weights in percent, proofs and standards', async () => {
    const { plain: text, title } = await readBack(await annexDocx(fullDemand(), 'en'));
    expect(title).toBe('Annex: security requirements');
    for (const said of [
      'Mail',
      '2026/017',
      'Province',
      'edition 1 of 1 January 2026',
      'AA-01 | Title of AA-01 | advanced | Knock-out | ',
      'BB-01 | Title of BB-01 | advanced | no | ',
      'Signatures (check of the running system)',
      'Paper read (check of what you hand in)',
      'Standard std-a | RFC 9364 (or equivalent)',
      'within 11 days',
    ])
      expect(text).toContain(said);
    const weights = [...text.matchAll(/^[A-Z]{2}-\d\d \|.*\| ([\d.]+)%$/gm)].map(([, share]) => Number(share));
    expect(weights.reduce((sum, share) => sum + share, 0)).toBeCloseTo(100, 5);
  });

  it('has the fingerprint of the keys once there are some, and no word of a key before', async () => {
    const fingerprint = Array(16).fill('0f1e').join(' ');
    for (const language of LANGUAGES) {
      const heading = wordsOf('annex', language).key ?? '';
      const { plain: text } = await readBack(await annexDocx(fullDemand(), language, { fingerprint }));
      for (const said of [heading, fingerprint]) expect(text).toContain(said);
      expect((await readBack(await annexDocx(fullDemand(), language))).plain).not.toContain(heading);
    }
  });

  it('learns nothing of what was weighed, left out or left open', async () => {
    const { text } = await readBack(await annexDocx(fullDemand(), 'en'));
    for (const secret of ['RSK-', 'BB-03', 'Standard std-b', 'Nobody offers it', 'Head of ICT', 'Law A'])
      expect(text).not.toContain(secret);
  });

  it('does not speak of equivalents where the law does not ask for them', async () => {
    const file = fullDemand();
    file.demand.context.country = 'US';
    expect((await readBack(await annexDocx(file, 'en'))).text).not.toContain('equivalent');
  });

  it('has no table of standards where none is asked for', async () => {
    const file = fullDemand({}, { catalogue: fullCatalogue({ standards: [] }), departures: [] });
    expect((await readBack(await annexDocx(file, 'en'))).text).toContain('No standard of the list is asked for');
  });
});

describe('hostile words', () => {
  it.each([
    ['markup', '</w:t></w:r></w:p><script>alert(1)</script>&amp;<![CDATA[x]]>'],
    ['control characters', 'a\u0000\u0008\u001b\ufffe\ud800b'],
    ['marks of our own', '{level} {{proviso}} {{title}} {std:RFC 1}'],
    ['a long word', 'x'.repeat(60_000)],
    ['lines', 'one\ntwo\r\n\r\nthree'],
    ['nothing to see', '\u202e\u200b'],
  ])('%s do no harm', async (_, words) => {
    const file = await annexDocx(fullDemand({ title: words, buyer: words, reference: words }), 'en');
    const document = await readBack(file);
    expect(document.problems.filter(({ fatal }) => fatal)).toEqual([]);
    expect(document.text).toContain('Title of AA-01');
    expect(partOf(file, 'word/document.xml')).not.toMatch(/<script|\p{Cs}|\p{Cc}|\ufffe/u);
  });
});
