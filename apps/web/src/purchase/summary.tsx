import type { ReactNode } from 'react';
import { useVocabulary, type Vocabulary } from '../api/catalogue.ts';
import { Button, Card, Facts } from '../design/index.ts';
import { type Formats, isLanguage, LANGUAGE_NAMES, useFormats, useWords, type Words } from '../i18n/index.ts';
import { type Answers, askedIn, ceilingOf, isAnswered, type Question, STEPS } from './questions.ts';

/** Every answer in words, a step a card, with the way back to it. */
export function Summary({ answers, onGo }: { answers: Answers; onGo?(step: number): void }): ReactNode {
  const t = useWords('wizard');
  const say = useAnswerText();
  return (
    <div className="stack">
      {STEPS.map((step, i) => {
        const { id } = step;
        const questions = askedIn(step, answers);
        return questions.length === 0 ? null : (
          <Card
            key={id}
            level={3}
            title={t(`step-${id}`)}
            actions={
              onGo ? (
                <Button small onPress={() => onGo(i)}>
                  {t('change')}
                </Button>
              ) : undefined
            }
          >
            <Facts
              facts={questions
                .filter(({ key }) => onGo !== undefined || answers[key] !== undefined)
                .map((one) => [t(`ask-${one.key}`), isAnswered(answers, one) ? say(one, answers) : t('not-answered')])}
            />
          </Card>
        );
      })}
    </div>
  );
}

/** How an answer reads: words of the vocabulary, names of countries and languages. */
export function useAnswerText(): (question: Question, answers: Answers) => string {
  const t = useWords('wizard');
  const vocabulary = useVocabulary();
  const formats = useFormats();
  return (question, answers) => answerText(question, answers, { t, vocabulary, formats });
}

function answerText(
  { key, kind, list }: Question,
  answers: Answers,
  { t, vocabulary, formats }: { t: Words; vocabulary: Vocabulary; formats: Formats },
): string {
  const answer = answers[key] ?? null;
  if (answer === null || answer === '') return '–';
  if (typeof answer === 'boolean') return answer ? t('yes') : t('no');
  const termOf = (id: string): string => (list ? vocabulary[list].find((one) => one.id === id)?.text : undefined) ?? id;
  if (Array.isArray(answer)) return formats.list(answer.map(termOf));
  if (kind === 'money') {
    const cents = ceilingOf(answers);
    return cents === null ? '–' : formats.money(cents);
  }
  if (kind === 'months') return t('months', { n: Number(answer) });
  if (kind === 'country') return formats.country(String(answer));
  if (kind === 'language') return isLanguage(answer) ? LANGUAGE_NAMES[answer] : String(answer);
  if (kind === 'procedure') return t(`procedure-${answer}`);
  return termOf(String(answer));
}
