import { type DemandFile, equivalentFor, type Language } from '@proviso/catalogue';
import { demandPaper, provenance, purchaseFacts } from '../demand-paper.ts';
import { type Entry, grouped } from '../grouped.ts';
import { say, wordsOf } from '../messages.ts';
import { type Block, clause, heading, note, type Paper } from '../paper/blocks.ts';
import { wordFile } from '../paper/word-file.ts';
import { type Terms, termsOf } from '../terms.ts';

/** Contract clauses for the requirements of a demand: numbered, each with its remedy and what remains at the end of the contract. */
export function clausesDocx(file: DemandFile, language: Language): Promise<Uint8Array> {
  return wordFile(clausesPaper(file, language));
}

export function clausesPaper(file: DemandFile, language: Language): Paper {
  const words = wordsOf('clauses', language);
  const terms = termsOf(language);
  return demandPaper(file, language, say(words, 'title'), [
    ...purchaseFacts(file, terms),
    note(say(words, 'note')),
    ...provenance(file, language),
    ...definitions(file, language),
    ...general(file, language),
    ...grouped(file, language, say(words, 'domain-other')).flatMap((group) => [
      heading(1, group.title, { numbered: true }),
      ...group.entries.flatMap((entry) => clauseBlocks(entry, language, terms)),
    ]),
  ]);
}

function definitions({ demand }: DemandFile, language: Language): Block[] {
  const words = wordsOf('clauses', language);
  const { title: purchase, buyer } = demand.context;
  const example = demand.requirements[0]?.id ?? 'GOV-01';
  return [
    heading(1, say(words, 'definitions'), { numbered: true }),
    clause(1, buyer === undefined ? say(words, 'buyer-blank') : say(words, 'buyer-named', { buyer })),
    clause(1, say(words, 'supplier')),
    clause(1, say(words, 'annex', { purchase, example })),
    ...['remedy-term', 'exit-term', 'written'].map((id) => clause(1, say(words, id))),
  ];
}

function general({ demand }: DemandFile, language: Language): Block[] {
  const words = wordsOf('clauses', language);
  const equivalent = equivalentFor(demand.context.country, language) === '' ? [] : ['equivalent'];
  return [
    heading(1, say(words, 'general'), { numbered: true }),
    ...['part-of-contract', 'keep-meeting', 'proof', ...equivalent, 'other-rights', 'no-charge'].map((id) =>
      clause(1, say(words, id)),
    ),
  ];
}

function clauseBlocks({ demanded, words: worded }: Entry, language: Language, terms: Terms): Block[] {
  const words = wordsOf('clauses', language);
  const { id, level } = demanded;
  return [
    clause(
      1,
      { strong: `${worded.title} ` },
      `(${say(words, 'reference', { id, level: terms.level(level) })}). ${worded.clause}`,
    ),
    clause(2, { strong: `${say(words, 'remedy')}. ` }, worded.remedy),
    ...(worded.exit === null ? [] : [clause(2, { strong: `${say(words, 'exit')}. ` }, worded.exit)]),
  ];
}
