import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from 'react';
import { Badge } from '../design/index.ts';
import { useFormats, useWords } from '../i18n/index.ts';
import { ProofMark } from '../proof/beside.tsx';
import { useProof } from '../proof/use-proof.ts';
import { useAddress } from '../shell/index.ts';
import { answerText } from './answer.tsx';
import { Detail } from './detail.tsx';
import type { LotParts } from './parts.ts';
import { cellKey } from './scores.ts';

const ROW = 84;
const HEAD = 48;

/** Requirements down, offers across; only what is near is drawn. Arrow keys move, Enter opens a requirement. */
export function Comparison({ id, view, offers, lot }: LotParts): ReactNode {
  const t = useWords('evaluate');
  const proof = useProof(id);
  const formats = useFormats();
  const scroller = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState({ row: 0, column: 0 });
  const [open, setOpen] = useAddress('requirement');
  const mine = useMemo(() => new Map(view.mine.map((row) => [cellKey(row), row])), [view.mine]);
  const questions = useMemo(() => new Map(view.form.questions.map((one) => [one.id, one])), [view.form]);
  const { lines } = view;
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 6,
    paddingStart: HEAD,
    scrollPaddingStart: HEAD,
  });
  const focusCell = (row: number, column: number): void => {
    setAt({ row, column });
    rows.scrollToIndex(row);
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-cell="${row}-${column}"]`)?.focus({ preventScroll: false }),
    );
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const last = { row: lines.length - 1, column: offers.length };
    const moves: Record<string, [number, number]> = {
      ArrowUp: [Math.max(0, at.row - 1), at.column],
      ArrowDown: [Math.min(last.row, at.row + 1), at.column],
      ArrowLeft: [at.row, Math.max(0, at.column - 1)],
      ArrowRight: [at.row, Math.min(last.column, at.column + 1)],
      Home: event.ctrlKey ? [0, 0] : [at.row, 0],
      End: event.ctrlKey ? [last.row, last.column] : [at.row, last.column],
      PageUp: [Math.max(0, at.row - 6), at.column],
      PageDown: [Math.min(last.row, at.row + 6), at.column],
    };
    const move = moves[event.key];
    if (move) {
      event.preventDefault();
      focusCell(...move);
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      setOpen(lines[at.row]?.id ?? '');
    }
  };
  const cell = (row: number, column: number) => ({
    'data-cell': `${row}-${column}`,
    tabIndex: at.row === row && at.column === column ? 0 : -1,
    'aria-colindex': column + 1,
    onClick: () => {
      setAt({ row, column });
      setOpen(lines[row]?.id ?? '');
    },
  });
  return (
    <div className="stack">
      <p className="muted small">{t('compare-hint')}</p>
      <div ref={scroller} className="comparison">
        <table
          className="comparison-body"
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is a table that one moves in.
          role="grid"
          aria-label={t('tab-compare')}
          aria-rowcount={lines.length + 1}
          aria-colcount={offers.length + 1}
          style={{ height: rows.getTotalSize() }}
          onKeyDown={onKeyDown}
        >
          <thead>
            <tr className="comparison-row comparison-head" aria-rowindex={1}>
              <th scope="col" className="comparison-cell comparison-first" aria-colindex={1}>
                {t('requirement')}
              </th>
              {offers.map(({ id, name, problem }, i) => (
                <th key={id} scope="col" className="comparison-cell" aria-colindex={i + 2}>
                  {name} {problem === null ? null : <Badge tone="bad">{t('offer-problem', { problem })}</Badge>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.getVirtualItems().map(({ index, start }) => {
              const line = lines[index];
              if (!line) return null;
              return (
                <tr
                  key={line.id}
                  className={line.id === open ? 'comparison-row is-open' : 'comparison-row'}
                  aria-rowindex={index + 2}
                  style={{ transform: `translateY(${start}px)`, height: ROW }}
                >
                  <th scope="row" className="comparison-cell comparison-first" {...cell(index, 0)}>
                    <strong>{line.id}</strong> {line.title}{' '}
                    {line.knockout ? <Badge tone="warn">{t('knockout')}</Badge> : null}
                  </th>
                  {offers.map((offer, i) => {
                    const text = answerText(questions.get(line.id), offer.answers[line.id], t, formats);
                    const score = mine.get(cellKey({ offer: offer.id, requirement: line.id }));
                    return (
                      <td key={offer.id} className="comparison-cell" {...cell(index, i + 1)}>
                        <span className={text === '' ? 'comparison-text muted' : 'comparison-text'}>
                          {text === '' ? t('no-answer') : text}
                        </span>
                        <ProofMark
                          view={proof}
                          offer={offer.id}
                          requirement={line.id}
                          claimed={offer.claimed[line.id] ?? null}
                        />
                        {score ? <Badge tone="accent">{t('my-score', { value: score.value })}</Badge> : null}
                      </td>
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {open === '' ? null : (
        <Detail id={id} view={view} lot={lot} offers={offers} requirement={open} onClose={() => setOpen('')} />
      )}
    </div>
  );
}
