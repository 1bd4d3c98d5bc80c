import type { Question, ReportDocument } from '../data.ts';
import { type Child, h } from './element.ts';
import { nameOf, type Page } from './page.ts';
import { answerOf, QUESTIONS, SCALES, shadeOf } from './scales.ts';
import { isUnread, NOT_STATED } from './view.ts';

const ROWS = 40;

type Column = 'document' | 'country' | 'date' | Question | 'codes';

/** The documents as a table, forty at a time; a row opens the document. */
export function documents(page: Page): Child {
  const { say } = page.words;
  const rows = sorted(page);
  if (rows.length === 0) return h('p', { class: 'empty' }, say('nothing'));
  const limit = page.unfolded.has('documents-all')
    ? rows.length
    : ROWS * (1 + [...page.unfolded].filter((key) => key.startsWith('documents-')).length);
  return [
    h(
      'table',
      { class: 'documents cards', role: 'table' },
      h('caption', { class: 'unseen' }, say('table')),
      h(
        'thead',
        { role: 'rowgroup' },
        h(
          'tr',
          { role: 'row' },
          heading(page, 'document', say('document')),
          heading(page, 'country', say('country')),
          heading(page, 'date', say('date')),
          QUESTIONS.map((question) => heading(page, question, say(`${question}Short`))),
          heading(page, 'codes', say('codes')),
        ),
      ),
      h(
        'tbody',
        { role: 'rowgroup' },
        rows.slice(0, limit).map((doc) => row(page, doc)),
      ),
    ),
    rows.length > limit &&
      h(
        'button',
        {
          type: 'button',
          class: 'more',
          'data-key': 'more-documents',
          onclick: () => {
            page.unfolded.add(`documents-${limit}`);
            page.draw();
          },
        },
        say('showMore', { n: Math.min(ROWS, rows.length - limit) }),
        h('span', { class: 'small' }, ` ${page.words.number(limit)} / ${page.words.number(rows.length)}`),
      ),
  ];
}

function heading(page: Page, column: Column, text: string): Child {
  const down = page.view.sort === `-${column}`;
  const up = page.view.sort === column;
  return h(
    'th',
    { scope: 'col', role: 'columnheader', 'aria-sort': up ? 'ascending' : down ? 'descending' : 'none' },
    h(
      'button',
      {
        type: 'button',
        class: 'sort',
        'data-key': `sort-${column}`,
        'aria-label': page.words.say('sortBy', { column: text }),
        onclick: () => page.go({ sort: up ? `-${column}` : down ? '' : column }),
      },
      text,
      h('span', { class: 'sort-mark', 'aria-hidden': 'true' }, up ? '↑' : down ? '↓' : '↕'),
    ),
  );
}

function sorted(page: Page): ReportDocument[] {
  const { sort } = page.view;
  const column = sort.replace(/^-/, '');
  const direction = sort.startsWith('-') ? -1 : 1;
  const key = (doc: ReportDocument): string | number => {
    switch (column) {
      case 'document':
        return nameOf(doc);
      case 'country':
        return `${page.words.group('country', doc.country ?? '￿')} ${doc.publisher ?? ''}`;
      case 'date':
        return doc.date ?? '';
      case 'scope':
      case 'security':
      case 'standards':
        return SCALES[column].indexOf(answerOf(doc, column, page.codes).value ?? '');
      case 'codes':
        return QUESTIONS.filter((question) => answerOf(doc, question, page.codes).maker === 'people').length;
      default:
        return 0;
    }
  };
  if (sort === '') return page.shown;
  const keyed = page.shown.map((doc) => ({ doc, key: key(doc) }));
  const collator = new Intl.Collator(page.words.language, { numeric: true });
  return keyed
    .sort(
      (a, b) =>
        direction *
        (typeof a.key === 'number' && typeof b.key === 'number'
          ? a.key - b.key
          : collator.compare(String(a.key), String(b.key))),
    )
    .map(({ doc }) => doc);
}

