import type { AnswerValue } from '@proviso/catalogue';
import type { FormQuestion } from '@proviso/catalogue/answers';
import type { EvaluationView } from 'proviso-server/contract';
import type { ReactNode } from 'react';
import { type Formats, useFormats, useWords, type Words } from '../i18n/index.ts';

/** An answer as people read it; empty where there is none. */
export function answerText(
  question: FormQuestion | undefined,
  value: AnswerValue | undefined,
  t: Words,
  formats: Formats,
): string {
  if (value === null || value === undefined || value === '') return '';
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  if (typeof value === 'number') {
    const written = formats.number(value);
    return question?.unit ? `${written} ${question.unit}` : written;
  }
  if (question?.type === 'date') return formats.day(value);
  return question?.choices.find(({ id }) => id === value)?.text ?? value;
}

/** All that an offer says to one requirement: the answer, and what goes with it. */
export function Answer(props: {
  view: EvaluationView;
  offer: EvaluationView['offers'][number];
  requirement: string;
}): ReactNode {
  const t = useWords('evaluate');
  const formats = useFormats();
  const { view, offer, requirement } = props;
  const said = view.form.questions
    .filter((one) => one.requirement === requirement)
    .map((question) => ({ question, text: answerText(question, offer.answers[question.id], t, formats) }))
    .filter(({ text }) => text !== '');
  if (said.length === 0) return <p className="muted">{t('no-answer')}</p>;
  return (
    <dl className="answer">
      {said.map(({ question, text }) => (
        <div key={question.id}>
          <dt className="muted small">{t(`part-${question.part}`)}</dt>
          <dd className="keep-lines">{text}</dd>
        </div>
      ))}
    </dl>
  );
}
