import type { PurchaseView } from 'proviso-server/contract';
import { type ReactNode, useState } from 'react';
import { isProblem, useGive, useTenant } from '../api/index.ts';
import {
  Badge,
  Button,
  Card,
  Checkboxes,
  Confirm,
  Deadline,
  EmptyState,
  Facts,
  Field,
  GivingNotice,
  Notice,
  ProblemNotice,
  submits,
  toast,
} from '../design/index.ts';
import { useFormats, useWords } from '../i18n/index.ts';
import { biddersOf } from './bidders.ts';
import { makeKeys, NoOpenerKey } from './keys.ts';
import { areSet, NO_TIMES, NoticeTimes } from './notice-times.tsx';

type Purchase = PurchaseView['purchase'];

/** The rounds of a negotiation: those that were, and the form for another. */
export function Rounds({ view }: { view: PurchaseView }): ReactNode {
  const t = useWords('publish');
  const { purchase, commands } = view;
  const may = commands.includes('round.start');
  return (
    <div className="stack prose">
      {purchase.earlier.map((one) => (
        <Round key={one.round} round={one.round} notice={one.notice} />
      ))}
      {purchase.notice && purchase.earlier.length > 0 ? (
        <Round
          round={purchase.round}
          notice={purchase.notice}
          reason={purchase.earlier.at(-1)?.reason}
          invited={purchase.invited?.map((one) => view.names[one] ?? one)}
        />
      ) : null}
      {may ? (
        <RoundForm key={purchase.round} view={view} />
      ) : purchase.earlier.length === 0 ? (
        <EmptyState title={t('rounds-none')}>
          <p>{t('rounds-none-text')}</p>
        </EmptyState>
      ) : null}
    </div>
  );
}

function Round(props: {
  round: number;
  notice: NonNullable<Purchase['notice']>;
  reason?: string | undefined;
  invited?: string[] | undefined;
}): ReactNode {
  const t = useWords('publish');
  const formats = useFormats();
  const { round, notice, reason, invited } = props;
  return (
    <Card
      level={3}
      title={t('round-n', { n: round })}
      actions={reason === undefined ? undefined : <Badge tone="accent">{t('round-now')}</Badge>}
    >
      {reason === undefined ? null : <p className="keep-lines">{reason}</p>}
      <Facts
        facts={[
          [t('round-from'), formats.moment(notice.from)],
          [t('closing'), <Deadline key="c" at={notice.closing.instant} zone={notice.closing.zone} />],
          ...(invited ? [[t('round-invited'), invited.join(', ')] as const] : []),
        ]}
      />
    </Card>
  );
}

/** Who goes on, why, until when; the keys are made here when it is sent. */
function RoundForm({ view }: { view: PurchaseView }): ReactNode {
  const t = useWords('publish');
  const tenant = useTenant();
  const { purchase } = view;
  const bidders = biddersOf(purchase);
  const [invited, setInvited] = useState<string[]>([]);
  const [reason, setReason] = useState('');
  const [times, setTimes] = useState(NO_TIMES);
  const [making, setMaking] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState(false);
  const giving = useGive(purchase.id);
  const complete = invited.length > 0 && reason.trim().length >= 3 && areSet(times);
  const started = (): void => toast({ text: t('round-started') });
  const start = async (): Promise<void> => {
    setFault(null);
    setMaking(true);
    // New ones each time: since a refusal the openers may have others.
    const keys = await makeKeys(tenant, view).catch((error: unknown) => {
      setFault(error);
      return null;
    });
    const done = keys && (await giving.give('round.start', { invited, reason: reason.trim(), ...times, keys }));
    setMaking(false);
    setAsking(false);
    if (done) started();
  };
  if (bidders.length === 0)
    return (
      <EmptyState title={t('round-nobody')}>
        <p>{t('round-nobody-text')}</p>
      </EmptyState>
    );
  return (
    <Card title={t('round-new')}>
      <form
        className="stack"
        noValidate
        onSubmit={submits(() => {
          setTried(true);
          if (complete) setAsking(true);
        })}
      >
        <p className="muted">{t('round-text')}</p>
        <Checkboxes
          label={t('round-who')}
          hint={t('round-who-hint')}
          options={bidders.map((id) => ({ id, text: view.names[id] ?? id }))}
          value={invited}
          onChange={setInvited}
          error={tried && invited.length === 0 ? t('round-who-missing') : null}
        />
        <Field
          label={t('round-reason')}
          hint={t('round-reason-hint')}
          lines
          maxLength={4000}
          value={reason}
          onChange={setReason}
          error={tried && reason.trim().length < 3 ? t('round-reason-missing') : null}
        />
        <NoticeTimes zone={purchase.description.zone} value={times} tried={tried} onChange={setTimes} />
        {fault instanceof NoOpenerKey ? (
          <Notice tone="bad">
            <p>{t('keys-no-opener', { names: fault.names.join(', ') })}</p>
          </Notice>
        ) : (
          <ProblemNotice error={fault} />
        )}
        {isProblem(fault, 'opener-key-missing') ? <p className="small">{t('opener-no-key-text')}</p> : null}
        <GivingNotice giving={giving} onAgain={started} />
        <div>
          <Button type="submit" look="primary" isPending={making}>
            {t('round-start')}
          </Button>
        </div>
      </form>
      <Confirm
        title={t('round-start')}
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => void start()}
        confirm={t('round-start')}
        pending={making}
      >
        <p>{t('round-sure', { names: invited.map((id) => view.names[id] ?? id).join(', ') })}</p>
        <p>{t('round-keys')}</p>
      </Confirm>
    </Card>
  );
}
