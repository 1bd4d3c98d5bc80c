import type { DemandView, PurchaseView } from 'proviso-server/contract';
import { type ReactNode, useState } from 'react';
import { useTenant } from '../api/index.ts';
import { Button, ButtonLink, Dialog, GivingNotice, Notice } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';
import { useChangeContext } from './change-context.ts';

/** A later edition of the catalogue would ask something else: shows what, and takes it over when the reader says so. */
export function NewerEdition(props: { view: PurchaseView; demand: DemandView; mayTake: boolean }): ReactNode {
  const t = useWords('demand');
  const s = useWords('shell');
  const { view, demand, mayTake } = props;
  const { id: tenant } = useTenant();
  const [open, setOpen] = useState(false);
  const { giving, put } = useChangeContext(view.purchase.id);
  const { newer } = demand;
  if (!newer) return null;
  const close = (): void => setOpen(false);
  const take = async (): Promise<void> => {
    if (await put(demand.file.demand.context, demand, view)) close();
  };
  return (
    <Notice
      title={t('newer-title', { edition: newer.edition })}
      actions={<Button onPress={() => setOpen(true)}>{t('newer-show')}</Button>}
    >
      <p>
        {t('newer-count', {
          added: newer.added.length,
          removed: newer.removed.length,
          changed: newer.changed.length,
        })}
      </p>
      <Dialog title={t('newer-title', { edition: newer.edition })} open={open} onClose={close} wide>
        <Lists newer={newer} />
        <p className="muted">{mayTake ? t('newer-text') : t('newer-text-reader')}</p>
        <GivingNotice giving={giving} onAgain={close} />
        <div className="row-end">
          <ButtonLink
            to="/t/$tenant/catalogue"
            params={{ tenant }}
            search={{ part: 'changes', from: demand.file.demand.catalogue.hash, to: newer.hash } as never}
          >
            {t('newer-words')}
          </ButtonLink>
          <Button onPress={close}>{s('close')}</Button>
          {mayTake ? (
            <Button look="primary" onPress={() => void take()} isPending={giving.pending}>
              {t('newer-take')}
            </Button>
          ) : null}
        </div>
      </Dialog>
    </Notice>
  );
}

function Lists({ newer }: { newer: NonNullable<DemandView['newer']> }): ReactNode {
  const t = useWords('demand');
  return (['added', 'removed', 'changed'] as const)
    .filter((kind) => newer[kind].length > 0)
    .map((kind) => (
      <section key={kind}>
        <h3>{t(`newer-${kind}`)}</h3>
        <ul>
          {newer[kind].map((id) => (
            <li key={id}>
              <span className="mono">{id}</span> {newer.titles[id]}
            </li>
          ))}
        </ul>
      </section>
    ));
}
