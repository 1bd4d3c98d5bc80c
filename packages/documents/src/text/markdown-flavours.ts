/** What Markdown of other flavours has that the standard does not know, brought to a form the parser understands. */

/** Prepares a whole text; what stands between code fences stays as it is. */
export function prepareFlavours(markdown: string): string {
  if (!/^ {0,3}(?:`{3,}|~{3,})/m.test(markdown)) return plainMarks(markdown);
  const chunks: string[] = [];
  let lines: string[] = [];
  let fence = '';
  const close = (): void => {
    const chunk = lines.join('\n');
    chunks.push(fence === '' ? plainMarks(chunk) : chunk);
    lines = [];
  };
  for (const line of markdown.split('\n')) {
    const mark = /^[ \t>]{0,12}(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark !== undefined && fence === '') {
      close();
      fence = mark;
      lines.push(line);
    } else if (mark?.startsWith(fence) && line.trim() === mark) {
      lines.push(line);
      close();
      fence = '';
    } else lines.push(line);
  }
  close();
  return chunks.join('\n');
}

/** Marks of other Markdown flavours that would else stay in the text. */
function plainMarks(chunk: string): string {
  let text = chunk;
  // Headings as they were written before CommonMark: `##Title`.
  if (/^#{1,6}[^#\s]/m.test(text)) text = text.replace(/^(#{2,6}(?=[^#\s])|#(?=\p{Lu}[\p{L} ]{3}))/gmu, '$1 ');
  // A heading right after a line of HTML is a heading to every processor but the standard's.
  if (text.includes('>\n#')) text = text.replace(/>\n(?=#{1,6}[ \t])/g, '>\n\n');
  if (text.includes('[ ]') || /\[x\]/i.test(text))
    text = text.replace(/^([ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+)\[[ xX]\](?=[\s(])/gm, '$1');
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
