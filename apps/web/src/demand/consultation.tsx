import { isLate } from '@proviso/procurement';
import { Link } from '@tanstack/react-router';
import type { ConsultationAnswer, DemandView, Invitation, PurchaseView } from 'proviso-server/contract';
import { type ReactNode, useState } from 'react';
import { useGive, usePart, useTenant } from '../api/index.ts';
import {
  Badge,
  Button,
  ButtonLink,
  Card,
  Checkboxes,
  Deadline,
  EmptyState,
  Field,
  Fold,
  GivingNotice,
  Notice,
  submits,
  toast,
  useNow,
} from '../design/index.ts';
import { useFormats, useWords } from '../i18n/index.ts';
import { useAnswers } from './remarks.tsx';

type Consultation = PurchaseView['purchase']['consultations'][number];

interface Shown {
  view: PurchaseView;
  demand: DemandView;
}

/** Asking the market about the draft: opened with a day, answered by suppliers' links, ended with a summary for all. */
export function ConsultationPart({ view, demand }: Shown): ReactNode {
  const t = useWords('consultation');
  const answers = useAnswers(view);
  const { consultations } = view.purchase;
  const running = consultations.some(({ outcome }) => outcome === null);
  const mayOpen = view.commands.includes('consultation.open');
  return (
    <div className="stack prose">
      {consultations.length === 0 ? (
        <EmptyState title={t('none-title')}>
          <p>{t('none-text')}</p>
          {mayOpen ? null : <p>{view.purchase.state === 'drafted' ? t('who-opens') : t('too-late')}</p>}
        </EmptyState>
      ) : null}
      {mayOpen && !running ? <Open view={view} /> : null}
      {consultations.toReversed().map((one) => (
        <Held
          key={one.id}
          one={one}
          answers={answers.filter(({ consultation }) => consultation === one.id)}
          view={view}
          demand={demand}
        />
      ))}
    </div>
  );
}

function Open({ view }: { view: PurchaseView }): ReactNode {
  const t = useWords('consultation');
  const { consultations, description, id } = view.purchase;
  const giving = useGive(id);
  const [until, setUntil] = useState('');
  const finish = (): void => toast({ text: t('opened') });
  const send = async (): Promise<void> => {
    if (await giving.give('consultation.open', { id: `c${consultations.length + 1}`, until })) finish();
  };
  return (
    <Card title={consultations.length === 0 ? t('open') : t('open-again')}>
      <p>{t('open-text')}</p>
      <Invited view={view} />
      <form className="stack" onSubmit={submits(() => void send())}>
        <Field
          label={t('until')}
          hint={t('in-zone', { zone: description.zone })}
          type="datetime-local"
          narrow
          value={until}
          onChange={setUntil}
        />
        <GivingNotice giving={giving} onAgain={finish} />
        <div>
          <Button type="submit" look="primary" isPending={giving.pending} isDisabled={until === ''}>
            {t('open-send')}
          </Button>
        </div>
      </form>
    </Card>
  );
}

/** Whom the draft is shown to: whoever has a link, now or later. */
function Invited({ view }: { view: PurchaseView }): ReactNode {
  const t = useWords('consultation');
  const { id: tenant } = useTenant();
  const { id } = view.purchase;
  const invitations = usePart<Invitation[]>(id, 'invitations', '/invitations', view.actions.includes('supplier.read'));
  const invited = new Set((invitations ?? []).flatMap(({ supplier, revoked }) => (revoked === null ? [supplier] : [])));
  return (
    <Notice
      tone={invited.size === 0 ? 'warn' : 'neutral'}
      actions={
        view.actions.includes('invitation.manage') ? (
          <ButtonLink
            to="/t/$tenant/purchases/$purchase/publish"
            params={{ tenant, purchase: id }}
            search={{ part: 'invitations' } as never}
          >
            {t('invite')}
          </ButtonLink>
        ) : undefined
      }
    >
      <p>{t('invited', { n: invited.size })}</p>
    </Notice>
  );
}

