import type { Rule } from './rule.ts';

/** An edition is asked for that the registry does not know, of a standard that it does know. */
export const unknownEdition: Rule = {
  id: 'standards/unknown-edition',
  level: 'note',
  good: [{ text: 'The service must support OAuth 2.0.' }],
  bad: [{ text: 'The service must support OAuth 3.0.' }],
  create: ({ report }) => ({
    mention(mention, clause) {
      if (!mention.versioned || mention.standard !== null || mention.modality === 'boilerplate' || !mention.core)
        return;
      report({ clause, start: mention.start, end: mention.end, values: { name: mention.text } });
    },
  }),
};
