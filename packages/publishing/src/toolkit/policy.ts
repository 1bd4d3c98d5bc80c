import type { Catalogue, Language } from '@proviso/catalogue';
import { say, wordsOf } from '../messages.ts';
import { type Block, clause, heading, note, type Paper, table } from '../paper/blocks.ts';
import { termsOf } from '../terms.ts';
import { requirementNamed, standardsByGroup, toolPaper } from './tool-paper.ts';

/** A model procurement policy with comply or explain; reasons, checks and standards come from the catalogue. */
export function policyPaper(catalogue: Catalogue, language: Language): Paper {
  const words = wordsOf('policy', language);
  const article = (id: string, ...clauses: string[]): Block[] => [
    heading(1, say(words, id), { numbered: true }),
    ...clauses.map((one) => clause(1, say(words, one))),
  ];
  return toolPaper(catalogue, language, {
    name: say(words, 'title'),
    under: say(words, 'under'),
    blocks: [
      note(say(wordsOf('toolkit', language), 'fill-in')),
      ...article('purpose', 'purpose-1', 'purpose-2'),
      ...article('scope', 'scope-1', 'scope-2', 'scope-3'),
      ...article('rule', 'rule-derive', 'rule-standards', 'rule-equivalent', 'rule-depart'),
      ...reasons(catalogue, language),
      ...article(
        'steps',
        'step-prepare',
        'step-tender',
        'step-evaluation',
        'step-contract',
        'step-acceptance',
        'step-operation',
        'step-exit',
      ),
      ...proof(catalogue, language),
      ...roles(language),
      ...article('report', 'report-1', 'report-2', 'report-3'),
      ...article('review', 'review-1', 'review-2'),
      ...listOfStandards(catalogue, language),
      ...explanationForm(language),
    ],
  });
}

function reasons({ explainReasons }: Catalogue, language: Language): Block[] {
  const words = wordsOf('policy', language);
  const kind = (accepted: boolean): Block[] =>
    explainReasons.filter((reason) => reason.accepted === accepted).map(({ title }) => clause(2, title[language]));
  const refused = kind(false);
  return [
    clause(1, say(words, 'rule-accepted')),
    ...kind(true),
    ...(refused.length === 0 ? [] : [clause(1, say(words, 'rule-not-accepted')), ...refused]),
    clause(1, say(words, 'rule-silence')),
  ];
}

function proof({ checks }: Catalogue, language: Language): Block[] {
  const words = wordsOf('policy', language);
  const live = checks.filter(({ kind }) => kind === 'live').length;
  return [
    heading(1, say(words, 'proof'), { numbered: true }),
    clause(1, say(words, 'proof-1')),
    clause(1, say(words, 'proof-2', { live })),
    clause(1, say(words, 'proof-3', { evidence: checks.length - live })),
    clause(1, say(words, 'proof-4')),
  ];
}

function roles(language: Language): Block[] {
  const words = wordsOf('policy', language);
  return [
    heading(1, say(words, 'roles'), { numbered: true }),
    table(
      [
        { head: say(words, 'role'), width: 28 },
        { head: say(words, 'duty'), width: 72 },
      ],
      ['owner', 'officer', 'security', 'lawyer', 'board'].map((role) => [
        say(words, `role-${role}`),
        say(words, `duty-${role}`),
      ]),
    ),
  ];
}

function listOfStandards(catalogue: Catalogue, language: Language): Block[] {
  const common = wordsOf('toolkit', language);
  const terms = termsOf(language);
  return [
    heading(1, say(wordsOf('policy', language), 'annex-standards'), { newPage: true }),
    table(
      [
        { head: say(common, 'standard'), width: 26 },
        { head: say(common, 'status'), width: 18 },
        { head: say(common, 'scope'), width: 34 },
        { head: say(common, 'requirement'), width: 22 },
      ],
      standardsByGroup(catalogue, language).map(({ title, status, scope, requirement }) => [
        title[language],
        terms.status(status),
        scope[language],
        requirementNamed(catalogue, requirement, language),
      ]),
    ),
  ];
}

function explanationForm(language: Language): Block[] {
  const words = wordsOf('policy', language);
  const blank = termsOf(language).say('blank');
  return [
    heading(1, say(words, 'annex-form')),
    table(
      [
        { head: say(words, 'form-field'), width: 40 },
        { head: say(words, 'form-answer'), width: 60 },
      ],
      ['purchase', 'requirement', 'reason', 'words', 'owner', 'review', 'signed'].map((field) => [
        say(words, `form-${field}`),
        blank,
      ]),
      { together: true },
    ),
  ];
}
