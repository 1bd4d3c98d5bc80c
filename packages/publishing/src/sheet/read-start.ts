import { isDay } from '@proviso/catalogue';
import type { Grid } from '@proviso/documents';
import { FIELD_KEY, FIELDS, type Field, VALUE_KEY } from './layout.ts';
import type { Losses } from './losses.ts';
import { cellName, rowsOf } from './read-table.ts';

/** Who answers and who signs, as the first sheet says it. */
export interface Signed {
  supplier: string;
  declaration: { name: string; role: string; date: string } | null;
}

/** Supplier and declaration from the sheet that has them. A declaration that is begun but not complete does not count. */
export function readStart(grids: readonly Grid[], losses: Losses): Signed {
  const held: Partial<Record<Field, { text: string; cell: string }>> = {};
  let sheet = '';
  for (const grid of grids) {
    const rows = rowsOf(grid);
    const head = rows.find(({ cells }) => [...cells.values()].some(({ text }) => text === FIELD_KEY));
    if (!head) continue;
    const column = (key: string): number =>
      [...head.cells].find(([, { text }]) => text === key)?.[0] ?? Number.POSITIVE_INFINITY;
    const [names, values] = [column(FIELD_KEY), column(VALUE_KEY)];
    for (const { row, cells } of rows) {
      const name = FIELDS.find((field) => field === cells.get(names)?.text.trim());
      const value = cells.get(values);
      if (!name || held[name]?.text) continue;
      sheet = grid.name;
      held[name] = { text: value && !value.formula ? value.text.trim() : '', cell: cellName(row, values) };
    }
  }
  const supplier = held.supplier?.text ?? '';
  if (supplier === '') losses.say('supplier-missing', { sheet: sheet || null, cell: held.supplier?.cell ?? null });
  const [name, role, date] = [held.name?.text ?? '', held.role?.text ?? '', held.date?.text ?? ''];
  if (name === '' && role === '' && date === '') return { supplier, declaration: null };
  if (name !== '' && role !== '' && isDay(date)) return { supplier, declaration: { name, role, date } };
  const wrong = name === '' ? held.name : role === '' ? held.role : held.date;
  losses.say('declaration-incomplete', { sheet, cell: wrong?.cell ?? null });
  return { supplier, declaration: null };
}
