import { readFileSync } from 'node:fs';
import { loadCodebook, MESSAGE_LANGUAGES, type MessageLanguage } from '@proviso/reading';
import { headlineOf } from './client/count.ts';
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
  const messages = allMessages();
  const language = options.language ?? 'en';
  const words = createWords(language, messages[language] ?? {}, messages.en);
  const { say } = words;
  const title = data.title || say('untitled');
  const headline = headlineWords(headlineOf(chosen(data, FIRST_VIEW)), data.notCollected.length, words);
  return selfContainedPage({
    language,
    title,
    description: headline,
    script: clientScript(new URL('./client/main.ts', import.meta.url)),
    style: styleSheet(new URL('./style/', import.meta.url)),
    body: `<a class="skip" id="skip" href="#overview">${escapeHtml(say('skip'))}</a>
<header class="masthead">
<p class="brand" id="brand">${escapeHtml(say('brand'))}</p>
<h1>${escapeHtml(title)}</h1>
${data.question === '' ? '' : `<p class="study-question">${escapeHtml(data.question)}</p>\n`}<p class="lede" id="headline">${escapeHtml(headline)}</p>
<p class="as-of" id="as-of">${escapeHtml(say('asOf', { date: words.date(data.asOf) }))}</p>
<div class="tools" id="tools"></div>
</header>
<main id="main"><noscript><p class="problem">${escapeHtml(say('noscript'))}</p></noscript></main>
<script type="application/json" id="report-data">${scriptJson({ data, language, messages })}</script>`,
  });
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
