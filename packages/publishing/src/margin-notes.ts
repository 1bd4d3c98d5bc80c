import type { Language } from '@proviso/catalogue';
import type { BlockKind, Problem } from '@proviso/documents';
import type { Finding, RuleDescription } from '@proviso/reading';
import { escapeHtml } from '@proviso/study/escape';
import { MARGIN_STYLE } from './margin-style.ts';
import { say, wordsOf } from './messages.ts';

/** A document with what was found in it. Offsets of blocks and findings are into `text`. */
export interface MarkedDocument {
  path: string;
  title: string | null;
  language: string | null;
  text: string;
  blocks: readonly { kind: BlockKind; start: number; end: number; level: number | null; page: number | null }[];
  findings: readonly (Finding & { confidence?: number })[];
  problems: readonly Problem[];
}

export interface MarginOptions {
  language: Language;
  asOf: string;
  rules: readonly Pick<RuleDescription, 'id' | 'meaning' | 'why'>[];
}

/**
 * The documents as one HTML page with notes in the margin; no script, so that it opens anywhere and prints. On narrow screens a note
 * follows its paragraph. Every text of a document is escaped.
 */
export function marginNotes(documents: readonly MarkedDocument[], { language, asOf, rules }: MarginOptions): string {
  const words = wordsOf('margin', language);
  const count = documents.reduce((sum, { findings }) => sum + findings.length, 0);
  const why = new Map(rules.map((rule) => [rule.id, rule.why]));
  const body = documents.map((one, i) => documentHtml(one, i, why, words)).join('\n');
  const list = documents
    .flatMap(({ findings }, i) =>
      gathered(findings).map(({ first, more }) => {
        const title = more.length > 0 ? say(words, 'missing', { n: more.length + 1 }) : first.message;
        return `<li class="is-${first.level}"><a href="#${anchorOf(i, first)}"><strong>${escapeHtml(say(words, first.level))}</strong> ${escapeHtml(title)}</a></li>`;
      }),
    )
    .join('');
  const contents =
    documents.length > 1
      ? `<nav aria-label="${escapeHtml(say(words, 'files'))}"><ul>${documents
          .map(
            ({ path, findings }, i) =>
              `<li><a href="#d${i}">${escapeHtml(path)}</a> <span>${escapeHtml(say(words, 'count', { n: findings.length }))}</span></li>`,
          )
          .join('')}</ul></nav>`
      : '';
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(say(words, 'title'))}</title>
<style>${MARGIN_STYLE}</style>
</head>
<body>
<header>
<h1>${escapeHtml(say(words, 'title'))}</h1>
<p>${escapeHtml(say(words, 'summary', { n: count, files: documents.length, date: asOf }))}</p>
${contents}
${count > 0 ? `<details open><summary>${escapeHtml(say(words, 'all'))}</summary><ol class="findings">${list}</ol></details>` : ''}
</header>
<main>
${body}
</main>
</body>
</html>
`;
}

type Words = ReturnType<typeof wordsOf>;

function documentHtml(document: MarkedDocument, index: number, why: ReadonlyMap<string, string>, words: Words): string {
  const { path, title, language, blocks, text, findings, problems } = document;
  const waiting = [...findings].sort((a, b) => a.start - b.start);
  let next = 0;
  // Blocks and findings both go forward, so that neither is looked through again for each of the other.
  const rows = blocks.map((block) => {
    const inside: Noted[] = [];
    for (let one = waiting[next]; one && one.start < Math.max(block.end, block.start + 1); one = waiting[++next])
      if (one.start >= block.start) inside.push(one);
    return rowHtml(index, block, marked(text, block.start, block.end, inside), inside, why, words);
  });
  return `<article id="d${index}" aria-labelledby="t${index}">
<h2 id="t${index}">${escapeHtml(title ?? path)}</h2>
<p class="path">${escapeHtml(path)}</p>
${problems.map(({ message }) => `<p class="problem">${escapeHtml(message)}</p>`).join('\n')}
<div class="text"${language ? ` lang="${escapeHtml(language)}"` : ''}>
${rows.join('\n')}
</div>
</article>`;
}

function rowHtml(
  document: number,
  block: MarkedDocument['blocks'][number],
  html: string,
  findings: MarkedDocument['findings'],
  why: ReadonlyMap<string, string>,
  words: Words,
): string {
  const level = Math.min(6, (block.level ?? 1) + 2);
  const tag = block.kind === 'heading' ? `h${level}` : block.kind === 'title' ? 'h3' : 'p';
  const content = `<${tag} class="${block.kind}">${html}</${tag}>`;
  if (findings.length === 0) return `<div class="row">${content}</div>`;
  const notes = gathered(findings)
    .map(({ first, more }) => noteHtml(anchorOf(document, first), first, more, why, words))
    .join('');
  return `<div class="row has-notes">${content}<aside lang="${escapeHtml(say(words, 'lang'))}">${notes}</aside></div>`;
}

/** Findings of what is absent that stand on the same words: shown as one note with a list, so that a place is not buried. */
function gathered(findings: MarkedDocument['findings']): { first: Noted; more: Noted[] }[] {
  const groups: { first: Noted; more: Noted[] }[] = [];
  const byStart = new Map<number, { more: Noted[] }>();
  for (const one of findings) {
    const same = one.rule === GATHERED ? byStart.get(one.start) : undefined;
    if (same) {
      same.more.push(one);
      continue;
    }
    const group = { first: one, more: [] };
    groups.push(group);
    if (one.rule === GATHERED) byStart.set(one.start, group);
  }
  return groups;
}

type Noted = MarkedDocument['findings'][number];
const GATHERED = 'tender/coverage';

function anchorOf(document: number, { rule, start, end }: Noted): string {
  return `f${document}-${start}-${end}-${rule.replace(/[^a-z]/g, '')}`;
}

function noteHtml(
  id: string,
  finding: Noted,
  more: readonly Noted[],
  why: ReadonlyMap<string, string>,
  words: Words,
): string {
  const sure =
    finding.confidence === undefined
      ? ''
      : ` · ${escapeHtml(say(words, 'sure', { percent: Math.round(finding.confidence * 100) }))}`;
  const rest =
    more.length > 0 ? `<ul>${more.map(({ message }) => `<li>${escapeHtml(message)}</li>`).join('')}</ul>` : '';
  return `<section class="note ${finding.level}" id="${id}">
<p><strong>${escapeHtml(say(words, finding.level))}</strong> ${escapeHtml(finding.message)}</p>${rest}
${finding.fix ? `<p>${escapeHtml(finding.fix)}</p>` : ''}
<details><summary>${escapeHtml(say(words, 'why'))}</summary><p>${escapeHtml(why.get(finding.rule) ?? '')}</p><p class="rule">${escapeHtml(finding.rule)}${sure}</p></details>
</section>`;
}

/** The words of a block with those of its findings marked; where findings overlap, the marks are joined. */
function marked(text: string, start: number, end: number, findings: MarkedDocument['findings']): string {
  const spans: { start: number; end: number; level: Finding['level'] }[] = [];
  for (const one of [...findings].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = spans.at(-1);
    if (last && one.start < last.end) last.end = Math.max(last.end, Math.min(end, one.end));
    else spans.push({ start: one.start, end: Math.min(end, one.end), level: one.level });
  }
  let html = '';
  let at = start;
  for (const span of spans) {
    html += `${escapeHtml(text.slice(at, span.start))}<mark class="${span.level}">${escapeHtml(text.slice(span.start, span.end))}</mark>`;
    at = span.end;
  }
  return html + escapeHtml(text.slice(at, end));
}
