import type { Token } from 'markdown-it';

/**
 * Definition lists as PHP Markdown Extra, kramdown and Pandoc have them: a term, and on the next line or after an empty one
 * `: definition`. Paragraphs of that form become `dl`, or `dt` followed by `dd`.
 */
export function markDefinitions(tokens: readonly Token[]): void {
  for (let index = 0; index + 2 < tokens.length; index++) {
    const open = tokens[index] as Token;
    const inline = tokens[index + 1] as Token;
    const close = tokens[index + 2] as Token;
    if (open.type !== 'paragraph_open' || open.hidden || inline.type !== 'inline') continue;
    if (/^:[ \t]/.test(inline.content)) {
      const before = tokens[index - 3];
      if (before?.tag === 'p' && before.type === 'paragraph_open') rename(before, tokens[index - 1], 'dt');
      else if (tokens[index - 1]?.tag !== 'dd' && tokens[index - 1]?.tag !== 'dl') continue;
      rename(open, close, 'dd');
      stripColon(inline.children?.[0]);
    } else if (/\n:[ \t]/.test(inline.content)) {
      rename(open, close, 'dl');
      splitTerm(inline);
    }
  }
}

function rename(open: Token, close: Token | undefined, tag: string): void {
  open.tag = tag;
  if (close !== undefined) close.tag = tag;
}

function splitTerm(inline: Token): void {
  const children = inline.children ?? [];
  const out: Token[] = [raw(inline, '<dt>')];
  let inTerm = true;
  for (const [index, child] of children.entries()) {
    const next = children[index + 1];
    if (child.type === 'softbreak' && next?.type === 'text' && /^:[ \t]/.test(next.content)) {
      out.push(raw(inline, inTerm ? '</dt><dd>' : '</dd><dd>'));
      stripColon(next);
      inTerm = false;
    } else out.push(child);
  }
  out.push(raw(inline, inTerm ? '</dt>' : '</dd>'));
  inline.children = out;
}

function stripColon(token: Token | null | undefined): void {
  if (token?.type === 'text') token.content = token.content.replace(/^:[ \t]+/, '');
}

function raw(like: Token, html: string): Token {
  const token = new (like.constructor as new (type: string, tag: string, nesting: number) => Token)(
    'html_inline',
    '',
    0,
  );
  token.content = html;
  return token;
}
