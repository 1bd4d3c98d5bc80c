import type { Catalogue, Language, StandardEntry } from '@proviso/catalogue';
import { say, wordsOf } from '../messages.ts';
import { type Block, detail, heading, meta, type Paper, table, text } from '../paper/blocks.ts';
import { termsOf } from '../terms.ts';
import { requirementNamed, standardsByGroup, toolPaper } from './tool-paper.ts';

/** A page on each standard of the list, for officers: what, why, when and how to ask, how to check, status, specifications. */
export function standardsPaper(catalogue: Catalogue, language: Language): Paper {
  const words = wordsOf('standards-explained', language);
  const standards = standardsByGroup(catalogue, language);
  return toolPaper(catalogue, language, {
    name: say(words, 'title'),
    under: say(words, 'under'),
    blocks: [
      text(say(words, 'intro')),
      heading(1, say(words, 'list')),
      overview(standards, language),
      ...standards.flatMap((entry) => page(entry, catalogue, language)),
    ],
  });
}

function overview(standards: readonly StandardEntry[], language: Language): Block {
  const common = wordsOf('toolkit', language);
  const terms = termsOf(language);
  return table(
    [
      { head: say(common, 'standard'), width: 50 },
      { head: say(common, 'status'), width: 30 },
      { head: say(common, 'requirement'), width: 20 },
    ],
    standards.map(({ id, title, status, requirement }) => [
      [{ link: title[language], to: id }],
      terms.status(status),
      requirement,
    ]),
  );
}

function page(entry: StandardEntry, catalogue: Catalogue, language: Language): Block[] {
  const words = wordsOf('standards-explained', language);
  const { id, title, status, group, requirement, checks, specifications, statusSource, adoption } = entry;
  const terms = termsOf(language);
  const checkTitles = catalogue.checks.filter((one) => checks.includes(one.id)).map((one) => one.title[language]);
  return [
    heading(1, title[language], { mark: id, newPage: true }),
    meta(`${say(wordsOf('toolkit', language), `group-${group}`)} · ${terms.status(status)}`),
    detail(say(words, 'what'), entry.what[language]),
    detail(say(words, 'why'), entry.why[language]),
    detail(say(words, 'scope'), entry.scope[language]),
    detail(
      say(words, 'ask'),
      entry.ask[language],
      say(words, 'ask-requirement', { requirement: requirementNamed(catalogue, requirement, language) }),
    ),
    detail(
      say(words, 'check'),
      entry.howToCheck[language],
      ...(checkTitles.length === 0 ? [] : [say(words, 'check-named', { checks: checkTitles.join(', ') })]),
    ),
    detail(say(words, 'status'), terms.status(status), say(words, 'status-source', { source: statusSource })),
    detail(say(words, 'specifications'), specifications.join(', ')),
    detail(say(words, 'adoption'), adoption),
  ];
}
