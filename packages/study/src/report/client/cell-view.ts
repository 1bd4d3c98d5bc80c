import type { ReportDocument, ReportQuote } from '../data.ts';
import { answerChip } from './documents.ts';
import { type Child, h } from './element.ts';
import { type Cell, fileOf, nameOf, type Page } from './page.ts';
import { placeOf, quoteOf } from './quotes.ts';
import { answerOf } from './scales.ts';
import { groupOf, NOT_READABLE } from './view.ts';

const DOCUMENTS = 20;

/** The documents behind one cell of a table, each with the words that put it there. */
export function cellView(page: Page, cell: Cell): { title: string; content: Child } {
  const { say } = page.words;
  const documents = documentsOf(page, cell);
  const key = `cell-${cell.kind}-${cell.value}-${cell.group}`;
  const most = page.unfolded.has(key) ? documents.length : DOCUMENTS;
  return {
    title: titleOf(page, cell),
    content: [
      h('p', { class: 'aside' }, say('documentsN', { n: documents.length })),
      standardNote(page, cell),
      documents.slice(0, most).map((doc) =>
        h(
          'article',
          { class: 'source' },
          h(
            'h3',
            null,
            h(
              'button',
              {
                type: 'button',
                class: 'link is-title',
                'data-key': `cell-doc-${doc.path}`,
                onclick: () => page.go({ doc: doc.path }),
              },
              h('bdi', { lang: doc.language }, nameOf(doc)),
            ),
          ),
          h(
            'p',
            { class: 'small' },
            [
              doc.title && fileOf(doc),
              page.words.group('country', groupOf(doc, 'country')),
              doc.publisher,
              doc.date ? page.words.date(doc.date) : '',
            ]
              .filter(Boolean)
              .join(' · '),
          ),
          evidence(page, doc, cell),
        ),
      ),
      documents.length > most &&
        h(
          'button',
          {
            type: 'button',
            class: 'more',
            onclick: () => {
              page.unfolded.add(key);
              page.draw();
            },
          },
          say('showMore', { n: documents.length - most }),
        ),
    ],
  };
}

function titleOf(page: Page, cell: Cell): string {
  const { say, value, group, label } = page.words;
  const where = cell.group === '' ? '' : ` · ${group(page.view.by, cell.group)}`;
  if (cell.kind === 'standard' || cell.kind === 'stale') return `${cell.value}${where}`;
  if (cell.kind === 'topic') return `${label('topic', cell.value)}${where}`;
  return `${say(`${cell.kind}Short`)}: ${value(cell.kind, cell.value)}${where}`;
}

function documentsOf(page: Page, cell: Cell): ReportDocument[] {
  const standard = page.data.standards.findIndex((entry) => entry.id === cell.value);
  return page.shown.filter((doc) => {
    if (cell.group !== '' && groupOf(doc, page.view.by) !== cell.group) return false;
    switch (cell.kind) {
      case 'standard':
        return doc.named.some(
          (naming) => naming.standard === standard && (page.view.named === 'any' || naming.demanded),
        );
      case 'stale':
        return doc.named.some((naming) => naming.standard === standard && naming.stale);
      case 'topic':
        return doc.topics.some((entry) => entry.topic === cell.value);
      default:
        return (answerOf(doc, cell.kind, page.codes).value ?? NOT_READABLE) === cell.value;
    }
  });
}

function standardNote(page: Page, cell: Cell): Child {
  if (cell.kind !== 'standard' && cell.kind !== 'stale') return null;
  const entry = page.data.standards.find((standard) => standard.id === cell.value);
  if (!entry) return null;
  const { say, label } = page.words;
  return h(
    'p',
    { class: 'standard-note' },
    entry.title && h('span', null, entry.title, '. '),
    entry.known ? say('statusNow', { status: label('status', entry.status) }) : say('notInRegistry'),
    entry.replacedBy && [', ', say('replacedBy', { standard: entry.replacedBy })],
    '.',
  );
}

function evidence(page: Page, doc: ReportDocument, cell: Cell): Child {
  switch (cell.kind) {
    case 'standard':
    case 'stale':
      return doc.named
        .filter((naming) => page.data.standards[naming.standard]?.id === cell.value)
        .map((naming) => namingPlaces(page, doc, naming.standard, cell.kind === 'stale'));
    case 'topic':
      return quotes(page, doc, doc.topics.find((entry) => entry.topic === cell.value)?.quotes ?? []);
    case 'standards':
      return [
        answerChip(page, doc, 'standards'),
        doc.named.slice(0, 4).map((naming) => namingPlaces(page, doc, naming.standard, false, 1)),
        doc.delegatedTo.length > 0 &&
          h('p', { class: 'small' }, page.words.say('delegated', { lists: doc.delegatedTo.join(', ') })),
        problems(doc),
      ];
    default:
      return [answerChip(page, doc, cell.kind), quotes(page, doc, doc.quotes[cell.kind].slice(0, 3)), problems(doc)];
  }
}

/** The places of one standard in one document, and how many more there are. */
export function namingPlaces(page: Page, doc: ReportDocument, standard: number, staleOnly = false, most = 6): Child {
  const naming = doc.named.find((entry) => entry.standard === standard);
  const entry = page.data.standards[standard];
  if (!naming || !entry) return null;
  const places = naming.places.filter((place) => !staleOnly || place.stale).slice(0, most);
  return [
    places.map((place) => placeOf(page, doc, entry, place)),
    !staleOnly &&
      naming.count > places.length &&
      h('p', { class: 'small' }, page.words.say('placesMore', { n: naming.count - places.length })),
  ];
}

function quotes(page: Page, doc: ReportDocument, list: readonly ReportQuote[]): Child {
  return list.length === 0
    ? h('p', { class: 'small' }, page.words.say('noQuotes'))
    : list.map((quote) => quoteOf(page, doc, quote));
}

function problems(doc: ReportDocument): Child {
  return doc.problems.map((problem) => h('p', { class: 'problem' }, problem.message));
}
