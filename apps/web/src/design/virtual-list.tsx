import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';

/** A long list of which only what is near the window is drawn. Screen readers are told the whole length. `onEnd` asks for more. */
export function VirtualList<Row>(props: {
  label: string;
  rows: readonly Row[];
  rowId(row: Row): string;
  /** Pixels that a row takes about; it is measured when drawn. */
  estimate: number;
  children(row: Row): ReactNode;
  onEnd?(): void;
}): ReactNode {
  const { rows, rowId, onEnd } = props;
  const list = useRef<HTMLUListElement>(null);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => props.estimate,
    overscan: 8,
    scrollMargin: list.current?.offsetTop ?? 0,
    getItemKey: (i) => rowId(rows[i] as Row),
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (onEnd && last >= rows.length - 5) onEnd();
  }, [last, rows.length, onEnd]);
  return (
    <ul ref={list} className="virtual lines" aria-label={props.label} style={{ height: virtual.getTotalSize() }}>
      {items.map((item) => (
        <li
          key={item.key}
          ref={virtual.measureElement}
          data-index={item.index}
          aria-setsize={rows.length}
          aria-posinset={item.index + 1}
          style={{ transform: `translateY(${item.start - virtual.options.scrollMargin}px)` }}
        >
          {props.children(rows[item.index] as Row)}
        </li>
      ))}
    </ul>
  );
}
