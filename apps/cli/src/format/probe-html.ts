import { checkWords, type ProbeOutcome, VERDICTS } from '@proviso/probes';
import { escapeHtml } from '@proviso/study/escape';
import { messages, type Say } from '../messages.ts';
import type { ProbeFormatter, ProbePage } from './probe-formatter.ts';
import { countsOf, groupsOf } from './probe-groups.ts';
import { VERDICT_WORDS } from './probe-pretty.ts';

const STYLE = `
:root{color-scheme:light dark;--paper:#fff;--ink:#1a1f27;--quiet:#5a6472;--line:#d5dae1;--fail:#b3261e;--warn:#7a4d00;--pass:#1b6b35;--inconclusive:#6b3fa0;--link:#1f4f8f}
@media (prefers-color-scheme:dark){:root{--paper:#14181e;--ink:#e7eaef;--quiet:#a5afbd;--line:#333b47;--fail:#ffb4ab;--warn:#ffcf7a;--pass:#8fdba4;--inconclusive:#d3b8ff;--link:#a9cbff}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:60rem;padding:1.5rem 1rem;background:var(--paper);color:var(--ink);font:1rem/1.6 system-ui,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.5rem;margin:0}h2{font-size:1.25rem;margin:0}h3{font-size:1rem;margin:0}
article{border-top:1px solid var(--line);padding:1rem 0}
.quiet{color:var(--quiet);font-size:.875rem;margin:0}
.counts{list-style:none;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;padding:0;margin:.25rem 0}
section{border-left:.25rem solid var(--line);padding:.25rem .75rem;margin:.75rem 0}
section.fail{border-color:var(--fail)}section.warn{border-color:var(--warn)}section.inconclusive{border-color:var(--inconclusive)}section.pass{border-color:var(--pass)}
.fail h3,.counts .fail{color:var(--fail)}.warn h3,.counts .warn{color:var(--warn)}.inconclusive h3,.counts .inconclusive{color:var(--inconclusive)}.pass h3,.counts .pass{color:var(--pass)}
section ul{margin:.25rem 0;padding-left:1.2rem}section p{margin:.25rem 0}
summary{cursor:pointer;min-height:1.5rem;color:var(--link)}summary:focus-visible{outline:3px solid var(--link);outline-offset:2px}
@media print{details::details-content{content-visibility:visible}section{break-inside:avoid}}
`.trim();

/** One HTML page without a script, so that it opens anywhere and prints; what is in order is folded away. All that a server said is escaped. */
export function probeHtml(page: ProbePage): ProbeFormatter {
  const say = messages(page.language);
  const { language, profile } = page;
  return {
    begin: () => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(say('probeTitle'))}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${escapeHtml(say('probeTitle'))}</h1>
<p class="quiet">${escapeHtml(`${profile.title}. ${profile.source}`)}</p>
</header>
<main>
`,
    one: (outcome) => articleOf(outcome, page, say),
    end: () => '</main>\n</body>\n</html>\n',
  };
}

function articleOf(outcome: ProbeOutcome, { language }: ProbePage, say: Say): string {
  const counts = countsOf(outcome);
  const groups = groupsOf(outcome, language);
  const inOrder = groups.filter(({ verdict }) => verdict === 'pass' || verdict === 'not-applicable');
  const section = ({ check, verdict, subjects, sentences }: (typeof groups)[number]): string => {
    const { title, why, todo } = checkWords(check, language);
    const advice = verdict === 'fail' || verdict === 'warn';
    return `<section class="${verdict}"><h3>${escapeHtml(say(VERDICT_WORDS[verdict]))}: ${escapeHtml(title)}</h3>
<p class="quiet">${escapeHtml(check)} · ${escapeHtml(subjects.join(', '))}</p>
<ul>${sentences.map((sentence) => `<li>${escapeHtml(sentence)}</li>`).join('')}</ul>
${advice ? `<p>${escapeHtml(why)} <strong>${escapeHtml(todo)}</strong></p>` : ''}</section>`;
  };
  const list = VERDICTS.filter((verdict) => counts[verdict] > 0)
    .map((verdict) => `<li class="${verdict}">${counts[verdict]} ${escapeHtml(say(VERDICT_WORDS[verdict]))}</li>`)
    .join('');
  return `<article>
<h2>${escapeHtml(outcome.subject)}</h2>
<p class="quiet">${escapeHtml(outcome.started)} · ${escapeHtml(outcome.vantage.name || outcome.vantage.program)}</p>
<ul class="counts">${list}</ul>
${groups
  .filter((one) => !inOrder.includes(one))
  .map(section)
  .join('\n')}
${inOrder.length > 0 ? `<details><summary>${escapeHtml(say('probeInOrder', { n: inOrder.length }))}</summary>${inOrder.map(section).join('\n')}</details>` : ''}
</article>
`;
}
