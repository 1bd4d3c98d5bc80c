import type { Catalogue, Language } from '@proviso/catalogue';
import { say, wordsOf } from '../messages.ts';
import { type Block, note, type Paper, title } from '../paper/blocks.ts';
import { termsOf } from '../terms.ts';

/** A paper of the toolkit: its title, whose text it is and from which edition, then its own blocks. */
export function toolPaper(
  catalogue: Catalogue,
  language: Language,
  { name, under, blocks }: { name: string; under: string; blocks: Block[] },
): Paper {
  const words = wordsOf('toolkit', language);
  const { edition, date } = catalogue.edition;
  const entries = [...catalogue.standards, ...catalogue.requirements];
  const draft = entries.some(({ reviewed }) => reviewed[language] === null);
  return {
    language,
    title: name,
    footer: name,
    date,
    blocks: [
      title(name, under),
      note(say(words, 'own')),
      note(say(words, 'edition', { edition, date: termsOf(language).day(date) })),
      ...(draft ? [note(say(words, 'draft'))] : []),
      ...blocks,
    ],
  };
}

/** The standards of a catalogue that are asked for today, by group, in the order of their titles. */
export function standardsByGroup({ standards }: Catalogue, language: Language): Catalogue['standards'] {
  const groups = ['data-protection', 'network', 'web', 'communication', 'identity', 'product'];
  return [...standards].sort(
    (a, b) =>
      groups.indexOf(a.group) - groups.indexOf(b.group) || a.title[language].localeCompare(b.title[language], language),
  );
}

/** `WEB-01 Only HTTPS`; the id alone where the catalogue is only a part of one. */
export function requirementNamed({ requirements }: Catalogue, id: string, language: Language): string {
  const title = requirements.find((one) => one.id === id)?.title[language];
  return title === undefined ? id : `${id} ${title}`;
}
