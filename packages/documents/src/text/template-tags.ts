/**
 * Tags of the template languages that pages and drafts are written in: Liquid and Jinja (`{% %}`, `{{ }}`, `{# #}`), Hugo
 * (`{{< >}}`), ERB (`<% %>`). No reader of the finished page sees them.
 */
const PAIRS: readonly [open: string, close: string, longest: number][] = [
  ['{#', '#}', 20_000],
  ['{%', '%}', 5_000],
  ['{{<', '>}}', 5_000],
  ['{{%', '%}}', 5_000],
  ['<%', '%>', 5_000],
];
const LONGEST_CALL = 200_000;

/**
 * Removes template tags. A value (`{{ buyer.name }}`) becomes a blank to fill in, `[buyer.name]`; a component that is handed a table
 * as data (`{{ table({ rows: [["a", "b"]] }) }}`) becomes that table, as HTML. Time is in line with the length.
 */
export function removeTemplateTags(text: string): string {
  if (!text.includes('{%') && !text.includes('{#') && !text.includes('{{') && !text.includes('<%')) return text;
  let out = text;
  if (out.includes('endcomment'))
    out = out.replace(/\{%-?\s{0,9}comment\s{0,9}-?%\}[\s\S]*?\{%-?\s{0,9}endcomment\s{0,9}-?%\}/g, '');
  for (const [open, close, longest] of PAIRS) out = replaceBetween(out, open, close, longest, () => '');
  return replaceBetween(out, '{{', '}}', LONGEST_CALL, standsFor);
}

function standsFor(inner: string): string {
  const content = inner.replace(/^-|-$/g, '').trim();
  if (/^[\w.-]{1,80}\s?\(/.test(content)) return tableOfCall(content);
  if (inner.length > 300 || inner.includes('{')) return `{{${inner}}}`;
  const name = /^[\w.\s'"[\]-]{1,80}(?=\||$)/.exec(content)?.[0]?.trim();
  // Addresses, and the page's own content.
  if (name === undefined || /(?:^|[._-])(?:base_?url|url|path|root|href|content|body)$/i.test(name)) return '';
  return `[${name.replace(/["'[\]]/g, '')}]`;
}

/** The lists of strings among a component's data, as table rows; nothing where there are none. */
function tableOfCall(content: string): string {
  const rows: string[] = [];
  let cells: string[] = [];
  for (let at = 0; at < content.length; at++) {
    const char = content[at];
    if (char === '[') cells = [];
    else if (char === ']') {
      if (cells.length > 1) rows.push(`<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`);
      cells = [];
    } else if (char === '"' || char === "'") {
      const end = endOfString(content, at);
      cells.push(
        content
          .slice(at + 1, end)
          .replace(/\\(["'\\])/g, '$1')
          .replace(/\\n|\s+/g, ' '),
      );
      at = end;
    }
  }
  return rows.length === 0 ? '' : `<table>${rows.join('')}</table>\n`;
}

function endOfString(content: string, from: number): number {
  const quote = content[from];
  for (let at = from + 1; at < content.length; at++) {
    if (content[at] === '\\') at++;
    else if (content[at] === quote) return at;
  }
  return content.length;
}

/** Replaces every `open … close` of at most `longest` characters. Each position of `close` is looked up once. */
function replaceBetween(
  text: string,
  open: string,
  close: string,
  longest: number,
  by: (inner: string) => string,
): string {
  let at = text.indexOf(open);
  if (at === -1) return text;
  const pieces: string[] = [];
  let done = 0;
  let end = -1;
  while (at !== -1) {
    if (end < at + open.length) end = text.indexOf(close, at + open.length);
    if (end === -1) break;
    if (end - at > longest) {
      at = text.indexOf(open, at + open.length);
      continue;
    }
    pieces.push(text.slice(done, at), by(text.slice(at + open.length, end)));
    done = end + close.length;
    at = text.indexOf(open, done);
  }
  pieces.push(text.slice(done));
  return pieces.join('');
}
