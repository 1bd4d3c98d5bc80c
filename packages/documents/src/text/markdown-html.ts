import MarkdownIt from 'markdown-it';
import type { BoundedBuilder } from './bounded.ts';
import { ELEMENTS } from './html-elements.ts';
import { markDefinitions } from './markdown-definitions.ts';
import { footnotes } from './markdown-footnotes.ts';

/** Lists and quotes nested deeper than this are no document's structure; the parser leaves out what is inside. */
const MAX_NESTING = 100;

const parser = new MarkdownIt({ html: true, linkify: false, typographer: false, maxNesting: MAX_NESTING });
// Links are kept as their text only, so that any address, even a malformed one, is taken away.
parser.validateLink = () => true;
parser.normalizeLink = () => '#';
parser.block.ruler.before('reference', 'footnote_definition', footnotes, { alt: ['paragraph', 'reference'] });
parser.core.ruler.after('inline', 'definition_lists', (state) => markDefinitions(state.tokens));
parser.renderer.rules.image = (tokens, index) => ` ${escapeHtml(tokens[index]?.content ?? '')} `;
parser.renderer.rules.html_block = (tokens, index) => keepKnown(tokens[index]?.content ?? '');
parser.renderer.rules.html_inline = (tokens, index) => keepKnown(tokens[index]?.content ?? '');
parser.renderer.rules.footnote_open = (tokens, index) =>
  `<aside data-footnote="${escapeHtml(tokens[index]?.info ?? '')}">`;
parser.renderer.rules.footnote_close = () => '</aside>';

/** Markdown as HTML, with what HTML has no element for marked in `data-` attributes. Says in a problem what was too deep to read. */
export function toHtml(markdown: string, builder: BoundedBuilder): string {
  const environment = {};
  const tokens = parser.parse(prepare(markdown), environment);
  if (tokens.some((token) => token.level >= MAX_NESTING - 1)) {
    builder.problem({
      code: 'too-deep',
      message: `Lists or quotes are nested more than ${MAX_NESTING} deep; what stands deeper was left out.`,
      fatal: false,
    });
  }
  return parser.renderer.render(tokens, parser.options, environment);
}

/** Marks of other Markdown flavours that would else stay in the text. */
function prepare(markdown: string): string {
  let text = markdown;
  // Kramdown and Pandoc attributes: `{: .class}`, `## Title {#id}`.
  if (text.includes('{'))
    text = text.replace(/^[ \t]*\{:[^}\n]{0,300}\}[ \t]*$/gm, '').replace(/[ \t]*\{[:#.][^{}\n]{0,200}\}[ \t]*$/gm, '');
  if (text.includes('{'))
    text = text.replace(/^(#{1,6}[^\n]{1,500}?)[ \t]*\{[ \t]*[\w#.:=" -]{1,200}\}[ \t]*$/gm, '$1');
  // Fenced containers: `::: note`, `!!! warning "Title"`, GitHub's `> [!NOTE]`.
  if (text.includes(':::'))
    text = text.replace(/^[ \t]*:{3,}[ \t]*(?:\{[^}\n]{0,200}\}|[\w-]{0,40})[ \t]*(.{0,300})$/gm, '\n$1\n');
  if (text.includes('[!')) text = text.replace(/^((?:>[ \t]?)+)\[!([A-Za-z]{3,20})\][+-]?/gm, '$1');
  if (/^[!?]{3}/m.test(text)) text = admonitions(text);
  if (text.includes('[^')) text = text.replace(/(\S)\[\^([^\]\s]{1,40})\](?!:)/g, '$1 \\[$2\\]');
  if (text.includes('[TOC]') || text.includes('[[_TOC_]]')) text = text.replace(/^\[\[?_?TOC_?\]?\]\s*$/gm, '');
  return text;
}

/** `!!! note "Title"` with an indented body, as MkDocs has them: the title as a paragraph, the body without its indent. */
function admonitions(text: string): string {
  let inside = false;
  return text
    .split('\n')
    .map((line) => {
      const opened = /^[!?]{3}\+?[ \t]+[\w-]+(?:[ \t]+[\w-]+)*[ \t]*(?:"(.*)")?[ \t]*$/.exec(line);
      if (opened !== null) {
        inside = true;
        return opened[1] ? `\n**${opened[1]}**\n` : '';
      }
      if (inside && /^(?: {4}|\t)/.test(line)) return line.replace(/^(?: {4}|\t)/, '');
      if (line.trim() !== '') inside = false;
      return line;
    })
    .join('\n');
}

/** A tag that is no element of HTML is a blank to fill in (`<agency name>`): it is text. */
function keepKnown(html: string): string {
  return html.replace(/<(\/?)([A-Za-z][\w:-]*)([^<>]*)>/g, (tag, _slash, name) => {
    const known = String(name).toLowerCase();
    if (known === 'title' || known === 'textarea' || known === 'plaintext' || known === 'xmp') return escapeHtml(tag);
    return ELEMENTS.has(known) || known.includes('-') ? tag : escapeHtml(tag);
  });
}

export function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
