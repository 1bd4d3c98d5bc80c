import { type DemandFile, equivalentFor, type Language, type Requirement, requirementOf } from '@proviso/catalogue';
import { demandPaper, provenance, purchaseFacts } from '../demand-paper.ts';
import { type Entry, type Group, grouped } from '../grouped.ts';
import { say, wordsOf } from '../messages.ts';
import { type Block, deeper, detail, heading, item, meta, type Paper, table, text } from '../paper/blocks.ts';
import { wordFile } from '../paper/word-file.ts';
import { fillTemplate } from '../paper/word-template.ts';
import { type Terms, termsOf } from '../terms.ts';

export interface AnnexOptions {
  /** A Word file of the buyer with the paragraph {{proviso}}; {{title}}, {{reference}} and {{buyer}} are filled where they stand. */
  template?: Uint8Array;
  /** Of the keys that offers of this purchase are sealed to, once it is published. */
  fingerprint?: string;
}

/**
 * The annex with the security requirements that goes out with a tender. It holds what a supplier must know and nothing of why:
 * ratings, departures and open needs stay in the justification.
 * @throws TemplateError for a template that cannot be used.
 */
export async function annexDocx(
  file: DemandFile,
  language: Language,
  { template, fingerprint }: AnnexOptions = {},
): Promise<Uint8Array> {
  if (!template) return wordFile(annexPaper(file, language, fingerprint));
  const { context } = file.demand;
  return fillTemplate(template, {
    blocks: [heading(1, say(wordsOf('annex', language), 'heading')), ...deeper(annexBody(file, language, fingerprint))],
    words: { reference: context.reference ?? '', buyer: context.buyer ?? '', title: context.title },
    language,
    date: file.catalogue.edition.date,
  });
}

export function annexPaper(file: DemandFile, language: Language, fingerprint?: string): Paper {
  return demandPaper(file, language, say(wordsOf('annex', language), 'title'), annexBody(file, language, fingerprint));
}

function annexBody(file: DemandFile, language: Language, fingerprint?: string): Block[] {
  const terms = termsOf(language);
  const groups = grouped(file, language, terms.say('other-domain'));
  return [
    ...purchaseFacts(file, terms),
    ...provenance(file, language),
    ...howToRead(file, language),
    ...(fingerprint === undefined ? [] : theKey(fingerprint, language)),
    ...overview(groups, language, terms),
    heading(1, say(wordsOf('annex', language), 'requirements')),
    ...groups.flatMap((group) => [
      heading(2, group.title),
      ...group.entries.flatMap((entry) => requirementBlocks(entry, file, language, terms)),
    ]),
    ...standardsNamed(file, language, terms),
  ];
}

function howToRead({ demand }: DemandFile, language: Language): Block[] {
  const words = wordsOf('annex', language);
  const anyKnockout = demand.requirements.some(({ knockout }) => knockout);
  const anyEquivalent = equivalentFor(demand.context.country, language) !== '';
  return [
    heading(1, say(words, 'reading')),
    ...[
      'reading-sentence',
      anyKnockout ? 'reading-knockout' : 'reading-no-knockout',
      'reading-level',
      'reading-weight',
      'reading-evidence',
      'reading-proof',
      'reading-acceptance',
      ...(anyEquivalent ? ['reading-equivalent'] : []),
    ].map((id) => item(say(words, id))),
  ];
}

/** What a supplier compares before it seals an offer, on paper that did not come from the page which asks for the offer. */
function theKey(fingerprint: string, language: Language): Block[] {
  const words = wordsOf('annex', language);
  return [heading(1, say(words, 'key')), text(say(words, 'key-compare')), text({ strong: fingerprint })];
}

function overview(groups: readonly Group[], language: Language, terms: Terms): Block[] {
  const words = wordsOf('annex', language);
  const entries = groups.flatMap((group) => group.entries);
  const knockouts = entries.filter(({ demanded }) => demanded.knockout).length;
  return [
    heading(1, say(words, 'overview')),
    text(say(words, 'overview-intro', { count: entries.length, knockouts })),
    table(
      [
        { head: terms.say('id'), width: 13 },
        { head: terms.say('requirement'), width: 35 },
        { head: terms.say('level'), width: 14 },
        { head: terms.say('knockout'), width: 26 },
        { head: terms.say('weight'), width: 12 },
      ],
      entries.map(({ demanded: { id, level, knockout, weight }, words: { title } }) => [
        [{ link: id, to: id }],
        title,
        terms.level(level),
        knockout ? [{ strong: terms.say('knockout') }] : terms.say('no-knockout'),
        terms.weight(weight),
      ]),
    ),
  ];
}

function requirementBlocks(
  { demanded, words: worded }: Entry,
  file: DemandFile,
  language: Language,
  terms: Terms,
): Block[] {
  const words = wordsOf('annex', language);
  const { id, level, knockout, weight } = demanded;
  const values = { level: terms.level(level), weight: terms.weight(weight) };
  return [
    heading(3, `${id} ${worded.title}`, { mark: id }),
    meta(say(words, knockout ? 'meta-knockout' : 'meta', values)),
    text(worded.sentence),
    detail(say(words, 'evidence'), ...worded.evidence.map((one) => one.text)),
    detail(say(words, 'proved'), ...proofs(requirementOf(file.catalogue, id), file, language)),
    detail(say(words, 'acceptance'), worded.acceptance),
  ];
}

function proofs({ checks }: Requirement, { catalogue }: DemandFile, language: Language): string[] {
  const words = wordsOf('annex', language);
  const named = catalogue.checks
    .filter(({ id }) => checks.includes(id))
    .map(({ kind, title }) => say(words, `proved-${kind}`, { check: title[language] }));
  return named.length > 0 ? named : [say(words, 'proved-reading')];
}

/** Of the standards whose scope the purchase falls in, those that are asked for; one that was left out is not named to suppliers. */
function standardsNamed({ demand, catalogue }: DemandFile, language: Language, terms: Terms): Block[] {
  const words = wordsOf('annex', language);
  const asked = new Set(demand.requirements.map(({ id }) => id));
  const equivalent = equivalentFor(demand.context.country, language);
  const entries = catalogue.standards.filter(
    ({ id, requirement }) => demand.standards.includes(id) && asked.has(requirement),
  );
  if (entries.length === 0) return [heading(1, say(words, 'standards')), text(say(words, 'standards-none'))];
  return [
    heading(1, say(words, 'standards')),
    text(say(words, 'standards-intro')),
    table(
      [
        { head: say(words, 'standard'), width: 32 },
        { head: say(words, 'specifications'), width: 32 },
        { head: say(words, 'status'), width: 22 },
        { head: say(words, 'asked-in'), width: 14 },
      ],
      entries.map(({ title: name, specifications, status, requirement }) => [
        name[language],
        { paragraphs: specifications.map((one) => [`${one}${equivalent}`]) },
        terms.status(status),
        [{ link: requirement, to: requirement }],
      ]),
    ),
  ];
}
