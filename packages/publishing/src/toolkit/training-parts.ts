import { type Catalogue, type DemandFile, type Language, type Worded, worded } from '@proviso/catalogue';
import { say, type Words, wordsOf } from '../messages.ts';
import { type Block, detail, heading, item, text } from '../paper/blocks.ts';
import { termsOf } from '../terms.ts';
import { exampleDemand } from './example.ts';
import { standardsByGroup } from './tool-paper.ts';

/** A part of the course; a break has no slides. */
export interface Part {
  title: string;
  minutes: number;
  form: 'talk' | 'exercise' | 'talk-exercise' | 'break';
  slides: Block[];
}

interface Course {
  catalogue: Catalogue;
  file: DemandFile;
  language: Language;
  words: Words;
  /** The requirement that the course follows from risk to contract; undefined in a catalogue that gives the example none. */
  shown: { worded: Worded; level: string } | undefined;
}

/** The parts in order, with an example that the catalogue itself works out. */
export function courseParts(catalogue: Catalogue, language: Language): Part[] {
  const words = wordsOf('training', language);
  const file = exampleDemand(catalogue, say(words, 'example-purchase'));
  const course: Course = { catalogue, file, language, words, shown: shownRequirement(file, language) };
  const part = (number: number, minutes: number, form: Part['form'], slides: Block[]): Part => ({
    title: say(words, `part-${number}`),
    minutes,
    form,
    slides,
  });
  return [
    part(1, 25, 'talk', whySlides(course)),
    part(2, 30, 'exercise', describeSlides(course)),
    part(3, 40, 'talk-exercise', requirementSlides(course)),
    { title: say(words, 'break'), minutes: 15, form: 'break', slides: [] },
    part(4, 30, 'talk-exercise', standardSlides(course)),
    part(5, 30, 'talk-exercise', proofSlides(course)),
    part(6, 25, 'talk', contractSlides(course)),
    part(7, 20, 'talk-exercise', explainSlides(course)),
    part(8, 10, 'exercise', quizSlides(course)),
  ];
}

/** The weightiest knock-out that leaves a duty at the end, else the weightiest of all: it has most to show. */
function shownRequirement(file: DemandFile, language: Language): Course['shown'] {
  const words = file.demand.requirements.map((demanded) => ({
    demanded,
    worded: worded(file.demand, demanded, file.catalogue, language),
  }));
  const rank = ({ demanded, worded: { exit } }: (typeof words)[number]): number =>
    (demanded.knockout ? 2000 : 0) + (exit === null ? 0 : 1000) + demanded.weight;
  const [best] = words.sort((a, b) => rank(b) - rank(a));
  return best && { worded: best.worded, level: termsOf(language).level(best.demanded.level) };
}

const slide = ({ words }: Course, title: string): Block => heading(2, say(words, 'slide', { title }));
const cue = ({ words }: Course, kind: 'say' | 'do' | 'ask', id: string): Block =>
  detail(say(words, kind), say(words, id));

function whySlides(course: Course): Block[] {
  const { words, file, language } = course;
  const worst = file.demand.risks
    .slice(0, 3)
    .flatMap(({ id }) => file.catalogue.risks.filter((risk) => risk.id === id));
  return [
    slide(course, say(words, 'part-1-slide-1')),
    ...[1, 2, 3, 4].map((goal) => item(say(words, `part-1-goal-${goal}`))),
    slide(course, say(words, 'part-1-slide-2')),
    ...worst.map(({ title, threat }) => item({ strong: `${title[language]}. ` }, threat[language])),
    cue(course, 'say', 'part-1-say'),
    cue(course, 'ask', 'part-1-ask'),
  ];
}

function describeSlides(course: Course): Block[] {
  const facts = wordsOf('justification', course.language);
  return [
    slide(course, say(course.words, 'part-2-slide')),
    ...['types', 'criticality', 'exposure', 'personalData', 'remoteAccess', 'hosting', 'alternatives', 'valueBand'].map(
      (fact) => item(say(facts, fact)),
    ),
    cue(course, 'say', 'part-2-say'),
    cue(course, 'do', 'part-2-do'),
  ];
}

