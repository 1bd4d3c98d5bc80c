import type { DecisionLetter } from 'proviso-server/contract';
import type { ReactNode } from 'react';
import { usePart, useTenant } from '../api/index.ts';
import { ButtonAnchor, Card, Notice } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';
import type { AwardParts } from './parts.ts';

/** One letter for each supplier with its own reasons, in the purchase's language. */
export function Letters({ id, lot, view }: AwardParts): ReactNode {
  const t = useWords('award');
  const { api } = useTenant();
  const letters = usePart<DecisionLetter[]>(id, 'letters', `/letters?lot=${encodeURIComponent(lot)}`);
  if (letters.length === 0) return <Notice title={t('letters-none')} />;
  return (
    <div className="stack">
      <p className="prose">{t('letters-text')}</p>
      {letters.map((letter) => (
        <Card
          key={letter.offer}
          title={view.names[letter.offer] ?? letter.offer}
          actions={
            <ButtonAnchor small href={api.address(`/purchases/${id}/letters/${letter.offer}.docx`)} download>
              {t('letter-word')}
            </ButtonAnchor>
          }
        >
          <h3>{letter.subject}</h3>
          <p className="keep-lines letter">{letter.text}</p>
        </Card>
      ))}
    </div>
  );
}
