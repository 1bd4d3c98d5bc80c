import { type DemandFile, type Language, RATINGS, requirementOf } from '@proviso/catalogue';
import { demandPaper, provenance, purchaseFacts } from '../demand-paper.ts';
import { grouped } from '../grouped.ts';
import { say, wordsOf } from '../messages.ts';
import { type Block, detail, heading, item, meta, note, type Paper, table, text } from '../paper/blocks.ts';
import { wordFile } from '../paper/word-file.ts';
import { type Terms, termsOf } from '../terms.ts';
import { departureBlocks } from './departures.ts';
import { needText, riskBlocks } from './matrix.ts';
import { lawBlocks, purchaseBlocks } from './purchase.ts';
import { exclusionInWords, noteInWords, reasonInWords } from './reasons.ts';

/** Why each requirement is in or out, for the buyer's own file: risks, laws, proportion, what stays open, and departures. */
export function justificationDocx(file: DemandFile, language: Language): Promise<Uint8Array> {
  return wordFile(justificationPaper(file, language));
}

export function justificationPaper(file: DemandFile, language: Language): Paper {
  const words = wordsOf('justification', language);
  const terms = termsOf(language);
  return demandPaper(file, language, say(words, 'title'), [
    ...purchaseFacts(file, terms),
    note(say(words, 'note')),
    ...provenance(file, language),
    ...resultBlocks(file, language),
    ...purchaseBlocks(file, language),
    ...lawBlocks(file, language),
    ...riskBlocks(file, language, terms),
    ...inBlocks(file, language, terms),
    ...outBlocks(file, language, terms),
    ...openBlocks(file, language, terms),
    ...departureBlocks(file, language, terms),
  ]);
}

function resultBlocks({ demand }: DemandFile, language: Language): Block[] {
  const words = wordsOf('justification', language);
  const { risks, requirements, excluded, open, smallest, context, catalogue } = demand;
  const byRating = Object.fromEntries(
    RATINGS.map((rating) => [rating, risks.filter((risk) => risk.rating === rating).length]),
  );
  return [
    heading(1, say(words, 'result')),
    item(say(words, 'result-risks', { count: risks.length, ...byRating })),
    item(
      say(words, 'result-requirements', {
        count: requirements.length,
        knockouts: requirements.filter(({ knockout }) => knockout).length,
        excluded: excluded.length,
      }),
    ),
    item(say(words, smallest ? 'result-smallest' : 'result-not-smallest')),
    ...(open.length === 0 ? [] : [item(say(words, 'result-open', { count: open.length }))]),
    ...(context.departures.length === 0
      ? []
      : [item(say(words, 'result-departures', { count: context.departures.length }))]),
    item(say(words, 'result-hash', { hash: catalogue.hash })),
  ];
}

function inBlocks(file: DemandFile, language: Language, terms: Terms): Block[] {
  const words = wordsOf('justification', language);
  const groups = grouped(file, language, terms.say('other-domain'));
  return [
    heading(1, say(words, 'in')),
    ...(groups.length === 0 ? [text(say(words, 'in-none'))] : []),
    ...groups.flatMap((group) => [
      heading(2, group.title),
      ...group.entries.flatMap(({ demanded, words: worded }) => {
        const { id, level, weight, knockout, reasons, notes, departures } = demanded;
        const requirement = requirementOf(file.catalogue, id);
        return [
          heading(3, `${id} ${worded.title}`, { mark: id }),
          meta(
            say(words, knockout ? 'meta-knockout' : 'meta', {
              level: terms.level(level),
              weight: terms.weight(weight),
            }),
          ),
          ...reasons.map((reason) => item(reasonInWords(reason, file, language, terms))),
          ...notes.map((one) => detail(say(words, 'proportion'), noteInWords(one, requirement, file, language, terms))),
          ...departures.map((at) => detail(say(words, 'departed'), say(words, 'see-departure', { number: at + 1 }))),
        ];
      }),
    ]),
  ];
}

function outBlocks(file: DemandFile, language: Language, terms: Terms): Block[] {
  const { demand, catalogue } = file;
  const words = wordsOf('justification', language);
  if (demand.excluded.length === 0) return [heading(1, say(words, 'out')), text(say(words, 'out-none'))];
  return [
    heading(1, say(words, 'out')),
    table(
      [
        { head: terms.say('requirement'), width: 40 },
        { head: say(words, 'why'), width: 60 },
      ],
      demand.excluded.map(({ id, exclusion }) => [
        `${id} ${requirementOf(catalogue, id).title[language]}`,
        { paragraphs: exclusionInWords(exclusion, file, language, terms).map((one) => [one]) },
      ]),
    ),
  ];
}

function openBlocks(file: DemandFile, language: Language, terms: Terms): Block[] {
  const words = wordsOf('justification', language);
  const { open } = file.demand;
  if (open.length === 0) return [heading(1, say(words, 'open')), text(say(words, 'open-none'))];
  return [
    heading(1, say(words, 'open')),
    text(say(words, 'open-intro')),
    table(
      [
        { head: say(words, 'risk'), width: 40 },
        { head: say(words, 'need'), width: 40 },
        { head: say(words, 'rating'), width: 20 },
      ],
      open.map(({ risk, need, rating }) => [
        `${risk} ${file.catalogue.risks.find(({ id }) => id === risk)?.title[language] ?? ''}`,
        needText(file, risk, need, language),
        { paragraphs: [[terms.rating(rating)]], shade: rating },
      ]),
    ),
  ];
}
