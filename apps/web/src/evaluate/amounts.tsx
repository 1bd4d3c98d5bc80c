import { type ReactNode, useState } from 'react';
import { useGive, usePurchase } from '../api/index.ts';
import { Button, Card, Field, GivingNotice } from '../design/index.ts';
import { submits } from '../design/submits.ts';
import { useFormats, useWords } from '../i18n/index.ts';
import type { LotParts } from './parts.ts';

/** Numbers of the award criteria other than price, as days or a rating: found by an evaluator, each with where it was found. */
export function Amounts(props: LotParts & { mayWrite: boolean }): ReactNode {
  const t = useWords('evaluate');
  const { purchase } = usePurchase(props.id);
  const criteria = purchase.plan?.criteria.filter(({ kind }) => kind === 'amount') ?? [];
  return (
    <div className="stack">
      <p className="prose">{t('amounts-text')}</p>
      {criteria.map((criterion) => (
        <Card key={criterion.id} title={criterion.id}>
          <ul className="lines">
            {props.offers.map((offer) => (
              <li key={offer.id}>
                <Amount {...props} criterion={criterion.id} offer={offer} />
              </li>
            ))}
          </ul>
        </Card>
      ))}
    </div>
  );
}

function Amount(
  props: LotParts & { mayWrite: boolean; criterion: string; offer: LotParts['offers'][number] },
): ReactNode {
  const t = useWords('evaluate');
  const formats = useFormats();
  const { id, criterion, offer, mayWrite } = props;
  const { purchase, names } = usePurchase(id);
  const giving = useGive(id);
  const written = purchase.evaluation.amounts.findLast((one) => one.offer === offer.id && one.criterion === criterion);
  const [value, setValue] = useState('');
  const [reason, setReason] = useState('');
  const number = Number(value.trim().replace(',', '.'));
  const good = value.trim() !== '' && Number.isFinite(number) && number >= 0;
  const send = async (): Promise<void> => {
    if (await giving.give('amount.write', { offer: offer.id, criterion, value: number, reason: reason.trim() })) {
      setValue('');
      setReason('');
    }
  };
  return (
    <div className="stack-tight">
      <p>
        <strong>{offer.name}</strong>:{' '}
        {written === undefined
          ? t('amount-none')
          : `${formats.number(written.value)} (${names[written.by] ?? written.by}: ${written.reason})`}
      </p>
      <GivingNotice giving={giving} />
      {mayWrite ? (
        <form className="row" onSubmit={submits(() => good && void send())}>
          <Field
            label={t('amount-value', { name: offer.name })}
            narrow
            inputMode="decimal"
            value={value}
            onChange={setValue}
            error={value.trim() !== '' && !good ? t('amount-fault') : null}
          />
          <Field label={t('amount-reason')} maxLength={4000} value={reason} onChange={setReason} />
          <Button type="submit" isPending={giving.pending} isDisabled={!good || reason.trim().length < 3}>
            {t('amount-send')}
          </Button>
        </form>
      ) : null}
    </div>
  );
}
