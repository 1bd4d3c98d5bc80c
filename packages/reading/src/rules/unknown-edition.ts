import type { Rule } from './rule.ts';

/** A digit on the name of a protocol that has no such edition: `WPA4`. */
const GLUED = /^\d(?!\d)/;
/** The year of an edition, as `:2015`. */
const YEAR = /[:-]((?:19|20)\d\d)$/;

/** A version right after the name: "3.0", "v3.0", "version 3.0". */
const VERSION = /^[ \u00a0]?(?:v|version |Version )?(\d{1,2}\.\d{1,2})(?![\d.]*\d)/;

/** An edition is asked for that the registry does not know, of a standard whose editions it does know. */
export const unknownEdition: Rule = {
  id: 'standards/unknown-edition',
  level: 'note',
  good: [
    { text: 'The service must support OAuth 2.0.' },
    { text: 'The service must support OAuth. 3.0 points are given.' },
    { text: 'Leveranciers moeten voldoen aan BIO 12.6.', language: 'nl' },
  ],
  bad: [{ text: 'The service must support OAuth 3.0.' }],
  create: ({ report, analysis, editions }) => ({
    mention(mention, clause) {
      if (mention.standard === null || mention.modality === 'boilerplate') return;
      const glued = GLUED.exec(analysis.document.text.slice(mention.end, mention.end + 4));
      const year = YEAR.exec(mention.text)?.[1];
      const numbered = editions(mention.standard).length > 0;
      if ((glued && numbered) || (year && mention.status === 'unknown' && !mention.standard.includes(year))) {
        const end = mention.end + (glued?.[0].length ?? 0);
        report({
          clause,
          start: mention.start,
          end,
          values: { name: analysis.document.text.slice(mention.start, end) },
        });
        return;
      }
      if (mention.versioned) return;
      const version = VERSION.exec(analysis.document.text.slice(mention.end, Math.min(clause.end, mention.end + 20)));
      if (!version) return;
      const known = editions(mention.standard).filter((edition) => /^v?\d+\.\d+/i.test(edition));
      const newest = Math.max(...known.map((edition) => Number.parseInt(edition.replace(/^v/i, ''), 10)));
      // A number far past the newest edition is that of a clause: "BIO 12.6".
      if (known.length === 0 || Number.parseInt(version[1] ?? '', 10) > newest + 1) return;
      if (known.some((edition) => edition.includes(version[1] ?? ''))) return;
      const end = mention.end + version[0].length;
      report({ clause, start: mention.start, end, values: { name: analysis.document.text.slice(mention.start, end) } });
    },
  }),
};
