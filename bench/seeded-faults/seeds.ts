import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';

export const LANGUAGES = ['en', 'fr', 'nl', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

const words = z.string().trim().min(1);
const sentence = z.union([words, z.strictObject({ duty: words, text: words })]);

const fault = z
  .strictObject({
    id: words,
    kind: words,
    /** Planted into one document: one passage, or several at places of their own. */
    insert: z.union([words, z.array(words).min(2)]).optional(),
    /** Planted into two documents of one tender. */
    pair: z.tuple([words, words]).optional(),
    /** Duties whose sentences are left out of the whole tender; `instead` stands in the place of the first. */
    remove: z.union([words, z.array(words).min(1)]).optional(),
    instead: words.optional(),
  })
  .refine(
    ({ insert, pair, remove }) => [insert, pair, remove].filter((way) => way !== undefined).length === 1,
    'one of insert, pair, remove',
  );

const seeds = z.strictObject({
  language: z.enum(LANGUAGES),
  country: z.string().regex(/^[A-Z]{2}$/),
  buyer: words,
  hosts: z.array(words).min(1),
  hostsElsewhere: z.array(words),
  faults: z.array(fault),
  complete: z.array(z.union([sentence, z.array(sentence)])),
});

export type Fault = z.infer<typeof fault>;
export type Seeds = z.infer<typeof seeds>;

/** Kind of fault → rules of which one must find it. */
export const EXPECTED = z
  .record(words, z.array(words))
  .parse(parseYaml(readFileSync(join(import.meta.dirname, 'kinds.yaml'), 'utf8')));

/** Kinds that are faults under the law of the European Union alone. */
export const EU_KINDS: ReadonlySet<string> = new Set(['equivalent', 'brand']);

/** Sets of faults, each by another writer; the rules were mended with the first in view. */
export const SETS = ['first', 'second', 'third', 'fourth', 'fifth'] as const;
export type SetName = (typeof SETS)[number];

/** The faults of a language in a set. @throws where the file does not fit, or names a kind or a duty that is not there. */
export function readSeeds(language: Language, set: SetName): Seeds {
  const file = `${set}/${language}.yaml`;
  const read = seeds.parse(parseYaml(readFileSync(join(import.meta.dirname, file), 'utf8')));
  const duties = new Set(read.complete.flat().flatMap((one) => (typeof one === 'string' ? [] : [one.duty])));
  for (const { id, kind, remove } of read.faults) {
    if (!EXPECTED[kind]) throw new Error(`${file}: ${id} is of the kind "${kind}", which kinds.yaml does not have`);
    for (const duty of [remove ?? []].flat())
      if (!duties.has(duty))
        throw new Error(`${file}: ${id} removes "${duty}", which no sentence of the whole tender is marked with`);
  }
  return read;
}

/** The whole tender as Markdown, without the sentences of the duties given, nor headings with nothing left under them. */
export function tenderText(
  { complete }: Seeds,
  without: { duties?: readonly string[]; instead?: string | undefined } = {},
): string {
  let { duties = [], instead } = without;
  const paragraphs = complete.map((paragraph) =>
    [paragraph]
      .flat()
      .flatMap((one) => {
        if (typeof one === 'string') return [one];
        if (!duties.includes(one.duty)) return [one.text];
        const stand = instead === undefined ? [] : [instead];
        instead = undefined;
        return stand;
      })
      .join(' '),
  );
  const kept = paragraphs.filter((paragraph, i) => {
    const emptied = paragraph.startsWith('#') && paragraphs[i + 1] === '';
    return paragraph !== '' && !emptied;
  });
  return `${kept.join('\n\n')}\n`;
}
