import type { Question, ReportDocument } from '../data.ts';
import { groupsOf, partsOf } from './count.ts';
import { type Child, h } from './element.ts';
import { cellText, type Page } from './page.ts';
import { rove } from './rove.ts';
import { answerOf, QUESTIONS, SCALES, shadeOf } from './scales.ts';
import { GROUPINGS, type GroupBy, NOT_READABLE } from './view.ts';

const ROWS = 12;

/** The three questions by country, publisher, type or language: one bar a question and group, each part a button. */
export function matrix(page: Page): Child {
  const { say } = page.words;
  const groups = groupsOf(page.shown, page.view.by);
  const whole = page.unfolded.has('matrix') || groups.length <= ROWS + 2;
  const table = h(
    'table',
    { class: 'matrix', role: 'table' },
    h('caption', { class: 'unseen' }, say('matrix')),
    h(
      'thead',
      { role: 'rowgroup' },
      h(
        'tr',
        { role: 'row' },
        h('th', { scope: 'col', role: 'columnheader' }, byName(page, page.view.by)),
        QUESTIONS.map((question) =>
          h(
            'th',
            { scope: 'col', role: 'columnheader' },
            h('span', { class: 'question' }, page.words.question(question)),
            legend(page, question),
          ),
        ),
      ),
    ),
    h(
      'tbody',
      { role: 'rowgroup' },
      row(page, '', say('everything'), page.shown, true),
      (whole ? groups : groups.slice(0, ROWS)).map((group) =>
        row(page, group.key, page.words.group(page.view.by, group.key), group.documents, false),
      ),
    ),
  );
  rove(table);
  return [
    h('p', { class: 'aside' }, say('matrixNote')),
    groupSwitch(page),
    page.shown.some((doc) => QUESTIONS.some((question) => answerOf(doc, question, page.codes).maker === 'people')) &&
      h('p', { class: 'aside is-key' }, h('span', { class: 'key-line', 'aria-hidden': 'true' }), say('confirmedMark')),
    table,
    !whole && unfold(page, 'matrix', groups.length - ROWS),
  ];
}

export function byName(page: Page, by: GroupBy): string {
  return page.words.say(by === 'language' ? 'documentLanguage' : by);
}

/** Chooses what the rows of the matrix and the columns of the heat map are. */
export function groupSwitch(page: Page): Child {
  const { say } = page.words;
  return h(
    'fieldset',
    { class: 'switch' },
    h('legend', null, say('by')),
    GROUPINGS.map((by) =>
      h(
        'button',
        {
          type: 'button',
          'aria-pressed': page.view.by === by ? 'true' : 'false',
          'data-key': `by-${by}`,
          onclick: () => page.go({ by }),
        },
        say(`by${by.charAt(0).toUpperCase()}${by.slice(1)}`),
      ),
    ),
  );
}

export function unfold(page: Page, key: string, n: number): HTMLElement {
  return h(
    'button',
    {
      type: 'button',
      class: 'more',
      'data-key': `more-${key}`,
      onclick: () => {
        page.unfolded.add(key);
        page.draw();
      },
    },
    page.words.say('showAllRows', { n }),
  );
}

function legend(page: Page, question: Question): Child {
  return h(
    'ul',
    { class: 'legend' },
    SCALES[question].map((value) =>
      h(
        'li',
        { title: page.words.meaning(question, value) },
        h('span', { class: `swatch shade-${shadeOf(question, value)}`, 'aria-hidden': 'true' }),
        page.words.value(question, value),
      ),
    ),
  );
}

function row(page: Page, key: string, name: string, documents: readonly ReportDocument[], total: boolean): Child {
  const { say } = page.words;
  return h(
    'tr',
    { role: 'row', class: total ? 'is-total' : null },
    h(
      'th',
      { scope: 'row', role: 'rowheader' },
      h('span', { class: 'group-name' }, name),
      h('span', { class: 'group-n' }, say('documentsN', { n: documents.length })),
    ),
    QUESTIONS.map((question) =>
      h(
        'td',
        { role: 'cell' },
        h('span', { class: 'cell-name', 'aria-hidden': 'true' }, say(`${question}Short`)),
        bar(page, question, key, name, documents),
      ),
    ),
  );
}

function bar(page: Page, question: Question, key: string, name: string, documents: readonly ReportDocument[]): Child {
  const { say, value, number } = page.words;
  return h(
    'div',
    { class: 'bar' },
    partsOf(documents, question, page.codes).map((part) => {
      const n = part.documents.length;
      const confirmed = part.confirmed > 0 ? `✓ ${say('confirmedN', { n: part.confirmed })}` : '';
      const label = [
        say('partLabel', {
          group: name,
          question: say(`${question}Short`),
          value: value(question, part.value),
          n,
          all: documents.length,
        }),
        confirmed,
      ]
        .filter(Boolean)
        .join(' · ');
      const shade = part.value === NOT_READABLE ? 'is-unreadable' : `shade-${shadeOf(question, part.value)}`;
      return h(
        'button',
        {
          type: 'button',
          class: `part ${shade}`,
          'data-rove': true,
          'data-key': `part-${question}-${key}-${part.value}`,
          '--n': n,
          title: label,
          'aria-label': label,
          'aria-haspopup': 'dialog',
          onclick: () => page.go({ cell: cellText({ kind: question, value: part.value, group: key }) }),
        },
        h('span', { class: 'part-n' }, number(n)),
        ' ',
        h('span', { class: 'part-name' }, value(question, part.value)),
        part.confirmed > 0 && h('span', { class: 'part-confirmed', '--share': part.confirmed / n }),
      );
    }),
  );
}
