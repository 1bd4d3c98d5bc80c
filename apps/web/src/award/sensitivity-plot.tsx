import type { WeightSensitivity } from '@proviso/procurement';
import type { ReactNode } from 'react';
import { useFormats, useWords } from '../i18n/index.ts';

const WIDTH = 600;
const ROW = 26;
const LEFT = 150;

/** How close a weight is to the place where another offer would win, as a share of the weight; none where it never does. */
export function closeness({ weight, up, down }: WeightSensitivity): number {
  const away = [up, down].map((flip) => (flip ? Math.abs(Number(flip.at) - weight) : Number.POSITIVE_INFINITY));
  return Math.min(...away) / Math.max(weight, 1);
}

/** Weights that could change the winner, the closest first. */
export function flipping(weights: readonly WeightSensitivity[]): WeightSensitivity[] {
  return weights.filter(({ up, down }) => up || down).sort((a, b) => closeness(a) - closeness(b));
}

/**
 * Each weight as a dot on a line from none to its double, with marks where another offer would win, an arrow where that is further away. A picture of the table beside it, which
 * says the same in words.
 */
export function SensitivityPlot(props: {
  weights: readonly WeightSensitivity[];
  titleOf(weight: WeightSensitivity): string;
}): ReactNode {
  const { weights, titleOf } = props;
  const t = useWords('award');
  const formats = useFormats();
  const x = (value: number, weight: number): number =>
    LEFT + Math.min(1, value / Math.max(2 * weight, 1)) * (WIDTH - LEFT - 20);
  return (
    <svg
      className="plot"
      viewBox={`0 0 ${WIDTH} ${weights.length * ROW + 24}`}
      role="img"
      aria-label={t('plot-label', { n: weights.length })}
    >
      {weights.map((one, i) => {
        const { id, weight, up, down } = one;
        const y = i * ROW + 14;
        return (
          <g key={id}>
            <text x={0} y={y + 4} className="plot-text">
              {titleOf(one)}
            </text>
            <line x1={LEFT} x2={WIDTH - 20} y1={y} y2={y} className="plot-line" />
            {[down, up].map((flip) =>
              flip && Number(flip.at) > 2 * weight ? (
                <text key={flip.at} x={WIDTH - 18} y={y + 4} className="plot-text">
                  →
                </text>
              ) : flip ? (
                <line
                  key={flip.at}
                  x1={x(Number(flip.at), weight)}
                  x2={x(Number(flip.at), weight)}
                  y1={y - 8}
                  y2={y + 8}
                  className="plot-flip"
                />
              ) : null,
            )}
            <circle cx={x(weight, weight)} cy={y} r={5} className="plot-weight" />
          </g>
        );
      })}
      <text x={LEFT} y={weights.length * ROW + 20} className="plot-text">
        {formats.number(0)}
      </text>
      <text x={WIDTH - 20} y={weights.length * ROW + 20} textAnchor="end" className="plot-text">
        {t('plot-double')}
      </text>
    </svg>
  );
}
