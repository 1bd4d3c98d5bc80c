import { type ReactNode, useState } from 'react';
import { useGive, usePurchase } from '../api/index.ts';
import { Badge, Button, EmptyState, Field, GivingNotice, Radios } from '../design/index.ts';
import { submits } from '../design/submits.ts';
import { useFormats, useWords } from '../i18n/index.ts';
import type { LotParts } from './parts.ts';

type Deviation = ReturnType<typeof usePurchase>['purchase']['deviations'][number];

const TONES = { proposed: 'warn', countered: 'neutral', accepted: 'good', agreed: 'good', refused: 'bad' } as const;
const VERDICTS = ['accepted', 'countered', 'refused'] as const;

/** Those of a lot's offers, what waits for the buyer first. */
export function deviationsOf(all: readonly Deviation[], offers: LotParts['offers']): Deviation[] {
  const ids = new Set(offers.map(({ id }) => id));
  const own = all.filter(({ offer }) => ids.has(offer));
  return [...own.filter(isOpen), ...own.filter((one) => !isOpen(one))];
}

/** Does it keep the scores from being frozen? What was countered waits for its supplier. */
export const isOpen = ({ status }: Deviation): boolean => status === 'proposed' || status === 'countered';

/** What suppliers offer instead of what was asked: each is accepted, countered or refused, with a reason that the supplier reads. */
export function Deviations(props: LotParts): ReactNode {
  const t = useWords('evaluate');
  const { purchase } = usePurchase(props.id);
  const found = deviationsOf(purchase.deviations, props.offers);
  if (found.length === 0)
    return (
      <EmptyState title={t('deviations-none')}>
        <p>{t('deviations-none-text')}</p>
      </EmptyState>
    );
  return (
    <div className="stack">
      <p className="prose">{t('deviations-text')}</p>
      <ul className="lines">
        {found.map((one) => (
          <li key={`${one.offer} ${one.requirement} ${one.steps.length}`}>
            <One {...props} deviation={one} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function One({ id, view, lot, offers, deviation }: LotParts & { deviation: Deviation }): ReactNode {
  const t = useWords('evaluate');
  const formats = useFormats();
  const { commands, names } = usePurchase(id);
  const giving = useGive(id);
  const [verdict, setVerdict] = useState<string | null>(null);
  const [counter, setCounter] = useState('');
  const [reason, setReason] = useState('');
  const { offer, requirement, status, proposal } = deviation;
  const line = view.lines.find((one) => one.id === requirement);
  const name = offers.find((one) => one.id === offer)?.name ?? offer;
  const counters = verdict === 'countered';
  const send = (): void =>
    void giving.give('deviation.decide', {
      offer,
      requirement,
      verdict,
      reason: reason.trim(),
      counter: counters ? counter.trim() : null,
    });
  return (
    <article className="stack-tight">
      <div className="row">
        <h2>
          {requirement} {line?.title} · {name}
        </h2>
        <Badge tone={TONES[status]}>{t(`deviation-${status}`)}</Badge>
      </div>
      {line ? (
        <>
          <h3 className="small muted">{t('deviation-asked')}</h3>
          <p className="prose">{line.sentence}</p>
        </>
      ) : null}
      <h3 className="small muted">{t('deviation-proposal')}</h3>
      <p className="keep-lines prose">{proposal}</p>
      {deviation.counter === null ? null : (
        <>
          <h3 className="small muted">{t('deviation-counter')}</h3>
          <p className="keep-lines prose">{deviation.counter}</p>
        </>
      )}
      {deviation.steps.length > 0 ? (
        <ul className="small">
          {deviation.steps.map((step) => (
            <li key={`${step.at} ${step.by}`}>
              {formats.moment(step.at)}, {names[step.by] ?? name}: {t(`deviation-${step.status}`)}. {step.reason}
            </li>
          ))}
        </ul>
      ) : null}
      <GivingNotice giving={giving} />
      {status === 'proposed' && !lot.frozen && commands.includes('deviation.decide') ? (
        <form className="stack-tight" onSubmit={submits(() => verdict !== null && send())}>
          <Radios
            label={t('deviation-verdict')}
            wide
            value={verdict}
            onChange={setVerdict}
            options={VERDICTS.map((one) => ({ id: one, text: t(`deviation-${one}-it`) }))}
          />
          {counters ? (
            <Field
              label={t('deviation-counter-label')}
              hint={t('deviation-counter-hint')}
              lines
              maxLength={4000}
              value={counter}
              onChange={setCounter}
            />
          ) : null}
          <Field
            label={t('deviation-reason')}
            hint={t('deviation-reason-hint')}
            lines
            maxLength={4000}
            value={reason}
            onChange={setReason}
          />
          <div>
            <Button
              type="submit"
              isPending={giving.pending}
              isDisabled={verdict === null || reason.trim().length < 3 || (counters && counter.trim() === '')}
            >
              {t('deviation-send')}
            </Button>
          </div>
        </form>
      ) : null}
    </article>
  );
}
