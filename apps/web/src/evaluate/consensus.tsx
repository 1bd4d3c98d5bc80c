import { type Cell, WIDE_SPREAD } from '@proviso/procurement';
import { type ReactNode, useMemo, useState } from 'react';
import { useGive, useTenant } from '../api/index.ts';
import {
  Badge,
  Button,
  Checkbox,
  Field,
  GivingNotice,
  Notice,
  Progress,
  Radios,
  VirtualList,
} from '../design/index.ts';
import { submits } from '../design/submits.ts';
import { useWords } from '../i18n/index.ts';
import { useAddress } from '../shell/index.ts';
import { Answer } from './answer.tsx';
import type { LotParts } from './parts.ts';
import { cellKey, spreadOf, toAgree } from './scores.ts';

/** What the evaluators differ on, the widest first; each agreed score takes two people and a reason. */
export function Consensus(props: LotParts & { mayWrite: boolean }): ReactNode {
  const t = useWords('evaluate');
  const { cells, lot } = props;
  const [all, setAll] = useAddress('all');
  const found = useMemo(() => toAgree(cells), [cells]);
  const open = found.filter(({ value }) => value === null);
  const shown = all === '' ? found.filter((cell) => cell.value === null || spreadOf(cell) > 0) : found;
  return (
    <div className="stack">
      <Progress
        label={t('agree-progress')}
        value={found.length - open.length}
        max={found.length}
        text={t('agree-progress-text', { open: open.length })}
      />
      <Checkbox selected={all !== ''} onChange={(on) => setAll(on ? 'yes' : '')}>
        {t('agree-all')}
      </Checkbox>
      {shown.length === 0 ? <Notice tone="good" title={t('agree-none')} /> : null}
      <VirtualList label={t('tab-agree')} rows={shown} rowId={(cell: Cell) => cellKey(cell)} estimate={320}>
        {(one) => <Difference {...props} cell={one} mayWrite={props.mayWrite && !lot.frozen} />}
      </VirtualList>
    </div>
  );
}

function Difference({ id, view, offers, cell, mayWrite }: LotParts & { cell: Cell; mayWrite: boolean }): ReactNode {
  const t = useWords('evaluate');
  const { person } = useTenant();
  const giving = useGive(id);
  const { proposal, value: agreed } = cell;
  const [value, setValue] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const offer = offers.find((one) => one.id === cell.offer);
  const line = view.lines.find((one) => one.id === cell.requirement);
  const nameOf = (one: string): string => view.evaluators.find((other) => other.id === one)?.name ?? one;
  if (!offer || !line) return null;
  const write = async (next: number, why: string): Promise<void> => {
    const { offer: own, requirement } = cell;
    if (await giving.give('consensus.write', { offer: own, requirement, value: next, reason: why })) {
      setValue(null);
      setReason('');
    }
  };
  return (
    <article className="consensus">
      <h2>
        {line.id} {line.title} · {offer.name}
      </h2>
      <div className="row">
        {cell.scores.map((one) => (
          <Badge key={one.evaluator}>{t('score-of', { name: nameOf(one.evaluator), value: one.value })}</Badge>
        ))}
        {spreadOf(cell) >= WIDE_SPREAD ? <Badge tone="warn">{t('wide')}</Badge> : null}
        {agreed === null ? null : <Badge tone="good">{t('agreed', { value: agreed })}</Badge>}
      </div>
      <ul className="small">
        {cell.scores
          .filter((one) => one.reason)
          .map((one) => (
            <li key={one.evaluator}>
              {nameOf(one.evaluator)}: {one.reason}
            </li>
          ))}
      </ul>
      <Answer view={view} offer={offer} requirement={cell.requirement} />
      {proposal ? (
        <Notice
          title={t('proposed', { name: nameOf(proposal.by), value: proposal.value })}
          actions={
            mayWrite && proposal.by !== person ? (
              <Button
                look="primary"
                isPending={giving.pending}
                onPress={() => void write(proposal.value, proposal.reason)}
              >
                {t('agree', { value: proposal.value })}
              </Button>
            ) : undefined
          }
        >
          <p>{proposal.reason}</p>
          {proposal.by === person ? <p className="muted small">{t('second-needed')}</p> : null}
        </Notice>
      ) : null}
      {mayWrite ? (
        <form
          className="consensus-form"
          onSubmit={submits(() => value !== null && void write(Number(value), reason.trim()))}
        >
          <Radios
            label={t('propose')}
            wide
            value={value}
            onChange={setValue}
            options={[0, 1, 2, 3].map((one) => ({ id: String(one), text: String(one) }))}
          />
          <Field label={t('reason-agreed')} lines maxLength={4000} value={reason} onChange={setReason} />
          <div>
            <Button type="submit" isPending={giving.pending} isDisabled={value === null}>
              {t('propose-send')}
            </Button>
          </div>
        </form>
      ) : null}
      <GivingNotice giving={giving} />
    </article>
  );
}
