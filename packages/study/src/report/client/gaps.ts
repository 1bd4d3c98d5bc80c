import type { ReportDocument } from '../data.ts';
import { type Child, h } from './element.ts';
import { nameOf, type Page } from './page.ts';
import { isUnread } from './view.ts';

const MOST = 60;

/** What is missing: not readable, read in part, not collected, counted once. */
export function gaps(page: Page): Child {
  const { say } = page.words;
  const { documents, notCollected } = page.data;
  const unread = documents.filter(isUnread);
  const partly = documents.filter((doc) => !isUnread(doc) && doc.problems.length > 0);
  const copies = documents.filter((doc) => doc.duplicateOf !== null);
  if (unread.length + partly.length + copies.length + notCollected.length === 0)
    return h('p', { class: 'empty' }, say('gapsNone'));
  const list = (id: string, kind: string, items: readonly Child[]): Child =>
    items.length > 0 && [
      h('h3', null, say(id), h('span', { class: 'heading-n' }, page.words.number(items.length))),
      h('ul', { class: `gaps ${kind}` }, items.slice(0, MOST)),
      items.length > MOST && h('p', { class: 'small' }, say('andMore', { n: items.length - MOST })),
    ];
  const problem = (doc: ReportDocument): Child =>
    h(
      'li',
      null,
      opener(page, doc),
      doc.problems.map((entry) => h('span', { class: 'small' }, entry.message)),
    );
  return [
    h('p', { class: 'aside' }, say('gapsNote')),
    list('gapsUnread', 'is-unread', unread.map(problem)),
    list(
      'gapsNotCollected',
      'is-uncollected',
      notCollected.map((gap) =>
        h(
          'li',
          null,
          h('span', null, gap.title || gap.address),
          h('span', { class: 'small' }, [
            gap.title ? `${gap.address} · ` : '',
            gap.reason || say('neverTried'),
            gap.at ? ` (${page.words.date(gap.at)})` : '',
          ]),
        ),
      ),
    ),
    list('gapsPartly', 'is-partly', partly.map(problem)),
    list(
      'gapsDuplicates',
      'is-copy',
      copies.map((doc) =>
        h('li', null, opener(page, doc), h('span', { class: 'small' }, say('sameAs', { path: doc.duplicateOf ?? '' }))),
      ),
    ),
  ];
}

function opener(page: Page, doc: ReportDocument): Child {
  return h(
    'button',
    {
      type: 'button',
      class: 'link',
      'aria-haspopup': 'dialog',
      'data-key': `gap-${doc.path}`,
      onclick: () => page.go({ doc: doc.path }),
    },
    h('bdi', { lang: doc.language }, nameOf(doc)),
  );
}

/** What a later collection found different. */
export function changes(page: Page): Child {
  const { say, value } = page.words;
  const rows = page.data.changes;
  return h(
    'ul',
    { class: 'gaps' },
    rows.map((row) =>
      h(
        'li',
        null,
        h(
          'span',
          { class: `flag is-${row.what}` },
          say(`change${row.what.charAt(0).toUpperCase()}${row.what.slice(1)}`),
        ),
        h('span', null, ` ${row.address}`),
        h(
          'span',
          { class: 'small' },
          [row.from, row.to]
            .filter(Boolean)
            .map((day) => page.words.date(day))
            .join(' → '),
        ),
        row.answers.map((answer) =>
          h(
            'span',
            { class: 'small' },
            say('changeAnswer', {
              question: say(`${answer.question}Short`),
              from: value(answer.question, answer.from),
              to: value(answer.question, answer.to),
            }),
          ),
        ),
      ),
    ),
  );
}

/** Agreement between coders, and of the machine with them. */
export function agreement(page: Page): Child {
  const { say, number } = page.words;
  const figure = (value: number | null): string =>
    value === null
      ? '–'
      : new Intl.NumberFormat(page.words.language, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(
          value,
        );
  return [
    h('p', { class: 'aside' }, say('agreementNote')),
    h(
      'div',
      { class: 'scroller', role: 'group', 'aria-label': say('agreement'), tabindex: 0 },
      h(
        'table',
        { class: 'plain' },
        h(
          'thead',
          null,
          h(
            'tr',
            null,
            ['question', 'units', 'percentAgreement', 'kappa', 'weightedKappa', 'alpha'].map((id) =>
              h('th', { scope: 'col' }, say(id)),
            ),
          ),
        ),
        h(
          'tbody',
          null,
          page.data.agreement.map((row) =>
            h(
              'tr',
              null,
              h(
                'th',
                { scope: 'row' },
                say(`${row.question}Short`),
                h('span', { class: 'small' }, say(row.between === 'people' ? 'betweenPeople' : 'betweenMachine')),
              ),
              h('td', null, number(row.units)),
              h('td', null, row.percent === null ? '–' : page.words.percent(row.percent, 1)),
              h('td', null, figure(row.kappa)),
              h('td', null, figure(row.weightedKappa)),
              h('td', null, figure(row.alpha)),
            ),
          ),
        ),
      ),
    ),
  ];
}
