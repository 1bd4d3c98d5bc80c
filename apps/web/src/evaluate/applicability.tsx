import { type ReactNode, useState } from 'react';
import { useGive, usePurchase, useTenant } from '../api/index.ts';
import { Badge, Button, EmptyState, Field, GivingNotice } from '../design/index.ts';
import { submits } from '../design/submits.ts';
import { useFormats, useWords } from '../i18n/index.ts';
import type { LotParts } from './parts.ts';

/** Requirements that may be found not to apply: only those the buyer allowed before publication and an offer claims. Two evaluators decide. */
export function Applicability(props: LotParts & { mayDecide: boolean }): ReactNode {
  const t = useWords('evaluate');
  const { view } = props;
  const { purchase } = usePurchase(props.id);
  const allowed = view.lines.filter((line) => purchase.plan?.notApplicable.includes(line.id));
  if (allowed.length === 0)
    return (
      <EmptyState title={t('applicability-none')}>
        <p>{t('applicability-none-text')}</p>
      </EmptyState>
    );
  return (
    <div className="stack">
      <p className="prose">{t('applicability-text')}</p>
      <ul className="lines">
        {allowed.map((line) => (
          <li key={line.id}>
            <Proposal {...props} line={line} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Proposal(props: LotParts & { mayDecide: boolean; line: LotParts['view']['lines'][number] }): ReactNode {
  const t = useWords('evaluate');
  const formats = useFormats();
  const { id, line, lot, offers, mayDecide } = props;
  const { person } = useTenant();
  const { purchase, names } = usePurchase(id);
  const giving = useGive(id);
  const [reason, setReason] = useState('');
  const proposed = purchase.evaluation.notApplicable.find((one) => one.lot === lot.id && one.requirement === line.id);
  const claims = offers.filter((offer) =>
    purchase.offers.find((one) => one.id === offer.id)?.opened?.contents?.notApplicable.includes(line.id),
  );
  const decide = (why: string): void =>
    void giving.give('applicability.decide', { lot: lot.id, requirement: line.id, reason: why });
  const mine = proposed?.by === person;
  return (
    <div className="stack-tight">
      <h2>
        {line.id} {line.title}{' '}
        {proposed ? (
          <Badge tone={proposed.agreed ? 'good' : 'warn'}>
            {t(proposed.agreed ? 'not-applicable' : 'na-proposed')}
          </Badge>
        ) : null}
      </h2>
      <p className="muted small">
        {claims.length === 0
          ? t('na-unclaimed')
          : t('na-claimed', { names: formats.list(claims.map(({ name }) => name)) })}
      </p>
      {proposed ? (
        <p>
          {names[proposed.by] ?? proposed.by}: {proposed.reason}
        </p>
      ) : null}
      <GivingNotice giving={giving} />
      {mayDecide && !lot.revealed && claims.length > 0 && !proposed ? (
        <form className="stack-tight" onSubmit={submits(() => decide(reason.trim()))}>
          <Field label={t('na-reason')} lines maxLength={4000} value={reason} onChange={setReason} />
          <div>
            <Button type="submit" isPending={giving.pending} isDisabled={reason.trim().length < 3}>
              {t('na-propose')}
            </Button>
          </div>
        </form>
      ) : null}
      {mayDecide && !lot.revealed && proposed && !proposed.agreed && !mine ? (
        <div>
          <Button look="primary" isPending={giving.pending} onPress={() => decide(proposed.reason)}>
            {t('na-agree')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
