import { hasSelection } from '@proviso/procurement';
import type { OpeningView, PurchaseView } from 'proviso-server/contract';
import { type ReactNode, useState } from 'react';
import { useGive, usePart } from '../api/index.ts';
import { Button, Card, Confirm, Field, GivingNotice, submits, toast } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';
import { unable } from '../opening/who.tsx';
import { areSet, NO_TIMES, NoticeTimes } from './notice-times.tsx';

/** The dates of the notice. The server knows holidays and the shortest periods, and says the earliest that would do. */
export function PublishForm({ view }: { view: PurchaseView }): ReactNode {
  const t = useWords('publish');
  const { purchase } = view;
  const selects = hasSelection(purchase);
  const opening = usePart<OpeningView>(purchase.id, 'opening', '/opening');
  const [times, setTimes] = useState(NO_TIMES);
  const [validityDays, setValidity] = useState('120');
  const [asking, setAsking] = useState(false);
  const [tried, setTried] = useState(false);
  const giving = useGive(purchase.id);
  const stale = unable(opening).length > 0;
  const complete = areSet(times) && Number(validityDays) >= 1;
  const finish = (): void => {
    setAsking(false);
    toast({ text: t('published') });
  };
  const publish = async (): Promise<void> => {
    const keys = opening.keys?.parts.map(({ part, fingerprint }) => ({ part, fingerprint })) ?? [];
    const done = await giving.give('purchase.publish', { ...times, validityDays: Number(validityDays), keys });
    if (done) finish();
    else setAsking(false);
  };
  return (
    <Card title={t('dates')}>
      <form
        className="stack"
        noValidate
        onSubmit={submits(() => {
          setTried(true);
          if (complete) setAsking(true);
        })}
      >
        {selects ? <p>{t('dates-selection')}</p> : null}
        <NoticeTimes
          zone={purchase.description.zone}
          stage={selects ? 'selection' : 'tender'}
          value={times}
          tried={tried}
          onChange={setTimes}
        />
        <Field
          label={t('validity')}
          hint={t('validity-hint')}
          type="number"
          min={1}
          max={730}
          narrow
          value={validityDays}
          onChange={setValidity}
        />
        <GivingNotice giving={giving} onAgain={finish} />
        <div>
          <Button type="submit" look="primary" isDisabled={!opening.keys || stale} isPending={giving.pending}>
            {t('publish')}
          </Button>
          {opening.keys ? (
            stale ? (
              <p className="muted small">{t('keys-stale')}</p>
            ) : null
          ) : (
            <p className="muted small">{t('publish-keys-first')}</p>
          )}
        </div>
      </form>
      <Confirm
        title={t('publish')}
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => void publish()}
        confirm={t('publish')}
        pending={giving.pending}
      >
        <p>{t(selects ? 'publish-text-selection' : 'publish-text')}</p>
      </Confirm>
    </Card>
  );
}
