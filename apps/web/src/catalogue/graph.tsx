import { type ReactNode, useMemo } from 'react';
import type { CatalogueContent } from '../api/catalogue.ts';
import { useWords } from '../i18n/index.ts';
import { useWholeCatalogue } from './whole.ts';

const ROW = 22;
const LEFT = 300;
const RIGHT = 620;
const WIDTH = 920;

interface Node {
  id: string;
  title: string;
  y: number;
}

/** Risks on the left, requirements on the right, a line for each need that a requirement answers. */
export function Graph({ selected, onSelect }: { selected: string; onSelect(id: string): void }): ReactNode {
  const t = useWords('catalogue');
  const catalogue = useWholeCatalogue();
  const { risks, requirements, lines, height } = useMemo(() => layout(catalogue), [catalogue]);
  const near = new Set(lines.flatMap(([a, b]) => (a.id === selected ? [b.id] : b.id === selected ? [a.id] : [])));
  const known = selected !== '' && near.size > 0;
  const classOf = (id: string): string =>
    id === selected ? 'graph-node graph-chosen' : !known || near.has(id) ? 'graph-node' : 'graph-node graph-far';
  const node = ({ id, title, y }: Node, x: number, anchor: 'start' | 'end'): ReactNode => (
    // biome-ignore lint/a11y/noStaticElementInteractions: a pointer's way; the lists above lead to every entry by keyboard.
    <text key={id} x={x} y={y + 5} textAnchor={anchor} className={classOf(id)} onClick={() => onSelect(id)}>
      {`${id} ${title.length > 36 ? `${title.slice(0, 35)}…` : title}`}
      <title>{title}</title>
    </text>
  );
  return (
    <div className="stack-tight">
      <p className="muted small">{t('graph-text')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1). */}
      <section className="graph-scroll" tabIndex={0} aria-label={t('part-graph')}>
        <svg viewBox={`0 0 ${WIDTH} ${height}`} width={WIDTH} height={height} role="img" aria-label={t('graph-label')}>
          {lines.map(([from, to]) => {
            const touched = from.id === selected || to.id === selected;
            return (
              <path
                key={`${from.id} ${to.id}`}
                className={touched ? 'graph-line graph-near' : known ? 'graph-line graph-faint' : 'graph-line'}
                d={`M${LEFT + 6} ${from.y} C${LEFT + 160} ${from.y} ${RIGHT - 160} ${to.y} ${RIGHT - 6} ${to.y}`}
              />
            );
          })}
          {risks.map((one) => node(one, LEFT, 'end'))}
          {requirements.map((one) => node(one, RIGHT, 'start'))}
        </svg>
      </section>
    </div>
  );
}

/** Both columns spread over the height of the longer one; requirements in the order of the risks they answer, so that few lines cross. */
function layout({ risks, requirements }: CatalogueContent) {
  const rank = (id: string): number => {
    const at = risks.flatMap((risk, i) => (risk.needs.some(({ answers }) => answers.includes(id)) ? [i] : []));
    return at.length === 0 ? risks.length : at.reduce((sum, i) => sum + i, 0) / at.length;
  };
  const standing = requirements.filter(({ retired }) => retired === null).sort((a, b) => rank(a.id) - rank(b.id));
  const rows = Math.max(risks.length, standing.length);
  const spread = (list: readonly { id: string; title: string }[]): Node[] =>
    list.map(({ id, title }, i) => ({ id, title, y: ROW + ((i + 0.5) * rows * ROW) / list.length }));
  const [left, right] = [spread(risks), spread(standing)];
  const byId = new Map(right.map((one) => [one.id, one]));
  const lines = left.flatMap((from) => {
    const answers = new Set(risks.find(({ id }) => id === from.id)?.needs.flatMap((need) => need.answers));
    return [...answers].flatMap((id): [Node, Node][] => {
      const to = byId.get(id);
      return to ? [[from, to]] : [];
    });
  });
  return { risks: left, requirements: right, lines, height: (rows + 2) * ROW };
}
