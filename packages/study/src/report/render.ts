import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { loadCodebook, MESSAGE_LANGUAGES, type MessageLanguage } from '@proviso/reading';
import { headlineOf } from './client/count.ts';
import { headlineWords } from './client/headline.ts';
import { createWords, type Message, type Messages } from './client/say.ts';
import { chosen, FIRST_VIEW } from './client/view.ts';
import { clientScript } from './client-script.ts';
import type { ReportData } from './data.ts';
import { escapeHtml, scriptJson } from './escape.ts';

export interface RenderOptions {
  /** Language the page opens in; the reader can switch. Default `en`. */
  language?: MessageLanguage;
}

/**
 * The report: one HTML file that holds everything and fetches nothing. Its security policy allows only the script and the style it
 * carries, by their hashes.
 */
export function renderReport(data: ReportData, options: RenderOptions = {}): string {
  const messages = allMessages();
  const language = options.language ?? 'en';
  const words = createWords(language, messages[language] ?? {}, messages.en);
  const { say } = words;
  const script = clientScript();
  const style = styleSheet();
  const title = data.title || say('untitled');
  const headline = headlineWords(headlineOf(chosen(data, FIRST_VIEW)), data.notCollected.length, words);
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
<meta name="description" content="${escapeHtml(headline)}">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<a class="skip" id="skip" href="#overview">${escapeHtml(say('skip'))}</a>
<header class="masthead">
<p class="brand" id="brand">${escapeHtml(say('brand'))}</p>
<h1>${escapeHtml(title)}</h1>
${data.question === '' ? '' : `<p class="study-question">${escapeHtml(data.question)}</p>\n`}<p class="lede" id="headline">${escapeHtml(headline)}</p>
<p class="as-of" id="as-of">${escapeHtml(say('asOf', { date: words.date(data.asOf) }))}</p>
<div class="tools" id="tools"></div>
</header>
<main id="main"><noscript><p class="problem">${escapeHtml(say('noscript'))}</p></noscript></main>
<script type="application/json" id="report-data">${scriptJson({ data, language, messages })}</script>
<script>${script}</script>
</body>
</html>
`;
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

let messagesOnce: Record<string, Messages> | undefined;

function allMessages(): Record<string, Messages> {
  messagesOnce ??= Object.fromEntries(
    MESSAGE_LANGUAGES.map((language) => [
      language,
      {
        ...(JSON.parse(readFileSync(new URL(`./messages/${language}.json`, import.meta.url), 'utf8')) as Messages),
        codebook: codebookWords(language),
      },
    ]),
  );
  return messagesOnce;
}

/** What the page says of values, in the codebook's own words: name and meaning of each. */
function codebookWords(language: MessageLanguage): Message {
  return Object.fromEntries(
    Object.entries(loadCodebook().scales).map(([scale, { question, values }]) => [
      scale,
      {
        question: question[language],
        values: Object.fromEntries(values.map(({ id, label }) => [id, label[language]])),
        meanings: Object.fromEntries(values.map(({ id, definition }) => [id, definition?.[language] ?? ''])),
      },
    ]),
  );
}

let styleOnce: string | undefined;

/** The style sheets of `style/`, in the order of their names. */
function styleSheet(): string {
  const folder = new URL('./style/', import.meta.url);
  styleOnce ??= readdirSync(folder)
    .filter((name) => name.endsWith('.css'))
    .sort()
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join('\n');
  return styleOnce;
}
