import { owedObligations } from '@proviso/procurement';
import type { PurchaseView } from 'proviso-server/contract';
import { type ReactNode, useState } from 'react';
import { useGive } from '../api/index.ts';
import { Button, Card, Confirm, Facts, Field, GivingNotice, toast } from '../design/index.ts';
import { useFormats, useWords } from '../i18n/index.ts';
import { lotTitle, supplierOf } from './parts.ts';

/** The contracts themselves, and the way to end them. */
export function Contracts({ view }: { view: PurchaseView }): ReactNode {
  const t = useWords('contract');
  const formats = useFormats();
  const { purchase, names } = view;
  return (
    <div className="stack">
      {purchase.contracts.map((one) => {
        const lot = lotTitle(purchase, one.lot);
        return (
          <Card key={`${one.lot} ${one.offer}`} title={supplierOf(view, one.offer)}>
            <Facts
              facts={[
                ...(lot === null ? [] : [[t('lot'), lot] as const]),
                [t('runs'), t('from-to', { from: formats.day(one.from), to: formats.day(one.to) })],
                [t('value'), one.value === null ? '–' : formats.money(one.value)],
                [t('signed'), `${formats.moment(one.signed)}, ${names[one.by] ?? ''}`],
                [
                  t('hash'),
                  <code key="hash" className="hash">
                    {one.hash}
                  </code>,
                ],
              ]}
            />
          </Card>
        );
      })}
      {view.commands.includes('contract.end') ? (
        <End view={view} />
      ) : purchase.state === 'contracted' ? (
        <p className="muted">{t('end-not-you')}</p>
      ) : null}
    </div>
  );
}

function End({ view }: { view: PurchaseView }): ReactNode {
  const t = useWords('contract');
  const giving = useGive(view.purchase.id);
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const finish = (): void => {
    setOpen(false);
    toast({ text: t('ended-now') });
  };
  const send = async (): Promise<void> => {
    setAsked(true);
    if (reason.trim().length < 3) return;
    if (await giving.give('contract.end', { reason: reason.trim() })) finish();
  };
  const close = (): void => {
    setOpen(false);
    giving.dismiss();
  };
  return (
    <div>
      <Button look="danger" onPress={() => setOpen(true)}>
        {t('end')}
      </Button>
      <Confirm
        title={t('end')}
        open={open}
        onClose={close}
        onConfirm={() => void send()}
        confirm={t('end')}
        danger
        pending={giving.pending}
      >
        <p>{t('end-text', { n: owedObligations(view.purchase).length })}</p>
        <Field
          label={t('end-reason')}
          lines
          maxLength={4000}
          value={reason}
          onChange={setReason}
          error={asked && reason.trim().length < 3 ? t('reason-missing') : null}
        />
        <GivingNotice giving={giving} onAgain={finish} />
      </Confirm>
    </div>
  );
}
