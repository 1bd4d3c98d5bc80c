import { readFileSync } from 'node:fs';
import { loadCodebook, MESSAGE_LANGUAGES, type MessageLanguage } from '@proviso/reading';
import { type Headline, headlineOf } from './client/count.ts';
import { headlineWords } from './client/headline.ts';
import { createWords, type Message, type Messages } from './client/say.ts';
import { chosen, FIRST_VIEW } from './client/view.ts';
import { clientScript } from './client-script.ts';
import type { ReportData } from './data.ts';
import { escapeHtml, scriptJson } from './escape.ts';
import { selfContainedPage, styleSheet } from './self-contained.ts';

export interface RenderOptions {
  /** Language the page opens in; the reader can switch. Default `en`. */
  language?: MessageLanguage;
}

/** The report: one HTML file that holds everything and fetches nothing. */
export function renderReport(data: ReportData, options: RenderOptions = {}): string {
  const about = { ...data, notCollected: data.notCollected.length };
  const { before, after, language, messages } = frameOf(about, headlineOf(chosen(data, FIRST_VIEW)), options);
  return `${before}${scriptJson({ data, language, messages })}${after}`;
}

/** A report without its data. */
export interface Frame {
  /** The file up to the JSON of `{ data, language, messages }`, and the rest of it. */
  before: string;
  after: string;
  language: MessageLanguage;
  messages: Record<string, Messages>;
}

const DATA = '<script type="application/json" id="report-data">';

/** What stands around the data: title, headline, style and script. */
export function frameOf(
  about: { title?: string; question?: string; asOf: string; notCollected: number },
  count: Headline,
  options: RenderOptions,
): Frame {
  const messages = allMessages();
  const language = options.language ?? 'en';
  const words = createWords(language, messages[language] ?? {}, messages.en);
  const { say } = words;
  const title = about.title || say('untitled');
  const question = about.question ?? '';
  const headline = headlineWords(count, about.notCollected, words);
  const page = selfContainedPage({
    language,
    title,
    description: headline,
    script: clientScript(new URL('./client/main.ts', import.meta.url)),
    style: styleSheet(new URL('./style/', import.meta.url)),
    body: `<a class="skip" id="skip" href="#overview">${escapeHtml(say('skip'))}</a>
<header class="masthead">
<p class="brand" id="brand">${escapeHtml(say('brand'))}</p>
<h1>${escapeHtml(title)}</h1>
${question === '' ? '' : `<p class="study-question">${escapeHtml(question)}</p>\n`}<p class="lede" id="headline">${escapeHtml(headline)}</p>
<p class="as-of" id="as-of">${escapeHtml(say('asOf', { date: words.date(about.asOf) }))}</p>
<div class="tools" id="tools"></div>
</header>
<main id="main"><noscript><p class="problem">${escapeHtml(say('noscript'))}</p></noscript></main>
${DATA}</script>`,
  });
  // Nothing that was escaped can look like it.
  const at = page.indexOf(DATA) + DATA.length;
  return { before: page.slice(0, at), after: page.slice(at), language, messages };
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
