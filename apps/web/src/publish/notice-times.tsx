import type { ReactNode } from 'react';
import { Field } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';

const FIELDS = ['questionsUntil', 'closing', 'opening'] as const;
export type Times = Record<(typeof FIELDS)[number], string>;
export const NO_TIMES: Times = { questionsUntil: '', closing: '', opening: '' };

export const areSet = (times: Times): boolean => FIELDS.every((field) => times[field] !== '');

/** When questions, offers and the opening are due, on the clocks of the purchase. The server says the earliest that would do. */
export function NoticeTimes(props: {
  zone: string;
  value: Times;
  tried: boolean;
  onChange(times: Times): void;
}): ReactNode {
  const t = useWords('publish');
  const { zone, value, tried, onChange } = props;
  return (
    <>
      <p className="muted">{t('dates-text', { zone })}</p>
      {FIELDS.map((field) => (
        <Field
          key={field}
          label={t(`${field}-label`)}
          hint={t(`${field}-hint`)}
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
