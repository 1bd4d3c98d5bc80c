import type { Stated } from '@proviso/reading';
import type { Question, ReportDocument } from '../data.ts';
import { namingPlaces } from './cell-view.ts';
import { type CodeStore, codeForm } from './code-form.ts';
import { answerChip, coreOf } from './documents.ts';
import { type Child, h } from './element.ts';
import type { Page } from './page.ts';
import { placeText, quoteOf } from './quotes.ts';
import { answerOf, QUESTIONS } from './scales.ts';

/** One document: what is known of it, the three answers with their words, standards, topics, remarks, problems. */
export function detail(page: Page, doc: ReportDocument, store: CodeStore): Child {
  const { say, label } = page.words;
  return [
    h('p', { class: 'path' }, h('bdi', null, doc.path)),
    doc.problems.map((problem) => h('p', { class: 'problem' }, problem.message)),
    QUESTIONS.map((question) => answer(page, doc, question, store)),
    standards(page, doc),
    doc.topics.length > 0 &&
      h(
        'section',
        null,
        h('h3', null, say('topicsFound'), h('span', { class: 'heading-n' }, page.words.number(doc.topics.length))),
        doc.topics.map((entry) =>
          h(
            'details',
            { class: 'fold' },
            h('summary', null, label('topic', entry.topic)),
            entry.quotes.map((quote) => quoteOf(page, doc, quote)),
          ),
        ),
      ),
    doc.sections.length > 0 &&
      h(
        'section',
        null,
        h('h3', null, say('sectionsFound')),
        h(
          'ul',
          { class: 'plain-list' },
          doc.sections.map((section) =>
            h(
              'li',
              null,
              h('span', { lang: doc.language, dir: 'auto' }, section.heading),
              section.page !== null && h('span', { class: 'small' }, ` ${say('page', { n: section.page })}`),
            ),
          ),
        ),
      ),
    doc.findings.length > 0 &&
      h(
        'section',
        null,
        h('h3', null, say('findings'), h('span', { class: 'heading-n' }, page.words.number(doc.findings.length))),
        doc.findings.map((finding) =>
          h(
            'div',
            { class: 'finding' },
            h(
              'p',
              null,
              h('span', { class: `flag is-${finding.level}` }, say(`level.${finding.level}`)),
              ' ',
              finding.message,
            ),
            quoteOf(page, doc, finding),
            finding.fix && h('p', { class: 'small' }, say('fix', { fix: finding.fix })),
          ),
        ),
      ),
    facts(page, doc),
  ];
}

function answer(page: Page, doc: ReportDocument, question: Question, store: CodeStore): Child {
  const { say, value, meaning } = page.words;
  const quotes = question === 'standards' ? [] : doc.quotes[question];
  const given = answerOf(doc, question, page.codes);
  const confirmed = doc.confirmed[question];
  return h(
    'section',
    { class: 'answer-block' },
    h('h3', null, page.words.question(question)),
    h(
      'p',
      { class: 'answer-line' },
      answerChip(page, doc, question),
      h('span', null, given.value === null ? say('notReadableMeans') : meaning(question, given.value)),
    ),
    confirmed &&
      h(
        'p',
        { class: 'small' },
        say(`by_${confirmed.how}`, { coders: confirmed.coders.join(', ') }),
        confirmed.value !== null && confirmed.value !== doc[question]
          ? ` (${say('machineSaid', { value: value(question, doc[question]) })})`
          : '',
        confirmed.note ? `: ${confirmed.note}` : '',
      ),
    quotes.slice(0, 2).map((quote) => quoteOf(page, doc, quote)),
    quotes.length > 2 &&
      h(
        'details',
        { class: 'fold' },
        h('summary', null, say('andMore', { n: quotes.length - 2 })),
        quotes.slice(2).map((quote) => quoteOf(page, doc, quote)),
      ),
    question === 'standards' &&
      doc.delegatedTo.length > 0 &&
      h('p', null, say('delegated', { lists: doc.delegatedTo.join(', ') })),
    codeForm(page, doc, question, store),
  );
}

function standards(page: Page, doc: ReportDocument): Child {
  const { say, label } = page.words;
  if (doc.named.length === 0) return null;
  const core = new Set(coreOf(page, doc));
  const rows = doc.named.toSorted(
    (a, b) =>
      Number(b.stale) - Number(a.stale) ||
      Number(core.has(b)) - Number(core.has(a)) ||
      Number(b.demanded) - Number(a.demanded),
  );
  return h(
    'section',
    null,
    h('h3', null, say('standardsNamed'), h('span', { class: 'heading-n' }, page.words.number(rows.length))),
    rows.map((naming) => {
      const entry = page.data.standards[naming.standard];
      if (!entry) return null;
      return h(
        'details',
        { class: 'fold', open: naming.stale },
        h(
          'summary',
          null,
          h('span', { class: 'standard-id' }, entry.id),
          ' ',
          naming.stale &&
            h(
              'span',
              { class: 'flag is-stale' },
              label('status', entry.status),
              entry.replacedBy ? ` → ${entry.replacedBy}` : '',
            ),
          h(
            'span',
            { class: `flag is-${naming.places[0]?.modality ?? 'context'}` },
            label('modality', naming.places[0]?.modality ?? 'context'),
          ),
          !entry.core && h('span', { class: 'flag' }, say('peripheral')),
          !entry.known && h('span', { class: 'flag' }, say('notInRegistry')),
          h('span', { class: 'small' }, naming.count > 1 ? ` ×${page.words.number(naming.count)}` : ''),
        ),
        entry.title && h('p', { class: 'small' }, entry.title),
        namingPlaces(page, doc, naming.standard),
      );
    }),
  );
}

function facts(page: Page, doc: ReportDocument): Child {
  const { say, group } = page.words;
  const line = (name: string, value: Child, stated?: Stated): Child =>
    value !== null &&
    value !== '' && [
      h('dt', null, name),
      h(
        'dd',
        null,
        value,
        stated &&
          h(
            'span',
            { class: 'small' },
            ` ${say(`stated${stated.from.charAt(0).toUpperCase()}${stated.from.slice(1)}`)}`,
          ),
        stated?.quote && [
          h('q', { lang: doc.language, dir: 'auto' }, stated.quote.text),
          ' ',
          placeText(page, stated.quote),
        ],
      ),
    ];
  return h(
    'section',
    null,
    h('h3', null, say('facts')),
    h(
      'dl',
      { class: 'facts' },
      line(say('country'), group('country', doc.country ?? '?'), doc.stated.country),
      line(say('publisher'), doc.publisher, doc.stated.publisher),
      line(say('type'), group('type', doc.type ?? '?'), doc.stated.type),
      line(say('date'), doc.date ? page.words.date(doc.date) : say('notStated'), doc.stated.date),
      line(say('documentLanguage'), group('language', doc.language ?? '?')),
      line(say('procurement'), doc.isProcurement === null ? say('notReadable') : say(doc.isProcurement ? 'yes' : 'no')),
      line(say('format'), [doc.format.toUpperCase(), doc.pages === null ? '' : ` · ${say('pages', { n: doc.pages })}`]),
      doc.duplicateOf !== null && line(say('gapsDuplicates'), doc.duplicateOf),
      line(say('hash'), h('code', null, doc.sha256)),
    ),
  );
}
