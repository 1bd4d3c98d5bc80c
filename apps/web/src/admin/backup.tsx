import type { ReactNode } from 'react';
import { useTenant } from '../api/index.ts';
import { ButtonAnchor, Card } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';

/** Everything in one file, to be put somewhere else. */
export function Backup(): ReactNode {
  const t = useWords('admin');
  const { api } = useTenant();
  return (
    <div className="prose">
      <Card title={t('part-backup')}>
        <p>{t('backup-text')}</p>
        <p className="muted">{t('backup-restore')}</p>
        <div>
          <ButtonAnchor look="primary" href={api.address('/backup')} download>
            {t('backup-download')}
          </ButtonAnchor>
        </div>
      </Card>
    </div>
  );
}
