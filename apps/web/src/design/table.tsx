import { type ReactNode, useMemo, useState } from 'react';
import { useFormats, useWords } from '../i18n/provider.tsx';

export interface Column<Row> {
  id: string;
  title: ReactNode;
  /** The cell. The first column is the row's head. */
  cell(row: Row): ReactNode;
  /** What it is sorted by; without it the column cannot be sorted. */
  by?(row: Row): string | number;
  number?: boolean;
}

/** A table that is read, not edited as a grid: plain rows, a head that stays, columns that sort. Scrolls by itself when it is wider than the page. */
export function Table<Row>(props: {
  /** Read out first; shown only where the page says nothing else. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowId(row: Row): string;
  dense?: boolean;
  empty?: ReactNode;
}): ReactNode {
  const t = useWords('shell');
  const { compare } = useFormats();
  const [sorted, setSorted] = useState<{ column: string; down: boolean } | null>(null);
  const { columns, rows } = props;
  const ordered = useMemo(() => {
    const by = columns.find(({ id }) => id === sorted?.column)?.by;
    if (!by || !sorted) return rows;
    const order = (a: Row, b: Row): number => {
      const [one, other] = [by(a), by(b)];
      return typeof one === 'number' && typeof other === 'number' ? one - other : compare(String(one), String(other));
    };
    return rows.toSorted((a, b) => (sorted.down ? order(b, a) : order(a, b)));
  }, [columns, rows, sorted, compare]);
  if (rows.length === 0 && props.empty !== undefined) return props.empty;
  const stateOf = (id: string) => (sorted?.column !== id ? undefined : sorted.down ? 'descending' : 'ascending');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1).
    <section className="table-scroll" tabIndex={0} aria-label={props.caption}>
      <table className={props.dense ? 'table table-dense' : 'table'}>
        <caption className="unseen">{props.caption}</caption>
        <thead>
          <tr>
            {columns.map(({ id, title, by, number }) => (
              <th key={id} scope="col" className={number ? 'number' : undefined} aria-sort={stateOf(id)}>
                {by ? (
                  <button
                    type="button"
                    className="sort"
                    onClick={() => setSorted({ column: id, down: stateOf(id) === 'ascending' })}
                  >
                    {title}{' '}
                    <span aria-hidden="true">
                      {{ ascending: '▲', descending: '▼', none: '↕' }[stateOf(id) ?? 'none']}
                    </span>
                    <span className="unseen">{t('sort')}</span>
                  </button>
                ) : (
                  title
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ordered.map((row) => (
            <tr key={props.rowId(row)}>
              {columns.map(({ id, cell, number }, i) =>
                i === 0 ? (
                  <th key={id} scope="row">
                    {cell(row)}
                  </th>
                ) : (
                  <td key={id} className={number ? 'number' : undefined}>
                    {cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