/** Security and internet standards, leaving out those that stand in nothing but boilerplate. */
export function coreOf(page: Page, doc: ReportDocument): ReportDocument['named'] {
  return doc.named.filter(
    (naming) =>
      page.data.standards[naming.standard]?.core && naming.places.some((place) => place.modality !== 'boilerplate'),
  );
}

function row(page: Page, doc: ReportDocument): Child {
  const { words } = page;
  const { say } = words;
  const named = coreOf(page, doc).length;
  const stale = doc.named.filter((naming) => naming.stale).length;
  return h(
    'tr',
    { role: 'row' },
    h(
      'th',
      { scope: 'row', role: 'rowheader' },
      h(
        'button',
        {
          type: 'button',
          class: 'link is-title',
          'aria-haspopup': 'dialog',
          'data-key': `doc-${doc.path}`,
          onclick: () => page.go({ doc: doc.path }),
        },
        h('bdi', { lang: doc.language }, nameOf(doc)),
      ),
      h('span', { class: 'small path' }, h('bdi', null, doc.path)),
    ),
    h(
      'td',
      { role: 'cell', 'data-label': say('country') },
      h('span', null, words.group('country', doc.country ?? NOT_STATED)),
      doc.publisher && h('span', { class: 'small' }, doc.publisher),
    ),
    h(
      'td',
      { role: 'cell', 'data-label': say('date'), class: 'is-date' },
      doc.date ? h('span', null, words.date(doc.date)) : h('span', { class: 'small' }, say('notStated')),
    ),
    QUESTIONS.map((question) =>
      h(
        'td',
        { role: 'cell', 'data-label': say(`${question}Short`) },
        answerChip(page, doc, question, false),
        question === 'standards' &&
          named > 0 &&
          h(
            'span',
            { class: 'small' },
            `${say('namedCount', { n: named })} `,
            stale > 0 && h('span', { class: 'flag is-stale' }, say('staleCount', { n: stale })),
          ),
      ),
    ),
    h('td', { role: 'cell', 'data-label': say('codes') }, makers(page, doc)),
  );
}

/** Who made the answers of a row, in words. */
function makers(page: Page, doc: ReportDocument): Child {
  const { say } = page.words;
  if (isUnread(doc)) return h('span', { class: 'small' }, '–');
  const made = QUESTIONS.map((question) => answerOf(doc, question, page.codes).maker);
  const confirmed = made.filter((maker) => maker === 'people').length;
  const open = made.includes('open');
  return [
    confirmed === QUESTIONS.length && h('span', { class: 'maker is-confirmed' }, '✓ ', say('confirmed')),
    confirmed > 0 &&
      confirmed < QUESTIONS.length &&
      h('span', { class: 'maker is-confirmed' }, '✓ ', say('codesConfirmed', { n: confirmed })),
    open && h('span', { class: 'maker is-open' }, say('open')),
    confirmed === 0 && !open && h('span', { class: 'maker is-machine' }, say('machine')),
  ];
}

/** An answer with its place on the scale, and who made it: by its outline and a mark, and `named` also in words. */
export function answerChip(page: Page, doc: ReportDocument, question: Question, named = true): HTMLElement {
  const { say, value } = page.words;
  const answer = answerOf(doc, question, page.codes);
  if (answer.value === null) return h('span', { class: 'answer is-unreadable' }, h('span', null, say('notReadable')));
  const steps = SCALES[question].length - 1;
  const at = SCALES[question].indexOf(answer.value);
  const maker = answer.maker === 'people' ? 'confirmed' : answer.maker === 'open' ? 'open' : 'machine';
  return h(
    'span',
    { class: `answer is-${maker}`, title: say(maker) },
    h(
      'span',
      { class: 'meter', 'aria-hidden': 'true' },
      Array.from({ length: steps }, (_, step) =>
        h('span', { class: step < at ? `shade-${shadeOf(question, answer.value ?? '')}` : null }),
      ),
    ),
    h(
      'span',
      { class: 'answer-value' },
      maker === 'confirmed' ? '✓ ' : maker === 'open' ? '? ' : '',
      value(question, answer.value),
    ),
    named && h('span', { class: 'answer-maker' }, say(maker)),
  );
}
