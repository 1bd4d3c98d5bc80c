/** Tables drawn with characters: grids (`+---+`), simple ones (`===  ===`), pipes. Shared by plain text and reStructuredText. */

export interface TextTable {
  rows: string[][];
  /** Line after the table. */
  next: number;
}

export function isGridBorder(line: string): boolean {
  return /^\s*\+(?:[-=]{2,}\+)+\s*$/.test(line);
}

/**
 * A grid table as reStructuredText and Pandoc have it, cells over several lines and columns joined. Null where lines do not form one.
 */
export function readGridTable(lines: readonly string[], from: number): TextTable | null {
  const indent = /^\s*/.exec(lines[from] ?? '')?.[0].length ?? 0;
  let next = from;
  while (next < lines.length && /^\s*[+|]/.test(lines[next] ?? '') && (lines[next] ?? '').trim().length > 1) next++;
  const body = lines.slice(from, next).map((line) => line.slice(indent).trimEnd());
  if (body.length < 3 || !isGridBorder(body.at(-1) ?? '')) return null;
  const edges = columnEdges(body);
  const rows: string[][] = [];
  let open: string[][] = [];
  const close = (): void => {
    const cells = open.map((cell) => joinCell(cell));
    if (cells.some((cell) => cell !== '')) rows.push(cells);
    open = [];
  };
  for (const line of body) {
    if (isGridBorder(line)) {
      close();
      continue;
    }
    // A border under some columns only: a cell of the others spans rows. Its lines so far form a row with what stands beside them.
    if (/^[|+].*\+[-=]{2,}\+/.test(line)) close();
    const cells = splitAt(line, edges);
    for (const [index, cell] of cells.entries()) {
      if (/^[-=+]*$/.test(cell) && cell !== '') continue;
      const lines = open[index] ?? [];
      lines.push(cell);
      open[index] = lines;
    }
    for (let index = 0; index < open.length; index++) open[index] ??= [];
  }
  close();
  return { rows, next };
}

/** Every column at which a border has a corner. */
function columnEdges(body: readonly string[]): number[] {
  const edges = new Set<number>();
  for (const line of body) {
    if (!isGridBorder(line)) continue;
    for (let at = line.indexOf('+'); at !== -1; at = line.indexOf('+', at + 1)) edges.add(at);
  }
  return [...edges].sort((a, b) => a - b);
}

/** The text between the edges at which this line has a bar; where it has none, the cell spans the column. */
function splitAt(line: string, edges: readonly number[]): string[] {
  const cells: string[] = [];
  let start = (edges[0] ?? 0) + 1;
  for (let index = 1; index < edges.length; index++) {
    const edge = shifted(line, edges[index] as number);
    const char = line[edge];
    if (char !== '|' && char !== '+' && index < edges.length - 1) {
      cells.push('');
      continue;
    }
    cells.push(line.slice(start, edge).trimEnd());
    start = edge + 1;
  }
  return cells;
}

/** Wide characters take two places on the screen and one in the string, so a bar may stand a little to the left. */
function shifted(line: string, edge: number): number {
  if (line[edge] === '|' || line[edge] === '+') return edge;
  for (let near = 1; near <= 2; near++) {
    if (line[edge - near] === '|' && line[edge - near - 1] === ' ') return edge - near;
  }
  return edge;
}

/** The lines of a cell as they are to be parsed or read; a common indent is gone. */
function joinCell(lines: readonly string[]): string {
  const filled = lines.filter((line) => line.trim() !== '');
  if (filled.length === 0) return '';
  const indent = filled.reduce(
    (least, line) => Math.min(least, /^ */.exec(line)?.[0].length ?? 0),
    Number.POSITIVE_INFINITY,
  );
  return lines
    .map((line) => line.slice(indent))
    .join('\n')
    .trim();
}

/** Two or more lines with the same number of bars between words (`a | b | c`), with or without a rule. Null where there is none. */
export function readPipeTable(lines: readonly string[], from: number): TextTable | null {
  const first = splitPipes(lines[from] ?? '');
  if (first === null) return null;
  const rows: string[][] = [];
  let next = from;
  while (next < lines.length) {
    const line = lines[next] ?? '';
    if (/^[\s|+:=-]{3,}$/.test(line) && /[-=]{2}/.test(line)) {
      next++;
      continue;
    }
    const cells = splitPipes(line);
    if (cells === null || cells.length !== first.length) break;
    rows.push(cells);
    next++;
  }
  return rows.length >= 2 ? { rows, next } : null;
}

function splitPipes(line: string): string[] | null {
  const text = line.trim();
  if (!text.includes('|') || text.length > 20_000) return null;
  const cells = text
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim());
  return cells.length >= 2 ? cells : null;
}

/** A simple table of reStructuredText: columns marked by rules of `=`. Null where lines do not form one. */
export function readSimpleTable(lines: readonly string[], from: number): TextTable | null {
  const rule = (lines[from] ?? '').trimEnd();
  if (!/^\s*=+(?:\s+=+)+$/.test(rule)) return null;
  const columns = [...rule.matchAll(/=+/g)].map((match) => match.index);
  const rows: string[][] = [];
  let rules = 1;
  let next = from + 1;
  for (; next < lines.length; next++) {
    const line = (lines[next] ?? '').trimEnd();
    if (/^\s*=+(?:\s+=+)*$/.test(line)) {
      rules++;
      if (rules === 3 || (lines[next + 1] ?? '').trim() === '') {
        next++;
        break;
      }
      continue;
    }
    if (line.trim() === '' || /^\s*-+(?:\s+-+)*$/.test(line)) continue;
    const cells = columns.map((start, index) => line.slice(start, columns[index + 1]).trim());
    const last = rows.at(-1);
    if (cells[0] === '' && last !== undefined) {
      for (const [index, cell] of cells.entries())
        if (cell !== '') last[index] = `${last[index] ?? ''}\n${cell}`.trim();
    } else rows.push(cells);
  }
  return rules >= 2 ? { rows, next } : null;
}
