import type { DemandFile, Language } from '@proviso/catalogue';
import { say, wordsOf } from './messages.ts';
import { type Block, detail, note, type Paper, title } from './paper/blocks.ts';
import type { Terms } from './terms.ts';

/** A paper of a demand: its name over the purchase at the top, the reference at the foot, and the day of the catalogue, so that it is the same each time. */
export function demandPaper(file: DemandFile, language: Language, name: string, blocks: readonly Block[]): Paper {
  const { title: purchase, reference } = file.demand.context;
  return {
    language,
    title: `${name} – ${purchase}`,
    footer: [name, reference ?? purchase].join(' – '),
    date: file.catalogue.edition.date,
    blocks: [title(name, purchase), ...blocks],
  };
}

/** What is bought, by whom, and from which edition of the catalogue: the head of every paper of a demand. */
export function purchaseFacts({ demand, catalogue }: DemandFile, terms: Terms): Block[] {
  const { title: purchase, reference, buyer } = demand.context;
  const { edition, date } = catalogue.edition;
  return [
    detail(terms.say('purchase'), purchase),
    ...(reference === undefined ? [] : [detail(terms.say('reference'), reference)]),
    ...(buyer === undefined ? [] : [detail(terms.say('buyer'), buyer)]),
    detail(terms.say('edition'), terms.say('edition-value', { edition, date: terms.day(date) })),
  ];
}

/** What must be said near the top of every paper of a demand: whose catalogue it is, and whether its words were reviewed. */
export function provenance({ demand, catalogue }: DemandFile, language: Language): Block[] {
  const named = new Set(demand.requirements.map(({ id }) => id));
  const draft = catalogue.requirements.some(({ id, reviewed }) => named.has(id) && reviewed[language] === null);
  return [note(catalogue.edition.note[language]), ...(draft ? [note(say(wordsOf('paper', language), 'draft'))] : [])];
}
