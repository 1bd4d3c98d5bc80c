/**
 * One stop for the Tab key in a table of buttons; arrow keys, Home and End move inside it (WAI-ARIA grid pattern).
 * Rows are `tr`; the buttons of a row are its items.
 */
export function rove(table: HTMLElement): void {
  const items = [...table.querySelectorAll<HTMLElement>('button[data-rove]')];
  for (const [index, item] of items.entries()) item.tabIndex = index === 0 ? 0 : -1;
  table.addEventListener('focusin', (event) => {
    if (!(event.target instanceof HTMLElement) || event.target.dataset.rove === undefined) return;
    for (const item of table.querySelectorAll<HTMLElement>('button[data-rove][tabindex="0"]')) item.tabIndex = -1;
    event.target.tabIndex = 0;
  });
  table.addEventListener('keydown', (event) => {
    const from = event.target;
    if (!(from instanceof HTMLElement) || from.dataset.rove === undefined) return;
    const rows = rowsOf(table);
    const y = rows.findIndex((row) => row.includes(from));
    const row = rows[y];
    if (!row) return;
    const to = target(event, rows, y, row.indexOf(from));
    if (!to) return;
    event.preventDefault();
    to.focus();
  });
}

function rowsOf(table: HTMLElement): HTMLElement[][] {
  return [...table.querySelectorAll('tr')]
    .map((row) => [...row.querySelectorAll<HTMLElement>('button[data-rove]')])
    .filter((row) => row.length > 0);
}

function target(event: KeyboardEvent, rows: readonly HTMLElement[][], y: number, x: number): HTMLElement | undefined {
  const row = rows[y] ?? [];
  switch (event.key) {
    case 'ArrowRight':
      return row[x + 1];
    case 'ArrowLeft':
      return row[x - 1];
    case 'ArrowDown':
    case 'ArrowUp':
      return below(row[x], rows[y + (event.key === 'ArrowDown' ? 1 : -1)]);
    case 'Home':
      return event.ctrlKey ? rows[0]?.[0] : row[0];
    case 'End':
      return event.ctrlKey ? rows.at(-1)?.at(-1) : row.at(-1);
    default:
      return undefined;
  }
}

/** The button of the next row in the same column, or else the nearest by position. */
function below(from: HTMLElement | undefined, row: readonly HTMLElement[] | undefined): HTMLElement | undefined {
  if (!from || !row) return undefined;
  const middle = (element: HTMLElement): number => {
    const box = element.getBoundingClientRect();
    return box.left + box.width / 2;
  };
  const x = middle(from);
  return row.toSorted((a, b) => Math.abs(middle(a) - x) - Math.abs(middle(b) - x))[0];
}
