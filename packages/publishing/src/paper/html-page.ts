import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { escapeHtml } from '@proviso/study/escape';
import type { Block, Cell, Inline, Paper } from './blocks.ts';
import { typeset } from './printable.ts';

/** A paper as one page that needs nothing else: no script, no picture, no address. */
export function htmlPage(paper: Paper): string {
  const escaped: Escape = (text) => escapeHtml(typeset(text, paper.language));
  const style = readFileSync(join(import.meta.dirname, 'paper.css'), 'utf8');
  return `<!doctype html>
<html lang="${paper.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(paper.title)}</title>
<style>
${style}</style>
</head>
<body>
<main>
${htmlBlocks(paper.blocks, escaped)}
</main>
<footer>${escaped(paper.footer)}</footer>
</body>
</html>
`;
}

type Escape = (text: string) => string;
const idOf = (mark: string): string => mark.replace(/[^A-Za-z0-9-]/g, '-');

/** Neighbours of one kind share a list. */
const LISTS: Readonly<Partial<Record<Block['kind'], string>>> = { item: 'ul', detail: 'dl' };

function htmlBlocks(blocks: readonly Block[], escaped: Escape): string {
  const count = counter();
  const out: string[] = [];
  let open: string | undefined;
  for (const block of blocks) {
    const list = LISTS[block.kind];
    if (list !== open) {
      if (open) out.push(`</${open}>`);
      if (list) out.push(`<${list}>`);
      open = list;
    }
    out.push(htmlBlock(block, count, escaped));
  }
  if (open) out.push(`</${open}>`);
  return out.join('\n');
}

function htmlBlock(block: Block, count: (level: 0 | 1 | 2) => string, escaped: Escape): string {
  switch (block.kind) {
    case 'title':
      return `<h1>${escaped(block.text)}</h1>${block.under === '' ? '' : `\n<p class="under">${escaped(block.under)}</p>`}`;
    case 'heading': {
      const tag = `h${block.level + 1}`;
      const number = block.numbered ? `<span class="number">${count(0)}</span> ` : '';
      const id = block.mark === undefined ? '' : ` id="${idOf(block.mark)}"`;
      return `<${tag}${id}${block.newPage ? ' class="new-page"' : ''}>${number}${escaped(block.text)}</${tag}>`;
    }
    case 'text':
      return `<p${block.tone ? ` class="${block.tone}"` : ''}>${pieces(block.text, escaped)}</p>`;
    case 'detail':
      return `<dt>${escaped(block.label)}</dt>${block.text.map((one) => `<dd>${pieces(one, escaped)}</dd>`).join('')}`;
    case 'item':
      return `<li>${pieces(block.text, escaped)}</li>`;
    case 'clause':
      return `<p class="clause-${block.level}"><span class="number">${count(block.level)}</span> ${pieces(block.text, escaped)}</p>`;
    case 'table':
      return htmlTable(block, escaped);
  }
}

/** Numbers of articles (1.), clauses (1.1) and their parts ((a)), as Word counts them. */
function counter(): (level: 0 | 1 | 2) => string {
  const at = [0, 0, 0];
  return (level) => {
    at[level] = (at[level] ?? 0) + 1;
    at.fill(0, level + 1);
    const [article = 0, clause = 0, part = 0] = at;
    if (level === 0) return `${article}.`;
    return level === 1 ? `${article}.${clause}` : `(${letters(part)})`;
  };
}

/** 1 → a, 26 → z, 27 → aa, as Word counts. */
const letters = (n: number): string => String.fromCharCode(97 + ((n - 1) % 26)).repeat(Math.ceil(n / 26));

function pieces(text: readonly Inline[], escaped: Escape): string {
  return text
    .map((piece) => {
      if (typeof piece === 'string') return escaped(piece);
      if ('strong' in piece) return `<strong>${escaped(piece.strong)}</strong>`;
      return `<a href="#${idOf(piece.to)}">${escaped(piece.link)}</a>`;
    })
    .join('');
}

function htmlTable({ head, widths, rows }: Extract<Block, { kind: 'table' }>, escaped: Escape): string {
  const whole = widths.reduce((sum, width) => sum + width, 0);
  const columns = widths.map((width) => `<col style="width:${Math.round((100 * width) / whole)}%">`).join('');
  const headers = head.map((one) => `<th scope="col">${escaped(one)}</th>`).join('');
  const cell = ({ paragraphs, shade }: Cell, i: number): string => {
    const inside = paragraphs.map((one) => pieces(one, escaped)).join('<br>');
    const ground = shade ? ` class="${shade}"` : '';
    return i === 0 ? `<th scope="row"${ground}>${inside}</th>` : `<td${ground}>${inside}</td>`;
  };
  const body = rows.map((cells) => `<tr>${cells.map(cell).join('')}</tr>`).join('\n');
  return `<div class="wide"><table><colgroup>${columns}</colgroup>\n<thead><tr>${headers}</tr></thead>\n<tbody>\n${body}\n</tbody></table></div>`;
}
