/** A lineage as text: one tree of successions, from the oldest predecessor down to what is in force, then what belongs to it. */
import type { Lineage, LineageNode } from './lineage.ts';
import { STALE } from './stale.ts';
import type { Status } from './types.ts';

export interface DrawOptions {
  /** Columns of the terminal; titles are cut to fit. */
  width: number;
  color: boolean;
}

const COLORS: Partial<Record<Status, number>> = { current: 32, draft: 36, unknown: 90 };
const [BOLD, DIM, RED] = [1, 2, 31];
/** Never more rows of one kind than this; what is left out is counted. */
const MOST = 12;

/** Draws the graph. Every line is at most `width` columns, colours not counted. */
export function drawLineage(graph: Lineage, { width, color }: DrawOptions): string {
  const paint = (code: number, text: string) => (color && text !== '' ? `\x1b[${code}m${text}\x1b[0m` : text);
  const room = Math.max(40, width);

  const row = (stem: string, id: string, note = ''): string => {
    const node: LineageNode = graph.nodes[id] ?? { id, title: '', status: 'unknown' };
    const mark = id === graph.of ? '● ' : '';
    const year = node.date?.slice(0, 4) ?? '';
    const fixed = `${stem}${mark}${id}  ${node.status}${year ? ` ${year}` : ''}`;
    const left = room - fixed.length - note.length - 2;
    const title = left < 12 ? '' : node.title.length <= left ? node.title : `${node.title.slice(0, left - 1)}…`;
    const word = paint(STALE.has(node.status) ? RED : (COLORS[node.status] ?? 0), node.status);
    const name = id === graph.of ? paint(BOLD, `${mark}${id}`) : id;
    return `${paint(DIM, stem)}${name}  ${word}${year ? ` ${year}` : ''}${title ? `  ${paint(DIM, title)}` : ''}${paint(DIM, note)}`;
  };

  const heirs = (id: string) => graph.replaced.filter((edge) => edge.from === id).map((edge) => edge.to);
  const leadsTo = (from: string, to: string, seen = new Set<string>()): boolean =>
    from === to || (!seen.has(from) && seen.add(from) && heirs(from).some((id) => leadsTo(id, to, seen)));
  // What is reached by way of another heir is drawn there.
  const next = (id: string) =>
    heirs(id).filter((heir) => !heirs(id).some((other) => other !== heir && leadsTo(other, heir)));
  const lines: string[] = [];
  const drawn = new Set<string>();
  const tree = (id: string, stem: string, branch: string, deeper: string) => {
    const again = drawn.has(id);
    lines.push(row(`${stem}${branch}`, id, again && next(id).length > 0 ? '  (above)' : ''));
    if (again) return;
    drawn.add(id);
    const children = next(id);
    children.forEach((child, index) => {
      const last = index === children.length - 1;
      tree(child, stem + deeper, last ? '└─▶ ' : '├─▶ ', last ? '    ' : '│   ');
    });
  };
  const targets = new Set(graph.replaced.map((edge) => edge.to));
  const roots = [...new Set([...graph.replaced.map((edge) => edge.from), graph.of])].filter((id) => !targets.has(id));
  for (const root of roots) tree(root, '', '', '');
  if (!drawn.has(graph.of)) tree(graph.of, '', '', '');

  const list = (heading: string, ids: string[]) => {
    const shown = [...new Set(ids)].filter((id) => id !== graph.of);
    if (shown.length === 0) return;
    lines.push('', heading);
    shown.slice(0, MOST).forEach((id, index) => {
      const last = index === Math.min(shown.length, MOST) - 1 && shown.length <= MOST;
      lines.push(row(last ? '└── ' : '├── ', id));
    });
    if (shown.length > MOST) lines.push(`${paint(DIM, '└── ')}and ${shown.length - MOST} more`);
  };
  const inTree = new Set(drawn);
  list(
    'editions',
    graph.editions.filter((id) => !inTree.has(id)),
  );
  list('made up of', graph.members);
  list('part of', graph.memberOf);
  list(
    'changed by',
    graph.updates.filter((edge) => edge.of === graph.of).map((edge) => edge.by),
  );
  list(
    'changes',
    graph.updates.filter((edge) => edge.by === graph.of).map((edge) => edge.of),
  );
  return lines.join('\n');
}
