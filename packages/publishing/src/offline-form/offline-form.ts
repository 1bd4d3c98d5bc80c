import { type DemandFile, LANGUAGES, type Language } from '@proviso/catalogue';
import { baseStyle, clientScript, escapeHtml, scriptJson, selfContainedPage, styleSheet } from '@proviso/study/page';
import { offerFormOf } from '../form-of-file.ts';
import { say, type Words, wordsOf } from '../messages.ts';

/** What makes the form one that seals: another script, with what it is to seal for. */
export interface SealingForm {
  script: string;
  /** What it says besides, and instead. */
  words: Words;
  /** JSON that only the script knows. */
  asked: unknown;
}

/**
 * The supplier's form as one HTML file, in one language: it works from disk, fetches nothing and sends nothing. The supplier answers,
 * signs, and sends the saved file back: an `AnswerFile`, or what the script of `sealing` makes of it. Another language than Proviso's four
 * gives the demand's own.
 */
export function offlineForm(file: DemandFile, language: string, sealing?: SealingForm): string {
  const own: Language = LANGUAGES.find((one) => one === language) ?? file.demand.context.language;
  const words = { ...wordsOf('offline-form', own), ...sealing?.words };
  const form = offerFormOf(file, own);
  const { edition } = file.catalogue;
  const counted = { n: form.requirements.length, buyer: form.buyer ?? say(words, 'the-buyer') };
  const lede = say(words, 'lede', counted);
  const draft = form.requirements.some((one) => one.draft);
  const facts: [string, string | null][] = [
    [say(words, 'buyer'), form.buyer],
    [say(words, 'reference'), form.reference],
    [say(words, 'edition'), `${edition.edition}. ${edition.note[own]}`],
  ];
  const markup = (text: string): string => escapeHtml(text);
  return selfContainedPage({
    language: own,
    title: `${form.title}: ${say(words, 'brand')}`,
    description: lede,
    style: `${baseStyle()}\n${styleSheet(new URL('./style/', import.meta.url))}`,
    script: sealing?.script ?? clientScript(new URL('./client/main.ts', import.meta.url)),
    body: `<a class="skip" id="skip" href="#begin">${markup(say(words, 'skip'))}</a>
<header class="masthead">
<p class="brand">${markup(say(words, 'brand'))}</p>
<h1>${markup(form.title)}</h1>
<p class="lede">${markup(lede)}</p>
<dl class="facts">${facts.map(([term, text]) => (text ? `<dt>${markup(term)}</dt><dd>${markup(text)}</dd>` : '')).join('')}</dl>
${draft ? `<p class="aside">${markup(say(words, 'draft-translation'))}</p>\n` : ''}<div class="tools" id="tools"></div>
</header>
<main id="main"><noscript><p class="problem">${markup(say(words, 'noscript'))}</p></noscript></main>
<script type="application/json" id="form-data">${scriptJson({ form, words, ...(sealing && { asked: sealing.asked }) })}</script>`,
  });
}