function requirementSlides(course: Course): Block[] {
  const { words, file, shown } = course;
  const { risks, requirements, excluded, context } = file.demand;
  return [
    slide(course, say(words, 'part-3-slide-1', { purchase: context.title })),
    text(
      say(words, 'part-3-result', {
        risks: risks.length,
        requirements: requirements.length,
        knockouts: requirements.filter(({ knockout }) => knockout).length,
        excluded: excluded.length,
      }),
    ),
    cue(course, 'say', 'part-3-say'),
    slide(course, say(words, 'part-3-slide-2')),
    ...(shown
      ? [
          item({ strong: `${shown.worded.id} ${shown.worded.title}. ` }, shown.worded.sentence),
          item(say(words, 'part-3-level', { level: shown.level })),
          ...shown.worded.evidence.map((one) => item(one.text)),
        ]
      : []),
    cue(course, 'do', 'part-3-do'),
  ];
}

function standardSlides(course: Course): Block[] {
  const { words, catalogue, file, language } = course;
  const terms = termsOf(language);
  const statuses = ['required-by-law', 'listed-by-governments', 'widely-deployed', 'emerging'] as const;
  const standards = standardsByGroup(catalogue, language);
  const live = new Set(catalogue.checks.filter(({ kind }) => kind === 'live').map(({ id }) => id));
  // One that the group can look up during the course.
  const example =
    standards.find(({ id, checks }) => file.demand.standards.includes(id) && checks.some((check) => live.has(check))) ??
    standards[0];
  const explained = wordsOf('standards-explained', language);
  return [
    slide(course, say(words, 'part-4-slide-1')),
    item(say(words, 'part-4-standard-1')),
    item(say(words, 'part-4-standard-2')),
    ...statuses
      .map((status) => ({ status, count: standards.filter((one) => one.status === status).length }))
      .filter(({ count }) => count > 0)
      .map(({ status, count }) => item(say(words, 'part-4-count', { status: terms.status(status), count }))),
    ...(example
      ? [
          slide(course, say(words, 'part-4-slide-2', { standard: example.title[language] })),
          detail(say(explained, 'what'), example.what[language]),
          detail(say(explained, 'why'), example.why[language]),
          detail(say(explained, 'check'), example.howToCheck[language]),
        ]
      : []),
    cue(course, 'do', 'part-4-do'),
  ];
}

function proofSlides(course: Course): Block[] {
  const { words, catalogue, language } = course;
  const live = catalogue.checks.filter(({ kind }) => kind === 'live').map(({ title }) => title[language]);
  return [
    slide(course, say(words, 'part-5-slide')),
    item(say(words, 'part-5-proof-1')),
    item(say(words, 'part-5-proof-2')),
    ...(live.length === 0 ? [] : [item(say(words, 'part-5-proof-3', { checks: live.join(', ') }))]),
    cue(course, 'do', 'part-5-do'),
  ];
}

function contractSlides(course: Course): Block[] {
  const { words, shown } = course;
  return [
    ...(shown
      ? [
          slide(course, say(words, 'part-6-slide', { requirement: `${shown.worded.id} ${shown.worded.title}` })),
          detail(say(words, 'part-6-clause'), shown.worded.clause),
          detail(say(words, 'part-6-remedy'), shown.worded.remedy),
          detail(say(words, 'part-6-acceptance'), shown.worded.acceptance),
          ...(shown.worded.exit === null ? [] : [detail(say(words, 'part-6-exit'), shown.worded.exit)]),
        ]
      : []),
    cue(course, 'say', 'part-6-say'),
  ];
}

function explainSlides(course: Course): Block[] {
  const { words, catalogue, language } = course;
  return [
    slide(course, say(words, 'part-7-slide')),
    ...catalogue.explainReasons.map(({ title, accepted }) =>
      item(say(words, accepted ? 'part-7-accepted' : 'part-7-not-accepted', { reason: title[language] })),
    ),
    cue(course, 'say', 'part-7-say'),
    cue(course, 'do', 'part-7-do'),
  ];
}

function quizSlides(course: Course): Block[] {
  const { words } = course;
  return [
    slide(course, say(words, 'part-8-slide')),
    ...[1, 2, 3, 4, 5].map((number) =>
      item({ strong: `${say(words, `quiz-${number}`)} ` }, say(words, `quiz-answer-${number}`)),
    ),
  ];
}
