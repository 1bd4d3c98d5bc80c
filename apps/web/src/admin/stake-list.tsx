import type { PurchaseAtStake } from 'proviso-server/contract';
import type { ReactNode } from 'react';
import { useWords } from '../i18n/index.ts';

/** Purchases whose opening one person's key matters to, each with how many could still open it without. */
export function StakeList({
  purchases,
}: {
  purchases: readonly Pick<PurchaseAtStake, 'id' | 'title' | 'reference' | 'left'>[];
}): ReactNode {
  const t = useWords('admin');
  return (
    <ul>
      {purchases.map(({ id, title, reference, left }) => (
        <li key={id}>
          {reference === null ? title : `${reference}: ${title}`} ({t('stake-left', { n: left })})
        </li>
      ))}
    </ul>
  );
}
