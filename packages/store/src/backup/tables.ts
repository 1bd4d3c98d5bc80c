import type pg from 'pg';
import type { Header } from './format.ts';

/**
 * All tables with the columns that hold data (generated ones are computed again), in an order in which each refers only to those
 * before it. Throws an Error when two refer to each other: such a schema could not be restored.
 */
export async function tablesInOrder(client: pg.ClientBase): Promise<Header['tables']> {
  const { rows } = await client.query<{ name: string; columns: string[]; needs: string[] }>(
    `SELECT c.relname::text AS name,
      array(SELECT a.attname::text FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum) AS columns,
      array(SELECT DISTINCT f.relname::text FROM pg_constraint k JOIN pg_class f ON f.oid = k.confrelid
        WHERE k.conrelid = c.oid AND k.contype = 'f' AND k.confrelid <> c.oid) AS needs
     FROM pg_class c WHERE c.relnamespace = 'proviso'::regnamespace AND c.relkind = 'r' AND c.relname <> 'migration' ORDER BY c.relname`,
  );
  const ordered: Header['tables'] = [];
  const done = new Set<string>();
  while (ordered.length < rows.length) {
    const next = rows.find(({ name, needs }) => !done.has(name) && needs.every((need) => done.has(need)));
    if (next === undefined) throw new Error('Tables refer to each other in a circle.');
    done.add(next.name);
    ordered.push({ name: next.name, columns: next.columns });
  }
  return ordered;
}

/** `proviso."purchase" ("tenant", "id")`, for COPY. Names from a backup are quoted, whatever they hold. */
export function copyTarget({ name, columns }: Header['tables'][number]): string {
  return `proviso.${quoted(name)} (${columns.map(quoted).join(', ')})`;
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
