import type { ReactNode } from 'react';
import { Button, Field, Radios, Select } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';
import { type AnswerKind, type Draft, LEVELS, type Meets, type Unit } from './own-draft.ts';

const ANSWERS: readonly AnswerKind[] = ['yes-no', 'choice', 'number', 'date', 'text'];
const MEETS: readonly Meets[] = ['advanced', 'standard', 'basic', 'none', 'not-applicable'];
const UNITS: readonly Unit[] = ['minutes', 'hours', 'days', 'weeks', 'months', 'years', 'percent', 'bits', 'count'];
const MOST_CHOICES = 10;

/** How the supplier answers, and what an answer is worth. */
export function OwnQuestion(props: {
  draft: Draft;
  faultAt(where: string): string | null;
  onChange(part: Partial<Draft>): void;
}): ReactNode {
  const t = useWords('catalogue');
  const s = useWords('shell');
  const { draft, faultAt, onChange } = props;
  const { answer, choices, number } = draft;
  const setNumber = (part: Partial<Draft['number']>) => onChange({ number: { ...number, ...part } });
  return (
    <>
      <Radios
        label={t('write-answer')}
        value={answer}
        onChange={(value) => onChange({ answer: ANSWERS.find((one) => one === value) ?? 'yes-no' })}
        options={ANSWERS.map((id) => ({ id, text: t(`answer-${id}`), hint: t(`answer-${id}-hint`) }))}
      />
      {answer === 'choice' ? (
        <fieldset className="stack own-group">
          <legend className="group-label">{t('write-choices')}</legend>
          <p className="field-hint">{t('write-choices-hint')}</p>
          {choices.map((meets, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: choices have no id before they are kept.
            <div key={i} className="row">
              <Select
                label={t('write-choice', { n: i + 1 })}
                narrow
                optional={false}
                value={meets}
                onChange={(value) => onChange({ choices: choices.map((one, j) => (j === i ? (value as Meets) : one)) })}
                options={MEETS.map((id) => ({
                  id,
                  text: LEVELS.some((level) => level === id) ? s(`level-${id}`) : t(`meets-${id}`),
                }))}
              />
              {choices.length > 2 ? (
                <Button small onPress={() => onChange({ choices: choices.filter((_, j) => j !== i) })}>
                  {t('write-choice-remove', { n: i + 1 })}
                </Button>
              ) : null}
            </div>
          ))}
          {faultAt('question.choices') ? <p className="field-error">{t('write-choices-fault')}</p> : null}
          {choices.length < MOST_CHOICES ? (
            <div>
              <Button small onPress={() => onChange({ choices: [...choices, 'none'] })}>
                {t('write-choice-add')}
              </Button>
            </div>
          ) : null}
        </fieldset>
      ) : null}
      {answer === 'number' ? (
        <fieldset className="stack own-group">
          <legend className="group-label">{t('write-number')}</legend>
          <div className="grid">
            <Select
              label={t('write-unit')}
              optional={false}
              value={number.unit}
              onChange={(unit) => setNumber({ unit: unit as Unit })}
              options={UNITS.map((id) => ({ id, text: t(`unit-${id}`) }))}
            />
            <Select
              label={t('write-better')}
              optional={false}
              value={number.better}
              onChange={(better) => setNumber({ better: better === 'higher' ? 'higher' : 'lower' })}
              options={(['lower', 'higher'] as const).map((id) => ({ id, text: t(`better-${id}`) }))}
            />
          </div>
          <div className="grid">
            {LEVELS.map((level) => (
              <Field
                key={level}
                label={t('write-value-at', { level: s(`level-${level}`) })}
                error={faultAt(`question.values.${level}`) ?? faultAt(`parameters.0.values.${level}`)}
                type="number"
                value={number[level]}
                onChange={(text) => setNumber({ [level]: text })}
              />
            ))}
            {(['least', 'most'] as const).map((end, i) => (
              <Field
                key={end}
                label={t(`write-${end}`)}
                error={faultAt(`question.range.${i}`) ?? faultAt('parameters.0.range')}
                type="number"
                value={number[end]}
                onChange={(text) => setNumber({ [end]: text })}
              />
            ))}
          </div>
        </fieldset>
      ) : null}
    </>
  );
}
