import MarkdownIt from 'markdown-it';
import type { BoundedBuilder } from './bounded.ts';
import { ELEMENTS, SILENT } from './html-elements.ts';
import { markDefinitions } from './markdown-definitions.ts';
import { prepareFlavours } from './markdown-flavours.ts';
import { footnotes } from './markdown-footnotes.ts';

/** Lists and quotes nested deeper than this are no document's structure; the parser leaves out what is inside. */
const MAX_NESTING = 100;

const parser = new MarkdownIt({ html: true, linkify: false, typographer: false, maxNesting: MAX_NESTING });
// Links are kept as their text only, so that any address, even a malformed one, is taken away; only links within the page are told apart.
parser.validateLink = () => true;
parser.normalizeLink = (url) => (url.startsWith('#') ? '#' : '');
parser.block.ruler.before('reference', 'footnote_definition', footnotes, { alt: ['paragraph', 'reference'] });
parser.core.ruler.after('inline', 'definition_lists', (state) => markDefinitions(state.tokens));
parser.renderer.rules.image = (tokens, index) => `<img alt="${escapeHtml(tokens[index]?.content ?? '')}">`;
parser.renderer.rules.text = (tokens, index) => escapeHtml(withoutStrayMarks(tokens[index]?.content ?? ''));
parser.renderer.rules.softbreak = (tokens, index) => lineJoint(tokens[index - 1]?.content, tokens[index + 1]?.content);
parser.renderer.rules.html_block = (tokens, index, _options, env) => keepKnown(tokens[index]?.content ?? '', env);
parser.renderer.rules.html_inline = (tokens, index, _options, env) => keepKnown(tokens[index]?.content ?? '', env);
parser.renderer.rules.footnote_open = (tokens, index) =>
  `<aside data-footnote="${escapeHtml(tokens[index]?.info ?? '')}">`;
parser.renderer.rules.footnote_close = () => '</aside>';

/** Markdown as HTML, with what HTML has no element for marked in `data-` attributes. Says in a problem what was too deep to read. */
export function toHtml(markdown: string, builder: BoundedBuilder): string {
  const environment = { source: markdown };
  const tokens = parser.parse(prepareFlavours(markdown), environment);
  if (tokens.some((token) => token.level >= MAX_NESTING - 1)) {
    builder.problem({
      code: 'too-deep',
      message: `Lists or quotes are nested more than ${MAX_NESTING} deep; what stands deeper was left out.`,
      fatal: false,
    });
  }
  return parser.renderer.render(tokens, parser.options, environment);
}

/** What stands for a line end inside a paragraph: nothing after a hyphen that the word needs (`De-Mail-` / `Gesetz`), else a space. */
function lineJoint(before = '', after = ''): string {
  if (!/[\p{L}\d]-$/u.test(before) || !/^[\p{L}\d]/u.test(after)) return '\n';
  return /^(?:und|oder|bzw|and|or|et|ou|en|of|och|og|eller|ja|tai|i|y|e|o|a)\b/iu.test(after) ? '\n' : '';
}

/** Emphasis that the writer opened and never closed, or closed after a space: `**Item **`. */
function withoutStrayMarks(text: string): string {
  return text.includes('**') ? text.replace(/(?<=\S)\*{2,3}|\*{2,3}(?=\S)|(?:^|\s)\*{2,3}$/g, '') : text;
}

/**
 * A tag that is no element of HTML is a blank to fill in (`<agency name>`): it is text. So is one that would hide all that follows
 * because nothing closes it (`<object>`).
 */
function keepKnown(html: string, environment: Readonly<Record<string | symbol, unknown>> | undefined): string {
  return html.replace(/<(\/?)([A-Za-z][\w:-]*)([^<>]*)>/g, (tag, slash, name) => {
    const known = String(name).toLowerCase();
    if (known === 'title' || known === 'textarea' || known === 'plaintext' || known === 'xmp') return escapeHtml(tag);
    if (!ELEMENTS.has(known) && !known.includes('-')) return escapeHtml(tag);
    const swallows = slash === '' && (SILENT.has(known) || known === 's' || known === 'del' || known === 'strike');
    return swallows && !closes(String(environment?.source), known) ? escapeHtml(tag) : tag;
  });
}

function closes(source: string, name: string): boolean {
  return name === 'embed' || new RegExp(`</${name}\\s*>`, 'i').test(source);
}

export function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
