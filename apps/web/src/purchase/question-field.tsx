import { type ReactNode, useMemo } from 'react';
import { useVocabulary } from '../api/catalogue.ts';
import { Checkboxes, Field, Radios, Select } from '../design/index.ts';
import { LANGUAGE_NAMES, LANGUAGES, useFormats, useWords } from '../i18n/index.ts';
import { COUNTRIES, timeZones } from './places.ts';
import { useProcedures } from './procedures.tsx';
import { type Answer, type Answers, faultOf, type Question } from './questions.ts';

/** One question about a purchase, asked with the control that fits its answers. Faults are shown once the reader wants to go on. */
export function QuestionField(props: {
  question: Question;
  answers: Answers;
  onAnswer(key: string, answer: Answer): void;
  showFaults: boolean;
}): ReactNode {
  const t = useWords('wizard');
  const vocabulary = useVocabulary();
  const procedures = useProcedures();
  const { question, answers, onAnswer } = props;
  const { key, kind, list, optional = false } = question;
  const fault = props.showFaults ? faultOf(answers, question) : null;
  const answer = answers[key] ?? null;
  const text = typeof answer === 'string' || typeof answer === 'number' ? String(answer) : '';
  const options = list ? vocabulary[list] : [];
  const common = {
    label: t(`ask-${key}`),
    hint: t(`why-${key}`),
    error: fault ? t(fault) : null,
    onChange: (value: string) => onAnswer(key, value),
  };
  switch (kind) {
    case 'one':
      return <Radios {...common} options={options} value={text === '' ? null : text} />;
    case 'many':
      return (
        <Checkboxes
          {...common}
          wide
          options={options}
          value={Array.isArray(answer) ? answer : []}
          onChange={(value) => onAnswer(key, value)}
        />
      );
    case 'yes-no':
      return (
        <Radios
          {...common}
          options={[
            { id: 'yes', text: t('yes') },
            { id: 'no', text: t('no') },
          ]}
          value={answer === null ? null : answer === true ? 'yes' : 'no'}
          onChange={(value) => onAnswer(key, value === 'yes')}
        />
      );
    case 'months':
      return (
        <Field
          {...common}
          narrow
          type="number"
          min={1}
          max={600}
          value={text}
          onChange={(value) => onAnswer(key, value === '' ? null : Number(value))}
        />
      );
    case 'money':
      return <Field {...common} narrow optional={optional} inputMode="decimal" value={text} maxLength={30} />;
    case 'procedure':
      return <Radios {...common} options={procedures} value={text === '' ? null : text} />;
    case 'select':
      return <Select {...common} optional={false} empty={t('choose')} options={options} value={text} />;
    case 'language':
      return (
        <Select
          {...common}
          optional={false}
          options={LANGUAGES.map((id) => ({ id, text: LANGUAGE_NAMES[id] }))}
          value={text}
        />
      );
    case 'country':
      return <CountryField {...common} value={text} />;
    case 'zone':
      return (
        <Select
          {...common}
          optional={false}
          empty={t('choose')}
          options={timeZones().map((id) => ({ id, text: id }))}
          value={text}
        />
      );
    default:
      return <Field {...common} optional={optional} value={text} maxLength={key === 'reference' ? 100 : 300} />;
  }
}

function CountryField(props: {
  label: string;
  hint: string;
  error: string | null;
  value: string;
  onChange(value: string): void;
}): ReactNode {
  const t = useWords('wizard');
  const { country, compare } = useFormats();
  const options = useMemo(
    () => COUNTRIES.map((id) => ({ id, text: country(id) })).sort((a, b) => compare(a.text, b.text)),
    [country, compare],
  );
  return <Select {...props} optional={false} empty={t('choose')} options={options} />;
}
