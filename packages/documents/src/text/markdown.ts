import type { Document } from '../model.ts';
import type { FileToRead, FormatReader } from '../reader.ts';
import { BoundedBuilder } from './bounded.ts';
import { readFrontMatter, splitFrontMatter } from './front-matter.ts';
import { readHtml } from './html.ts';
import { escapeHtml, toHtml } from './markdown-html.ts';
import { removeTemplateTags } from './template-tags.ts';
import { words } from './value-keys.ts';

/** Markdown: CommonMark, tables, footnotes, definition lists, front matter, HTML inside, and without the tags of templates. */
export const reader: FormatReader = {
  formats: ['md'],
  read(bytes: Uint8Array, file: FileToRead): Document {
    const builder = new BoundedBuilder('md', file.limits);
    const { matter, kind, body } = splitFrontMatter(builder.decode(bytes).text);
    const html = toHtml(removeTemplateTags(body), builder);
    if (matter !== null) addFrontMatter(builder, matter, kind, html);
    readHtml(builder, html, { maxDepth: file.limits.maxDepth, whole: false });
    const document = builder.build();
    document.title ??= firstHeading(document);
    return document;
  },
};

/** The title as a block unless the text repeats it, and what the front matter says in sentences. */
function addFrontMatter(builder: BoundedBuilder, matter: string, kind: 'yaml' | 'toml', html: string): void {
  const { prose } = readFrontMatter(builder, matter, kind);
  const title = builder.properties.title;
  if (title !== undefined) {
    builder.title = title;
    const first = /<h[12]>([\s\S]{1,600}?)<\/h[12]>/.exec(html.slice(0, 8000))?.[1] ?? '';
    if (!first.includes(escapeHtml(title))) builder.add('title', title);
  }
  for (const [key, text] of prose) builder.add('field', `${words(key)}: ${text}`);
}

/** Markdown inside another format (a YAML value, a JSON string): its blocks are added to `builder`. */
export function readMarkdown(builder: BoundedBuilder, text: string, maxDepth: number): void {
  readHtml(builder, toHtml(removeTemplateTags(text), builder), { maxDepth, whole: false });
}

function firstHeading(document: Document): string | null {
  const headings = document.blocks.filter((block) => block.kind === 'heading');
  const block = headings.find((heading) => heading.level === 1) ?? headings[0];
  return block === undefined ? null : document.text.slice(block.start, block.end);
}

/** Whether a short text holds marks of Markdown, HTML or a template that a person would not read. */
export function looksMarkedUp(text: string): boolean {
  return /[*_`[<]|&[a-z]+;|\{\{|\{%|~~/.test(text);
}

/** A short text in Markdown or HTML as one plain text. */
export function inlineText(text: string): string {
  const builder = new BoundedBuilder('md', { maxBlocks: 1000, maxChars: text.length * 4 + 1000 });
  readMarkdown(builder, text, 64);
  return builder.build().text;
}
