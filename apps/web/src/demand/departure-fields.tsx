import type { Departure } from '@proviso/catalogue';
import type { ReactNode } from 'react';
import { useVocabulary } from '../api/catalogue.ts';
import { Badge, Field, Select } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';

/** What every departure carries: comply or explain. */
export type Explanation = Pick<Departure, 'reason' | 'text' | 'owner' | 'review'>;

const YEAR = 365 * 86_400_000;

/** Begins with who explains, and a look a year from now. */
export function emptyExplanation(owner: string, now: Date): Explanation {
  return { reason: '', text: '', owner, review: new Date(now.getTime() + YEAR).toISOString().slice(0, 10) };
}

export function explanationFault({ reason, text, owner, review }: Explanation): boolean {
  return reason === '' || text.trim() === '' || owner.trim() === '' || !/^\d{4}-\d{2}-\d{2}$/.test(review);
}

/** As it is sent: one line, as the catalogue asks. */
export function trimmed(one: Explanation): Explanation {
  return { ...one, text: one.text.replaceAll(/\s+/g, ' ').trim(), owner: one.owner.trim() };
}

/** Asks why, who answers for it, and when it is looked at again. */
export function ExplanationFields({
  value,
  onChange,
}: {
  value: Explanation;
  onChange(value: Explanation): void;
}): ReactNode {
  const t = useWords('demand');
  const { explainReasons } = useVocabulary();
  const chosen = explainReasons.find(({ id }) => id === value.reason);
  return (
    <>
      <Select
        label={t('explain-reason')}
        hint={t('explain-reason-hint')}
        optional={false}
        empty={t('choose')}
        value={value.reason}
        onChange={(reason) => onChange({ ...value, reason })}
        options={explainReasons}
      />
      {chosen && !chosen.accepted ? <Badge tone="warn">{t('explain-not-accepted')}</Badge> : null}
      <Field
        label={t('explain-text')}
        hint={t('explain-text-hint')}
        lines
        value={value.text}
        onChange={(text) => onChange({ ...value, text })}
      />
      <Field label={t('explain-owner')} value={value.owner} onChange={(owner) => onChange({ ...value, owner })} />
      <Field
        label={t('explain-review')}
        type="date"
        narrow
        value={value.review}
        onChange={(review) => onChange({ ...value, review })}
      />
    </>
  );
}
