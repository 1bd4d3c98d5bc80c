import type { PurchaseView } from 'proviso-server/contract';
import { type ReactNode, useState } from 'react';
import { Button, EmptyState } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';
import { ContextEditor } from './context-editor.tsx';

/** Where the requirements will be: says how they come, and asks the questions right here. */
export function NoDemand({ view }: { view: PurchaseView }): ReactNode {
  const t = useWords('demand');
  const [asking, setAsking] = useState(false);
  const may = view.actions.includes('demand.edit') && view.purchase.state === 'drafted';
  if (asking) return <ContextEditor view={view} demand={null} onDone={() => setAsking(false)} />;
  return (
    <EmptyState
      title={t('none-title')}
      actions={
        may ? (
          <Button look="primary" onPress={() => setAsking(true)}>
            {t('none-begin')}
          </Button>
        ) : undefined
      }
    >
      <p>{may ? t('none-text') : t('none-text-reader')}</p>
    </EmptyState>
  );
}
