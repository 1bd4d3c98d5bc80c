import type { PurchaseView } from 'proviso-server/contract';
import { type ReactNode, useState } from 'react';
import { useGive } from '../api/index.ts';
import { Button, Card, Confirm, Dialog, Field, GivingNotice, submits, toast } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';
import { idsIn } from './ids-in.ts';

type Lot = PurchaseView['purchase']['lots'][number];

/** The lots; one that holds everything is no division and is said so. */
export function Lots({ view }: { view: PurchaseView }): ReactNode {
  const t = useWords('purchase');
  const w = useWords('wizard');
  const [open, setOpen] = useState(false);
  const [ending, setEnding] = useState<Lot | null>(null);
  const { lots, cancelled, awards } = view.purchase;
  const left = lots.filter(({ id }) => !cancelled.some(({ lot }) => lot === id));
  // The last one is not cancelled: then the purchase is stopped. Nor is one that is awarded.
  const mayEnd = ({ id }: Lot): boolean =>
    view.commands.includes('lot.cancel') &&
    left.length > 1 &&
    left.some((one) => one.id === id) &&
    !awards.some((one) => one.lot === id && one.withdrawn === null);
  return (
    <Card
      title={t('lots')}
      actions={
        view.commands.includes('lots.set') ? (
          <Button small onPress={() => setOpen(true)}>
            {w('change')}
          </Button>
        ) : undefined
      }
    >
      {lots.length === 1 ? (
        <p className="muted">{t('lots-one')}</p>
      ) : (
        <ul className="lines">
          {lots.map((lot) => {
            const ended = cancelled.find((one) => one.lot === lot.id);
            return (
              <li key={lot.id} className="stack-tight">
                <div className="spread">
                  <span>
                    <strong>{lot.title}</strong>{' '}
                    <span className="muted small">
                      {lot.requirements === null ? t('lot-all') : t('lot-some', { n: lot.requirements.length })}
                      {ended ? ` · ${t('lot-cancelled')}` : ''}
                    </span>
                  </span>
                  {mayEnd(lot) ? (
                    <Button small onPress={() => setEnding(lot)}>
                      {t('lot-cancel')}
                      <span className="unseen"> {lot.title}</span>
                    </Button>
                  ) : null}
                </div>
                {ended ? <p className="keep-lines small">{ended.reason}</p> : null}
              </li>
            );
          })}
        </ul>
      )}
      {open ? <LotsDialog view={view} onClose={() => setOpen(false)} /> : null}
      {ending ? <CancelLot id={view.purchase.id} lot={ending} onClose={() => setEnding(null)} /> : null}
    </Card>
  );
}

/** A lot is bought no more; the others go on. */
function CancelLot({ id, lot, onClose }: { id: string; lot: Lot; onClose(): void }): ReactNode {
  const t = useWords('purchase');
  const giving = useGive(id);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const missing = reason.trim().length < 3;
  const finish = (): void => {
    onClose();
    toast({ text: t('lot-cancel-done', { title: lot.title }) });
  };
  const send = async (): Promise<void> => {
    setTried(true);
    if (!missing && (await giving.give('lot.cancel', { lot: lot.id, reason: reason.trim() }))) finish();
  };
  return (
    <Confirm
      title={t('lot-cancel-title', { title: lot.title })}
      open
      onClose={onClose}
      onConfirm={() => void send()}
      confirm={t('lot-cancel')}
      danger
      pending={giving.pending}
    >
      <p>{t('lot-cancel-text')}</p>
      <Field
        label={t('stop-reason')}
        lines
        maxLength={4000}
        value={reason}
        onChange={setReason}
        error={tried && missing ? t('lot-cancel-missing') : null}
      />
      <GivingNotice giving={giving} onAgain={finish} />
    </Confirm>
  );
}

function LotsDialog({ view, onClose }: { view: PurchaseView; onClose(): void }): ReactNode {
  const t = useWords('purchase');
  const s = useWords('shell');
  const [base] = useState(view);
  const [lots, setLots] = useState<Lot[]>(base.purchase.lots);
  const giving = useGive(base.purchase.id);
  const undo = useGive(base.purchase.id);
  const finish = (): void => {
    onClose();
    toast({ text: t('saved'), undo: () => void undo.give('lots.set', { lots: base.purchase.lots }) });
  };
  const set = (i: number, change: Partial<Lot>): void => setLots(lots.with(i, { ...(lots[i] as Lot), ...change }));
  const add = (): void => {
    const id =
      ['all', ...lots.map((one) => one.id)].reduce(
        (n, one) => Math.max(n, Number(/^lot-(\d+)$/.exec(one)?.[1] ?? 0)),
        0,
      ) + 1;
    setLots([...lots, { id: `lot-${id}`, title: '', requirements: null, winners: 1 }]);
  };
  return (
    <Dialog title={t('lots')} open onClose={onClose} wide stays={giving.pending}>
      <form
        className="stack"
        onSubmit={submits(() => void giving.give('lots.set', { lots }, base).then((done) => done && finish()))}
      >
        <p className="muted">{t('lots-text')}</p>
        {lots.map((lot, i) => (
          <fieldset key={lot.id} className="row">
            <legend className="unseen">{t('lot-number', { n: i + 1 })}</legend>
            <Field label={t('lot-title', { n: i + 1 })} value={lot.title} onChange={(title) => set(i, { title })} />
            <Field
              label={t('lot-requirements')}
              hint={t('lot-requirements-hint')}
              optional
              value={lot.requirements?.join(', ') ?? ''}
              onChange={(text) => set(i, { requirements: idsIn(text) })}
            />
            {view.purchase.description.procedure === 'framework' ? (
              <Field
                label={t('lot-winners')}
                type="number"
                narrow
                value={String(lot.winners)}
                onChange={(value) => set(i, { winners: Number(value) || 1 })}
              />
            ) : null}
            {lots.length > 1 ? (
              <Button look="plain" onPress={() => setLots(lots.toSpliced(i, 1))}>
                {t('lot-remove', { n: i + 1 })}
              </Button>
            ) : null}
          </fieldset>
        ))}
        <div>
          <Button onPress={add}>{t('lot-add')}</Button>
        </div>
        <GivingNotice giving={giving} onAgain={finish} />
        <div className="row-end">
          <Button onPress={onClose}>{s('cancel')}</Button>
          <Button type="submit" look="primary" isPending={giving.pending}>
            {s('save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
