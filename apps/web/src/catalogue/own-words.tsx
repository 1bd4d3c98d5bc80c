import type { ReactNode } from 'react';
import { Field, Fold } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';
import type { Language } from '../i18n/language.ts';
import { type Draft, type DraftWords, LEVELS } from './own-draft.ts';

/** Characters that a text may have; the server holds them to it. */
const LONGEST = { title: 150, short: 300, sentence: 800, clause: 4000 } as const;

/** All that is said of a requirement in one language. */
export function OwnWords(props: {
  draft: Draft;
  language: Language;
  /** What is wrong at a place of the entry, in words; null where nothing is, or it is too early to say. */
  faultAt(where: string): string | null;
  onChange(words: DraftWords): void;
}): ReactNode {
  const t = useWords('catalogue');
  const s = useWords('shell');
  const { draft, language, faultAt, onChange } = props;
  const words = draft.words[language];
  if (!words) return null;
  const at = (where: string) => faultAt(`words.${language}.${where}`);
  const change = (part: Partial<DraftWords>) => onChange({ ...words, ...part });
  const setAt = (list: readonly string[], i: number, text: string): string[] => {
    const next = Array.from({ length: Math.max(list.length, i + 1) }, (_, j) => list[j] ?? '');
    next[i] = text;
    return next;
  };
  const field = (
    name: 'title' | 'why' | 'question' | 'measure' | 'clause' | 'remedy' | 'acceptance' | 'exit' | 'phrases',
    most: number,
    more: { lines?: boolean; optional?: boolean } = {},
  ): ReactNode => (
    <Field
      label={t(`write-${name}`)}
      hint={t(`write-${name}-hint`)}
      error={at(name)}
      maxLength={most}
      value={words[name]}
      onChange={(text) => change({ [name]: name === 'phrases' ? text : plain(text) })}
      {...more}
    />
  );
  return (
    <div className="stack">
      {field('title', LONGEST.title)}
      {(draft.graded ? LEVELS : (['basic'] as const)).map((level, i) => (
        <Field
          key={level}
          label={draft.graded ? t('write-sentence-at', { level: s(`level-${level}`) }) : t('write-sentence')}
          hint={i === 0 ? t('write-sentence-hint') : undefined}
          error={at(`sentences.${i}`)}
          maxLength={LONGEST.sentence}
          lines
          value={words.sentences[i] ?? ''}
          onChange={(text) => change({ sentences: setAt(words.sentences, i, plain(text)) })}
        />
      ))}
      {field('why', LONGEST.sentence, { lines: true })}
      {field('question', LONGEST.sentence, { lines: true })}
      {draft.answer === 'choice'
        ? draft.choices.map((meets, i) => (
            <Field
              // Choices have no id before they are kept: each is known by its place.
              key={t('write-choice', { n: i + 1 })}
              label={t('write-choice', { n: i + 1 })}
              hint={`${t('write-choice-meets')} ${
                LEVELS.some((level) => level === meets) ? s(`level-${meets}`) : t(`meets-${meets}`)
              }`}
              error={at(`choices.${i}`)}
              maxLength={LONGEST.short}
              value={words.choices[i] ?? ''}
              onChange={(text) => change({ choices: setAt(words.choices, i, plain(text)) })}
            />
          ))
        : null}
      {draft.answer === 'number' ? field('measure', LONGEST.short) : null}
      {draft.evidence.map((type, i) => (
        <Field
          key={type}
          label={t('write-evidence', { type: t(`evidence-${type}`) })}
          hint={t('write-evidence-hint')}
          error={at(`evidence.${i}`)}
          maxLength={LONGEST.short}
          value={words.evidence[type] ?? ''}
          onChange={(text) => change({ evidence: { ...words.evidence, [type]: plain(text) } })}
        />
      ))}
      {field('clause', LONGEST.clause, { lines: true })}
      <Fold title={t('write-more')} open={Boolean(at('remedy') ?? at('acceptance') ?? at('exit') ?? at('phrases'))}>
        {field('remedy', LONGEST.clause, { lines: true, optional: true })}
        {field('acceptance', LONGEST.clause, { lines: true, optional: true })}
        {field('exit', LONGEST.clause, { lines: true, optional: true })}
        {field('phrases', LONGEST.clause, { lines: true, optional: true })}
      </Fold>
    </div>
  );
}

/** Texts are one line each: a break that was typed or pasted becomes a space. */
const plain = (text: string): string => text.replace(/\s*[\r\n\t]+\s*/g, ' ');
