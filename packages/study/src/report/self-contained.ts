import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { escapeHtml } from './escape.ts';

export { clientScript } from './client-script.ts';
export { escapeHtml, scriptJson } from './escape.ts';

export interface PageParts {
  /** BCP 47 code. */
  language: string;
  title: string;
  description: string;
  /** Markup; whoever makes it has escaped what it holds. */
  body: string;
  style: string;
  script: string;
}

/**
 * One HTML file that holds everything and fetches nothing. Its security policy allows only the script and the style it carries, by
 * their hashes.
 */
export function selfContainedPage({ language, title, description, body, style, script }: PageParts): string {
  const policy = [
    "default-src 'none'",
    `script-src '${hash(script)}'`,
    `style-src '${hash(style)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="${escapeHtml(language)}" data-theme="auto">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="Proviso">
<meta name="description" content="${escapeHtml(description)}">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
${body}
<script>${script}</script>
</body>
</html>
`;
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

const BASE_STYLE = new URL('./style/1-base.css', import.meta.url);
const styles = new Map<string, string>();

/** The style sheets of a folder, in the order of their names. */
export function styleSheet(folder: URL): string {
  let style = styles.get(folder.href);
  if (style === undefined) {
    style = readdirSync(folder)
      .filter((name) => name.endsWith('.css'))
      .sort()
      .map((name) => readFileSync(new URL(name, folder), 'utf8'))
      .join('\n');
    styles.set(folder.href, style);
  }
  return style;
}

/** Colours, type and controls that all pages share. */
export function baseStyle(): string {
  return readFileSync(BASE_STYLE, 'utf8');
}
