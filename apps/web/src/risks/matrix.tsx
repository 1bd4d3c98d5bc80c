import type { Demand } from '@proviso/catalogue';
import { type ReactNode, useRef } from 'react';
import { useWords } from '../i18n/index.ts';

type RatedRisk = Demand['risks'][number];

const STEPS = [1, 2, 3, 4, 5] as const;

/** Score → shade. The bands are those of the catalogue: up to 4, 9, 15, and above. */
function shadeOf(score: number): number {
  if (score >= 16) return 5;
  if (score >= 10) return 4;
  if (score >= 5) return 3;
  return score >= 3 ? 2 : 1;
}

/**
 * Likelihood by impact, each risk in its cell. A cell is a drop target: dragging a risk asks for another rating, which is a departure with a
 * reason. The same can be done by keyboard from the risk's own page part.
 */
export function RiskMatrix(props: {
  risks: readonly RatedRisk[];
  titleOf(id: string): string;
  selected: string;
  onSelect(id: string): void;
  /** Absent where the reader may not rate. */
  onRate?(id: string, rating: { likelihood: number; impact: number }): void;
}): ReactNode {
  const t = useWords('risks');
  const dragged = useRef<string | null>(null);
  const { risks, onRate } = props;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1).
    <section className="matrix-scroll" tabIndex={0} aria-label={t('matrix')}>
      <table className="matrix">
        <caption className="unseen">{t('matrix-caption')}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="unseen">{t('likelihood')}</span>
            </th>
            {STEPS.map((impact) => (
              <th key={impact} scope="col">
                {t(`impact-${impact}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {STEPS.toReversed().map((likelihood) => (
            <tr key={likelihood}>
              <th scope="row">{t(`likelihood-${likelihood}`)}</th>
              {STEPS.map((impact) => (
                <td
                  key={impact}
                  className={`matrix-cell shade-${shadeOf(likelihood * impact)}`}
                  onDragOver={(event) => onRate && event.preventDefault()}
                  onDrop={(event) => {
                    event.preventDefault();
                    if (dragged.current !== null) onRate?.(dragged.current, { likelihood, impact });
                    dragged.current = null;
                  }}
                >
                  {risks
                    .filter((one) => one.likelihood === likelihood && one.impact === impact)
                    .map(({ id }) => (
                      <button
                        key={id}
                        type="button"
                        className="matrix-risk"
                        aria-pressed={id === props.selected}
                        title={props.titleOf(id)}
                        draggable={onRate !== undefined}
                        onDragStart={() => {
                          dragged.current = id;
                        }}
                        onClick={() => props.onSelect(id)}
                      >
                        {id.replace('RSK-', '')}
                        <span className="unseen">{props.titleOf(id)}</span>
                      </button>
                    ))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
