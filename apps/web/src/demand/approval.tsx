import { lastApproval } from '@proviso/procurement';
import type { DemandView, PurchaseView } from 'proviso-server/contract';
import { type ReactNode, useState } from 'react';
import { useGive, useTenant } from '../api/index.ts';
import { Badge, Button, Card, Field, GivingNotice, Notice, Radios, submits, toast } from '../design/index.ts';
import { useFormats, useWords } from '../i18n/index.ts';

const APPROVERS = ['security', 'legal'] as const;
type Approver = (typeof APPROVERS)[number];

/** What security and legal say of the requirements, and the way to say it. */
export function Approval({ view, demand }: { view: PurchaseView; demand: DemandView }): ReactNode {
  const t = useWords('demand');
  const { roles } = useTenant();
  const hash = demand.form.demand;
  const { state } = view.purchase;
  const mine = APPROVERS.filter((one) => roles.includes(one) && view.commands.includes('demand.approve'));
  return (
    <div className="stack">
      {state === 'drafted' ? (
        <Notice>
          <p>{t('approval-early')}</p>
        </Notice>
      ) : null}
      {APPROVERS.map((as) => (
        <ApprovalState key={as} as={as} view={view} hash={hash} />
      ))}
      {mine.map((as) => (
        <ApprovalForm key={`${as} ${hash}`} as={as} view={view} hash={hash} />
      ))}
    </div>
  );
}

interface Asked {
  as: Approver;
  view: PurchaseView;
  /** Of the demand that is asked about. */
  hash: string;
}

function ApprovalState({ as, view, hash }: Asked): ReactNode {
  const t = useWords('demand');
  const s = useWords('shell');
  const formats = useFormats();
  const last = lastApproval(view.purchase, as, hash);
  return (
    <Card
      title={s(`role-${as}`)}
      actions={
        <Badge tone={last === null ? 'neutral' : last.verdict === 'approved' ? 'good' : 'bad'}>
          {last === null ? t('approval-none') : t(`approval-${last.verdict}`)}
        </Badge>
      }
    >
      {last === null ? (
        <p className="muted">{t('approval-waiting')}</p>
      ) : (
        <>
          <p>
            {view.names[last.by] ?? t('somebody')}, {formats.moment(last.at)}
          </p>
          {last.reason === '' ? null : <p className="keep-lines">{last.reason}</p>}
        </>
      )}
    </Card>
  );
}

function ApprovalForm({ as, view, hash }: Asked): ReactNode {
  const t = useWords('demand');
  const s = useWords('shell');
  const { person } = useTenant();
  const giving = useGive(view.purchase.id);
  const [verdict, setVerdict] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const { demand } = view.purchase;
  // Of one that is prepared the server knows who did so.
  if (demand?.hash === hash && demand.by === person)
    return (
      <Notice>
        <p>{t('approval-own')}</p>
      </Notice>
    );
  const finish = (): void => {
    setVerdict(null);
    setReason('');
    toast({ text: t('approval-given') });
  };
  const send = async (): Promise<void> => {
    if (verdict === null) return;
    if (await giving.give('demand.approve', { as, verdict, demand: hash, reason: reason.trim() })) finish();
  };
  return (
    <Card title={t('approval-yours', { role: s(`role-${as}`) })}>
      <form className="stack" onSubmit={submits(() => void send())}>
        <Radios
          label={t('approval-verdict')}
          options={[
            { id: 'approved', text: t('approve') },
            { id: 'objected', text: t('object') },
          ]}
          value={verdict}
          onChange={setVerdict}
        />
        <Field
          label={t('approval-reason')}
          optional={verdict !== 'objected'}
          lines
          value={reason}
          onChange={setReason}
          maxLength={4000}
        />
        <GivingNotice giving={giving} onAgain={finish} />
        <div>
          <Button type="submit" look="primary" isPending={giving.pending} isDisabled={verdict === null}>
            {t('approval-send')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
