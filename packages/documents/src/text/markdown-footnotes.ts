import type { StateBlock } from 'markdown-it';

/** Block rule for `[^label]: text`, with the indented lines after it (Pandoc, GitHub). */
export function footnotes(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const start = (state.bMarks[startLine] ?? 0) + (state.tShift[startLine] ?? 0);
  const end = state.eMarks[startLine] ?? 0;
  if ((state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false;
  const found = /^\[\^([^\]\s]{1,40})\]:[ \t]*/.exec(state.src.slice(start, Math.min(end, start + 60)));
  if (found === null) return false;
  if (silent) return true;
  let next = startLine + 1;
  while (next < endLine && continues(state, next)) next++;
  const first = state.src.slice(start + found[0].length, end);
  const rest = next > startLine + 1 ? state.getLines(startLine + 1, next, state.blkIndent + 4, false) : '';
  const open = state.push('footnote_open', 'aside', 1);
  open.info = found[1] ?? '';
  open.map = [startLine, next];
  const inline = state.push('inline', '', 0);
  inline.content = `${first}\n${rest}`.trim();
  inline.map = [startLine, next];
  inline.children = [];
  state.push('footnote_close', 'aside', -1);
  state.line = next;
  return true;
}

function continues(state: StateBlock, line: number): boolean {
  if (state.isEmpty(line)) return false;
  const at = (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
  return !state.src.startsWith('[^', at) || !/^\[\^[^\]\s]{1,40}\]:/.test(state.src.slice(at, at + 60));
}
