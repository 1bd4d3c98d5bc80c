import type { Catalogue, Context, DemandFile, Language } from '@proviso/catalogue';
import { say, wordsOf } from '../messages.ts';
import { type Block, heading, table, text } from '../paper/blocks.ts';

type Vocabulary = Catalogue['vocabulary'];

/** Facts of a purchase in the order they are told, each with the list of the vocabulary that holds its words. */
const FACTS = [
  ['kinds', 'kinds'],
  ['types', 'types'],
  ['services', 'services'],
  ['assets', 'assets'],
  ['criticality', 'criticality'],
  ['exposure', 'exposure'],
  ['personalData', 'personalData'],
  ['remoteAccess', 'remoteAccess'],
  ['hosting', 'hosting'],
  ['development', 'development'],
  ['alternatives', 'alternatives'],
  ['valueBand', 'valueBand'],
  ['sector', 'sectors'],
] as const satisfies readonly (readonly [keyof Context, keyof Vocabulary])[];

/** The answers that the demand was derived from, in the words of the vocabulary. */
export function purchaseBlocks({ demand: { context }, catalogue }: DemandFile, language: Language): Block[] {
  const words = wordsOf('justification', language);
  const inWords = (list: keyof Vocabulary, value: string): string =>
    (catalogue.vocabulary[list] as Vocabulary['types']).find(({ id }) => id === value)?.text[language] ?? value;
  const countries = new Intl.DisplayNames(language, { type: 'region' });
  return [
    heading(1, say(words, 'purchase')),
    text(say(words, 'purchase-intro')),
    table(
      [
        { head: say(words, 'fact'), width: 30 },
        { head: say(words, 'answer'), width: 70 },
      ],
      [
        ...FACTS.map(([fact, list]) => [
          say(words, fact),
          { paragraphs: [context[fact]].flat().map((value) => [inWords(list, value)]) },
        ]),
        [say(words, 'ai'), say(words, context.ai ? 'yes' : 'no')],
        [say(words, 'contractMonths'), say(words, 'months', { months: context.contractMonths })],
        [say(words, 'country'), countries.of(context.country) ?? context.country],
      ],
    ),
  ];
}

/** Laws that were presumed, added and taken out. */
export function lawBlocks({ demand, catalogue }: DemandFile, language: Language): Block[] {
  const words = wordsOf('justification', language);
  const { add, remove } = demand.context.laws;
  return [
    heading(1, say(words, 'laws')),
    text(say(words, 'laws-intro')),
    catalogue.laws.length === 0
      ? text(say(words, 'laws-none'))
      : table(
          [
            { head: say(words, 'law'), width: 36 },
            { head: say(words, 'law-note'), width: 42 },
            { head: say(words, 'law-ground'), width: 22 },
          ],
          catalogue.laws.map(({ id, title, citation, note }) => [
            { paragraphs: [[title[language]], [citation]] },
            note[language],
            say(words, add.includes(id) ? 'law-added' : 'law-presumed'),
          ]),
        ),
    ...(remove.length === 0 ? [] : [text(say(words, 'laws-removed', { laws: remove.join(', ') }))]),
  ];
}
