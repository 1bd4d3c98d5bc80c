import type { ProofRun } from 'proviso-server/contract';
import type { ReactNode } from 'react';
import { Fold, Table } from '../design/index.ts';
import { useFormats, useWords } from '../i18n/index.ts';

const WIDTH = 10;
const GAP = 3;
const UP = 40;
const DOWN = 24;

/** Looks at one name over time: what passes stands above the line, what fails below it. The same as a table for who does not see it. */
export function History({ name, runs }: { name: string; runs: readonly ProofRun[] }): ReactNode {
  const t = useWords('proof');
  const formats = useFormats();
  const ordered = runs.toReversed();
  const [first, last] = [ordered[0], ordered.at(-1)];
  if (!first || !last) return <p className="muted small">{t('never')}</p>;
  const most = Math.max(1, ...ordered.map(({ counts }) => counts.pass + counts.warn + counts.inconclusive));
  const worst = Math.max(1, ...ordered.map(({ counts }) => counts.fail));
  const label = t('history-label', {
    name,
    n: ordered.length,
    first: formats.day(first.at),
    last: formats.day(last.at),
    pass: last.counts.pass,
    fail: last.counts.fail,
  });
  return (
    <div className="stack-tight">
      <svg
        className="proof-history"
        role="img"
        aria-label={label}
        width={ordered.length * (WIDTH + GAP)}
        height={UP + DOWN + 2}
      >
        {ordered.map(({ id, counts }, i) => {
          const x = i * (WIDTH + GAP);
          const pass = (counts.pass / most) * UP;
          const open = ((counts.warn + counts.inconclusive) / most) * UP;
          const fail = (counts.fail / worst) * DOWN;
          return (
            <g key={id}>
              <rect className="proof-pass" x={x} y={UP - pass} width={WIDTH} height={pass} />
              <rect className="proof-open" x={x} y={UP - pass - open} width={WIDTH} height={open} />
              <rect className="proof-fail" x={x} y={UP + 2} width={WIDTH} height={fail} />
            </g>
          );
        })}
        <line className="proof-line" x1={0} x2={ordered.length * (WIDTH + GAP)} y1={UP + 1} y2={UP + 1} />
      </svg>
      <Fold title={t('history-table')}>
        <Table
          caption={t('history-of', { name })}
          dense
          rows={runs}
          rowId={({ id }) => id}
          columns={[
            { id: 'at', title: t('when'), cell: ({ at }) => formats.moment(at), by: ({ at }) => at },
            { id: 'profile', title: t('profile'), cell: ({ profile }) => profile },
            ...(['pass', 'fail', 'warn', 'inconclusive'] as const).map((verdict) => ({
              id: verdict,
              title: t(`verdict-${verdict}`),
              number: true,
              cell: ({ counts }: ProofRun) => formats.number(counts[verdict]),
              by: ({ counts }: ProofRun) => counts[verdict],
            })),
          ]}
        />
      </Fold>
    </div>
  );
}
