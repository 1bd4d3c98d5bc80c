import { APART_REACH, editionApart } from '../edition-apart.ts';
import type { Mention } from '../types.ts';
import type { Rule } from './rule.ts';

/** A version right after the name: `3.0`, `v3.0`, `version 3.0`, `-4.0`; whole numbers only where they are glued or follow a `v` or a slash, since others count months. */
const VERSION =
  /^(?:[ \u00a0-]?(?:v|version |Version )?(\d{1,2}\.\d{1,2})|(?:[ \u00a0-]?v|\/)?(\d{1,2}))(?![\d.]*\d)(?!\p{L})/u;
/** An edition of several that the registry knows. */
const SEVERAL = 2;

/** An edition is asked for that the registry does not know, of a standard whose editions it does know. */
export const unknownEdition: Rule = {
  id: 'standards/unknown-edition',
  level: 'note',
  good: [
    { text: 'The service must support OAuth 2.0.' },
    { text: 'The service must support OAuth. 3.0 points are given.' },
    { text: 'The network must use SNMPv3 and WPA3-Enterprise.' },
    { text: 'Leveranciers moeten voldoen aan BIO 12.6.', language: 'nl' },
    { text: 'The supplier must test for the risks of the OWASP Top 10, in its version 2021.' },
    { text: 'The supplier must test for the OWASP Top 10 from 2028 on.' },
  ],
  bad: [
    { text: 'The service must support OAuth 3.0.' },
    { text: 'The network must use SNMPv4 for monitoring.' },
    { text: 'Cryptographic modules must conform to FIPS 140-4.' },
    { text: 'The supplier must test for the risks of the OWASP Top 10 2020.' },
    { text: 'Le titulaire traite les risques du Top 10 de l’OWASP dans son édition 2020.', language: 'fr' },
    { text: 'De leverancier toetst aan de OWASP Top 10 in de versie 2020.', language: 'nl' },
    { text: 'Der Auftragnehmer prüft gegen die OWASP Top 10 in der Fassung 2020.', language: 'de' },
  ],
  create: ({ report, analysis, editions }) => ({
    mention(mention, clause) {
      if (mention.standard === null || mention.modality === 'boilerplate') return;
      const end = endOfUnknown(
        mention,
        editions(mention.standard),
        analysis.document.text.slice(mention.end, Math.min(clause.end, mention.end + APART_REACH)),
      );
      if (end === null) return;
      report({ clause, start: mention.start, end, values: { name: analysis.document.text.slice(mention.start, end) } });
    },
  }),
};

/** Where the name of an edition that is not there ends; null where it is there, or cannot be told. `after`: the text behind the mention. */
function endOfUnknown(
  { versioned, status, text, end, standard }: Mention,
  editions: readonly string[],
  after: string,
): number | null {
  if (versioned) {
    const said = status === 'unknown' && editions.length >= SEVERAL && !(standard ?? '').endsWith(text.slice(-4));
    return said ? end : null;
  }
  const years = editions.filter((edition) => YEAR.test(edition));
  const year = years.length >= SEVERAL ? yearIn(after) : null;
  if (year) return years.includes(year.edition) ? null : end + year.end;
  const match = VERSION.exec(after);
  const known = editions
    .flatMap((edition) => /\d+(?:\.\d+)*/.exec(edition)?.[0] ?? [])
    .filter((one) => !YEAR.test(one));
  if (!match || known.length === 0) return null;
  const [whole, dotted, glued] = match;
  const version = dotted ?? glued ?? '';
  if (known.some((one) => one === version || one.startsWith(`${version}.`) || version === `${one}.0`)) return null;
  // A number far past the newest edition is that of a clause ("BIO 12.6"), unless it is the first of its kind.
  const newest = Math.max(...known.map((one) => Number.parseInt(one, 10)));
  if (dotted && !dotted.endsWith('.0') && Number.parseInt(dotted, 10) > newest + 1) return null;
  return end + whole.length;
}

/** An edition named by its year is no version. */
const YEAR = /^\d{4}$/;
/** A year right behind a name: `:2020`, ` 2020`, ` (2020)`. */
const OF_YEAR = /^(?::|[ \u00a0-]|[ \u00a0]\()((?:19|20)\d\d)(?![\p{L}\d/-]|\.\d)/u;

function yearIn(after: string): { edition: string; end: number } | null {
  const match = OF_YEAR.exec(after);
  if (match) return { edition: match[1] ?? '', end: match[0].length };
  const apart = editionApart(after);
  return apart && YEAR.test(apart.edition) ? apart : null;
}