/** One consultation: how it stands, what came, and what came of it. */
function Held(props: Shown & { one: Consultation; answers: readonly ConsultationAnswer[] }): ReactNode {
  const t = useWords('consultation');
  const formats = useFormats();
  const now = useNow().toISOString();
  const { one, answers, view, demand } = props;
  const { outcome, until } = one;
  const over = outcome !== null || isLate(now, until);
  return (
    <Card
      title={t('held', { day: formats.day(one.at) })}
      actions={
        <Badge tone={outcome ? 'good' : over ? 'warn' : 'accent'}>
          {outcome ? t('state-ended') : over ? t('state-over') : t('state-open')}
        </Badge>
      }
    >
      <p>
        {t('answers-until')} <Deadline at={until.instant} zone={until.zone} />
      </p>
      {one.demand === null ? (
        <Notice tone="warn">
          <p>{t('without-demand')}</p>
        </Notice>
      ) : one.demand === view.purchase.demand?.hash ? null : (
        <p className="muted small">{t('changed-since')}</p>
      )}
      {outcome ? <Outcome outcome={outcome} view={view} demand={demand} /> : <Invited view={view} />}
      <h3>{t('answers', { n: one.answers.length })}</h3>
      {one.answers.length > 0 && !view.actions.includes('consultation.read') ? (
        <p className="muted">{t('answers-not-you')}</p>
      ) : null}
      <ul className="lines">
        {answers.map((answer) => (
          <li key={answer.id} className="stack-tight">
            <span className="small">
              <strong>{answer.name}</strong> <span className="muted">{formats.moment(answer.at)}</span>
            </span>
            {answer.text.trim() === '' ? null : <p className="keep-lines">{answer.text}</p>}
            {answer.comments.map(({ requirement, text }) => (
              <div key={`${requirement} ${text}`}>
                <ToRequirement view={view} demand={demand} requirement={requirement} />
                <p className="keep-lines">{text}</p>
              </div>
            ))}
          </li>
        ))}
      </ul>
      {outcome === null && view.commands.includes('consultation.close') ? (
        <Close one={one} view={view} demand={demand} early={!over} />
      ) : null}
    </Card>
  );
}

function ToRequirement({ view, demand, requirement }: Shown & { requirement: string }): ReactNode {
  const { id: tenant } = useTenant();
  return (
    <Link
      to="/t/$tenant/purchases/$purchase/demand/$requirement"
      params={{ tenant, purchase: view.purchase.id, requirement }}
    >
      <span className="mono small">{requirement}</span> {demand.words.requirements[requirement]?.title}
    </Link>
  );
}

function Outcome({ outcome, view, demand }: Shown & { outcome: NonNullable<Consultation['outcome']> }): ReactNode {
  const t = useWords('consultation');
  const formats = useFormats();
  return (
    <>
      <h3>{t('outcome')}</h3>
      <p className="keep-lines">{outcome.summary}</p>
      {outcome.changed.length > 0 ? (
        <>
          <p>{t('changed')}</p>
          <ul>
            {outcome.changed.map((requirement) => (
              <li key={requirement}>
                <ToRequirement view={view} demand={demand} requirement={requirement} />
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <p className="muted small">
        {view.names[outcome.by] ?? ''} {formats.moment(outcome.at)}
      </p>
    </>
  );
}

function Close({ one, view, demand, early }: Shown & { one: Consultation; early: boolean }): ReactNode {
  const t = useWords('consultation');
  const giving = useGive(view.purchase.id);
  const [summary, setSummary] = useState('');
  const [changed, setChanged] = useState<string[]>([]);
  const finish = (): void => toast({ text: t('closed') });
  const send = async (): Promise<void> => {
    if (await giving.give('consultation.close', { consultation: one.id, summary: summary.trim(), changed })) finish();
  };
  return (
    <form className="stack" onSubmit={submits(() => void send())}>
      <h3>{t('close')}</h3>
      {early ? <p className="muted">{t('close-early')}</p> : null}
      <Field
        label={t('summary')}
        hint={t('summary-hint')}
        lines
        maxLength={10_000}
        value={summary}
        onChange={setSummary}
      />
      <Fold title={t('changed-choose', { n: changed.length })}>
        <Checkboxes
          label={t('changed')}
          value={changed}
          onChange={setChanged}
          options={demand.file.demand.requirements.map(({ id }) => ({
            id,
            text: `${id} ${demand.words.requirements[id]?.title ?? ''}`,
          }))}
        />
      </Fold>
      <GivingNotice giving={giving} onAgain={finish} />
      <div>
        <Button type="submit" look="primary" isPending={giving.pending} isDisabled={summary.trim() === ''}>
          {t('close-send')}
        </Button>
      </div>
    </form>
  );
}
