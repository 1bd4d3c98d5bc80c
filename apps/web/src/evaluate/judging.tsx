import type { EvaluationView } from 'proviso-server/contract';
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useTenant } from '../api/index.ts';
import { Badge, Button, Field, Notice, ProblemNotice, Progress, Radios, Select } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';
import { ProofBeside } from '../proof/beside.tsx';
import { useAddress } from '../shell/index.ts';
import { Answer } from './answer.tsx';
import { Demanded } from './detail.tsx';
import type { LotParts } from './parts.ts';
import { cellKey, workOf } from './scores.ts';
import { type Scoring, useScore } from './use-score.ts';

/** One requirement at a time, all offers side by side: the same measure for each. Nobody sees another's scores yet. */
export function Judging({ id, view, lot, offers, cells }: LotParts): ReactNode {
  const t = useWords('evaluate');
  const scoring = useScore(id);
  const { person } = useTenant();
  const byKey = useMemo(() => new Map(cells.map((cell) => [cellKey(cell), cell])), [cells]);
  const { total, left } = useMemo(() => workOf(cells, person), [cells, person]);
  const [wanted, setWanted] = useAddress('requirement', left[0]?.requirement ?? view.lines[0]?.id ?? '');
  const index = Math.max(
    0,
    view.lines.findIndex((one) => one.id === wanted),
  );
  const line = view.lines[index];
  const heading = useRef<HTMLHeadingElement>(null);
  const first = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus follows the requirement.
  useEffect(() => {
    if (first.current) first.current = false;
    else heading.current?.focus();
  }, [line?.id]);
  if (!line) return null;
  const next = left.find(({ requirement }) => requirement !== line.id)?.requirement;
  if (lot.revealed) return <Notice title={t('score-revealed')} />;
  return (
    <div className="stack">
      <Progress
        label={t('progress')}
        value={total - left.length}
        max={total}
        text={t('progress-text', { done: total - left.length, total })}
      />
      <div className="row">
        <Button isDisabled={index === 0} onPress={() => setWanted(view.lines[index - 1]?.id ?? '')}>
          {t('previous')}
        </Button>
        <Button isDisabled={index + 1 >= view.lines.length} onPress={() => setWanted(view.lines[index + 1]?.id ?? '')}>
          {t('next')}
        </Button>
        <Button isDisabled={next === undefined} onPress={() => setWanted(next ?? '')}>
          {t('next-open')}
        </Button>
        <Select
          label={t('requirement')}
          hideLabel
          value={line.id}
          onChange={setWanted}
          options={view.lines.map((one) => ({ id: one.id, text: `${one.id} ${one.title}` }))}
        />
        <span className="muted small" role="status">
          {scoring.sending > 0 ? t('saving') : ''}
        </span>
      </div>
      <ProblemNotice error={scoring.error} />
      <section className="stack">
        <h2 ref={heading} tabIndex={-1}>
          {line.id} {line.title}
        </h2>
        <Demanded line={line} />
        <p className="muted small">{t('keys-hint')}</p>
        <div className="offers-beside">
          {offers.map((offer) => {
            const cell = byKey.get(cellKey({ offer: offer.id, requirement: line.id }));
            return (
              <OfferScore
                key={`${offer.id} ${line.id}`}
                id={id}
                view={view}
                offer={offer}
                line={line}
                scoring={scoring}
                mayScore={cell !== undefined && !cell.unfavourable}
                row={cell?.scores.find(({ evaluator }) => evaluator === person)}
              />
            );
          })}
        </div>
      </section>
    </div>
  );
}

/** One offer's answer with its score; keys 0 to 3 work anywhere in it but where one types. */
function OfferScore(props: {
  id: string;
  view: EvaluationView;
  offer: EvaluationView['offers'][number];
  line: EvaluationView['lines'][number];
  scoring: Scoring;
  /** Is there something to score? */
  mayScore: boolean;
  row: { value: number; reason: string | null } | undefined;
}): ReactNode {
  const t = useWords('evaluate');
  const { id, view, offer, line, scoring, mayScore, row } = props;
  const [reason, setReason] = useState(row?.reason ?? '');
  const claimed = offer.claimed[line.id] ?? null;
  const write = (value: number): void =>
    void scoring.write(offer.id, line.id, value, reason.trim().length < 3 ? null : reason.trim());
  const onKeyDown = (event: KeyboardEvent): void => {
    const typing = event.target instanceof HTMLTextAreaElement;
    if (!mayScore || typing || event.ctrlKey || event.metaKey || event.altKey || !/^[0-3]$/.test(event.key)) return;
    event.preventDefault();
    write(Number(event.key));
  };
  return (
    <article className="offer-card" onKeyDown={onKeyDown}>
      <h3>{offer.name}</h3>
      <Answer view={view} offer={offer} requirement={line.id} />
      <ProofBeside id={id} offer={offer.id} requirement={line.id} claimed={claimed} />
      {mayScore ? (
        <>
          {claimed === null ? null : <Badge>{t('claimed', { value: claimed })}</Badge>}
          <Radios
            label={t('score-for', { name: offer.name })}
            wide
            value={row ? String(row.value) : null}
            onChange={(value) => write(Number(value))}
            options={[0, 1, 2, 3].map((value) => ({ id: String(value), text: String(value) }))}
          />
          <Field
            label={t('reason')}
            hint={t('reason-hint')}
            optional
            lines
            maxLength={4000}
            value={reason}
            onChange={setReason}
            onBlur={() => row && reason.trim() !== (row.reason ?? '') && write(row.value)}
          />
        </>
      ) : (
        <p className="muted">{t('nothing-to-score')}</p>
      )}
    </article>
  );
}
