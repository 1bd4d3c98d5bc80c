import { isOverdue, type Obligation, owedObligations } from '@proviso/procurement';
import { Link } from '@tanstack/react-router';
import type { Paper, PurchaseView } from 'proviso-server/contract';
import { type ReactNode, useState } from 'react';
import { useGive, usePart, useTenant } from '../api/index.ts';
import {
  Button,
  Card,
  Detail,
  Facts,
  Field,
  GivingNotice,
  Radios,
  Select,
  submits,
  toast,
  useNow,
} from '../design/index.ts';
import { useFormats, useWords } from '../i18n/index.ts';
import { PaperField } from '../purchase/paper-field.tsx';
import { State } from './obligations.tsx';
import { lotTitle, rhythmOf, supplierOf, useClauses, usePeople } from './parts.ts';

interface Shown {
  one: Obligation;
  view: PurchaseView;
}

/** One obligation: what it says, who sees to it, what was shown so far; and the ways to go on with it. */
export function ObligationDetail({ one, view }: Shown): ReactNode {
  const t = useWords('contract');
  const formats = useFormats();
  const { id: tenant } = useTenant();
  const now = useNow().toISOString();
  const { nameOf } = usePeople(view);
  const { title, text, proof } = useClauses(view.purchase.id)(one.requirement);
  const { purchase, commands } = view;
  const owed = owedObligations(purchase).includes(one);
  const lot = lotTitle(purchase, one.lot);
  return (
    <Detail>
      <Card
        title={
          <>
            <span className="mono">{one.requirement}</span> {title}
          </>
        }
      >
        <p className="keep-lines">{one.instead ?? text}</p>
        {one.instead === null ? null : <p className="muted small">{t('instead')}</p>}
        <Facts
          facts={[
            [
              t('due'),
              <span key="due">
                {formats.day(one.due)} <State one={one} late={isOverdue(purchase, one, now)} owed={owed} />
              </span>,
            ],
            [t('rhythm'), rhythmOf(one, t)],
            [t('owner'), nameOf(one.owner)],
            [t('supplier'), supplierOf(view, one.offer)],
            ...(lot === null ? [] : [[t('lot'), lot] as const]),
            [t('proof-wanted'), proof.join('; ')],
          ]}
        />
        <p className="small">
          <Link
            to="/t/$tenant/purchases/$purchase/thread/$requirement"
            params={{ tenant, purchase: purchase.id, requirement: one.requirement }}
          >
            {t('thread')}
          </Link>
        </p>
      </Card>
      {commands.includes('obligation.update') ? <Update one={one} view={view} /> : null}
      {commands.includes('obligation.assign') ? <Assign one={one} view={view} /> : null}
      <History one={one} view={view} />
    </Detail>
  );
}

const STEPS = ['met', 'open', 'waived'] as const;

function Update({ one, view }: Shown): ReactNode {
  const t = useWords('contract');
  const { id } = view.purchase;
  const giving = useGive(id);
  const [state, setState] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [paper, setPaper] = useState<Paper | null>(null);
  const said = reason.trim().length >= 3;
  const enough = state === 'met' ? said || paper !== null : said;
  const finish = (): void => {
    setState(null);
    setReason('');
    setPaper(null);
    toast({ text: t('updated') });
  };
  const send = async (): Promise<void> => {
    const input = { obligation: one.id, state, evidence: paper?.sha256 ?? null, reason: reason.trim() };
    if (await giving.give('obligation.update', input)) finish();
  };
  return (
    <Card title={t('update')}>
      <form className="stack" onSubmit={submits(() => void send())}>
        <Radios
          label={t('update-what')}
          value={state}
          onChange={setState}
          options={STEPS.map((step) => ({
            id: step,
            text: t(`step-${step}`),
            hint: t(step === 'met' && one.every ? 'step-met-again' : `step-${step}-hint`),
          }))}
        />
        <PaperField purchase={id} label={t('paper')} hint={t('paper-hint')} value={paper} onChange={setPaper} />
        <Field
          label={t('note')}
          hint={t('note-hint')}
          optional={state === null || (state === 'met' && paper !== null)}
          lines
          maxLength={4000}
          value={reason}
          onChange={setReason}
        />
        <GivingNotice giving={giving} onAgain={finish} />
        <div>
          <Button type="submit" look="primary" isPending={giving.pending} isDisabled={state === null || !enough}>
            {t('update-send')}
          </Button>
        </div>
      </form>
    </Card>
  );
}

function Assign({ one, view }: Shown): ReactNode {
  const t = useWords('contract');
  const giving = useGive(view.purchase.id);
  const { choices, nameOf } = usePeople(view);
  const [owner, setOwner] = useState('');
  const finish = (): void => {
    setOwner('');
    toast({ text: t('assigned') });
  };
  const send = async (): Promise<void> => {
    if (await giving.give('obligation.assign', { obligation: one.id, owner })) finish();
  };
  return (
    <Card title={t('assign')}>
      <form className="stack" onSubmit={submits(() => void send())}>
        <Select
          label={t('assign-to')}
          hint={t('assign-now', { name: nameOf(one.owner) })}
          optional={false}
          empty={t('choose-person')}
          value={owner}
          onChange={setOwner}
          options={choices.filter(({ id }) => id !== one.owner)}
        />
        <GivingNotice giving={giving} onAgain={finish} />
        <div>
          <Button type="submit" isPending={giving.pending} isDisabled={owner === ''}>
            {t('assign-send')}
          </Button>
        </div>
      </form>
    </Card>
  );
}

/** What happened to it, the last first, each proof with the paper that was kept. */
function History({ one, view }: Shown): ReactNode {
  const t = useWords('contract');
  const formats = useFormats();
  const { api } = useTenant();
  const { nameOf } = usePeople(view);
  const { id } = view.purchase;
  const papers = usePart<Paper[]>(id, 'papers', '/papers', view.actions.includes('contract.read')) ?? [];
  return (
    <Card title={t('history')}>
      {one.history.length === 0 ? <p className="muted">{t('history-none')}</p> : null}
      <ol className="lines">
        {one.history.toReversed().map((step) => {
          const paper = papers.find(({ sha256 }) => sha256 === step.evidence);
          return (
            <li key={step.at} className="stack-tight">
              <div>
                <strong>{t(`did-${step.state}`)}</strong>{' '}
                <span className="muted small">
                  {nameOf(step.by)}, {formats.moment(step.at)} · {t('due-then', { day: formats.day(step.due) })}
                </span>
              </div>
              {step.state === 'assigned' ? (
                <p className="small">{step.reason.split(' > ').map(nameOf).join(' → ')}</p>
              ) : step.reason === '' ? null : (
                <p className="keep-lines">{step.reason}</p>
              )}
              {paper ? (
                <p>
                  <a href={api.address(`/purchases/${id}/papers/${paper.sha256}`)} download={paper.name}>
                    {paper.name}
                  </a>{' '}
                  <span className="muted small">({formats.bytes(paper.bytes)})</span>
                </p>
              ) : step.evidence === null ? null : (
                <p className="small">
                  {t('paper-elsewhere')} <code className="hash">{step.evidence}</code>
                </p>
              )}
            </li>
          );
        })}
      </ol>
    </Card>
  );
}
