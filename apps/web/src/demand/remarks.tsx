import type { ConsultationAnswer, PurchaseView } from 'proviso-server/contract';
import type { ReactNode } from 'react';
import { usePart } from '../api/index.ts';
import { Card } from '../design/index.ts';
import { useFormats, useWords } from '../i18n/index.ts';

/** What suppliers said of the draft, in the order in which it came; nothing for who may not read it. */
export function useAnswers({ purchase, actions }: PurchaseView): ConsultationAnswer[] {
  const may = purchase.consultations.length > 0 && actions.includes('consultation.read');
  return usePart<ConsultationAnswer[]>(purchase.id, 'consultations', '/consultations', may) ?? [];
}

/** How many remarks there are on each requirement. */
export function remarksOn(answers: readonly ConsultationAnswer[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { comments } of answers)
    for (const { requirement } of comments) counts.set(requirement, (counts.get(requirement) ?? 0) + 1);
  return counts;
}

/** What suppliers said of one requirement, beside it. */
export function Remarks({ view, requirement }: { view: PurchaseView; requirement: string }): ReactNode {
  const t = useWords('consultation');
  const formats = useFormats();
  const own = useAnswers(view).flatMap(({ id, name, at, comments }) =>
    comments.filter((one) => one.requirement === requirement).map(({ text }) => ({ id, name, at, text })),
  );
  if (own.length === 0) return null;
  return (
    <Card title={t('remarks')}>
      <ul className="lines">
        {own.map((one) => (
          <li key={`${one.id} ${one.text}`} className="stack-tight">
            <span className="small">
              <strong>{one.name}</strong> <span className="muted">{formats.moment(one.at)}</span>
            </span>
            <p className="keep-lines">{one.text}</p>
          </li>
        ))}
      </ul>
    </Card>
  );
}
