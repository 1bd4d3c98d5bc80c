import type { PurchaseView } from 'proviso-server/contract';
import type { ReactNode } from 'react';
import { Badge, Card, Deadline, EmptyState } from '../design/index.ts';
import { useFormats, useWords } from '../i18n/index.ts';
import { CorrigendumForm } from './corrigendum-form.tsx';

/** Corrections after publication: what was corrected, and the form for another. All invited suppliers are told. */
export function Corrigenda({ view }: { view: PurchaseView }): ReactNode {
  const t = useWords('publish');
  const formats = useFormats();
  const { corrigenda } = view.purchase;
  return (
    <div className="stack prose">
      {corrigenda.length === 0 ? (
        <EmptyState title={t('corrigenda-none')}>
          <p>{t('corrigenda-none-text')}</p>
        </EmptyState>
      ) : null}
      {corrigenda.map(({ id, significance, reason, changed, closing, at }) => (
        <Card key={id} level={3} title={formats.moment(at)} actions={<Badge>{t(`weight-${significance}`)}</Badge>}>
          <p className="keep-lines">{reason}</p>
          {closing ? (
            <p>
              {t('closing-moved')} <Deadline at={closing.to.instant} zone={closing.to.zone} />
            </p>
          ) : null}
          <ul className="small">
            {changed
              .filter(({ what }) => what !== 'demand' && what !== 'plan')
              .map(({ what, from, to }) => (
                <li key={`${what} ${from} ${to}`}>
                  {what}: {from} → {to}
                </li>
              ))}
            {changed.some(({ what }) => what === 'demand') ? <li>{t('changed-demand')}</li> : null}
            {changed.some(({ what }) => what === 'plan') ? <li>{t('changed-plan')}</li> : null}
          </ul>
        </Card>
      ))}
      {view.commands.includes('corrigendum.publish') ? <CorrigendumForm view={view} /> : null}
    </div>
  );
}
