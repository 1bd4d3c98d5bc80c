import type { ReactNode } from 'react';
import { Field } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';

const FIELDS = ['questionsUntil', 'closing', 'opening'] as const;
export type Times = Record<(typeof FIELDS)[number], string>;
export const NO_TIMES: Times = { questionsUntil: '', closing: '', opening: '' };

export const areSet = (times: Times): boolean => FIELDS.every((field) => times[field] !== '');

/** When questions, offers (or requests to take part) and the opening are due, on the clocks of the purchase. The server says the earliest that would do. */
export function NoticeTimes(props: {
  zone: string;
  stage?: 'selection' | 'tender';
  value: Times;
  tried: boolean;
  onChange(times: Times): void;
}): ReactNode {
  const t = useWords('publish');
  const { zone, stage = 'tender', value, tried, onChange } = props;
  const words = (field: keyof Times, kind: 'label' | 'hint'): string =>
    stage === 'selection' && field !== 'questionsUntil' ? t(`${field}-selection-${kind}`) : t(`${field}-${kind}`);
  return (
    <>
      <p className="muted">{t('dates-text', { zone })}</p>
      {FIELDS.map((field) => (
        <Field
          key={field}
          label={words(field, 'label')}
          hint={words(field, 'hint')}
          type="datetime-local"
          narrow
          value={value[field]}
          onChange={(time) => onChange({ ...value, [field]: time })}
          error={tried && value[field] === '' ? t('date-missing') : null}
        />
      ))}
    </>
  );
}
