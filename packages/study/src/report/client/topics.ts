import { topicsOf } from './count.ts';
import { type Child, h } from './element.ts';
import { cellText, type Page } from './page.ts';
import { saysSome } from './view.ts';

/** Security topics, most covered first, as shares of the documents that say something about security. */
export function topics(page: Page): Child {
  const { say, percent, number, label } = page.words;
  const found = topicsOf(page.shown);
  const missing = page.data.topics.filter((topic) => found.every((row) => row.topic !== topic));
  // "Other" says least, so it closes the list; topics that nobody covers stay in it, at nought.
  const rows = [...found, ...missing.map((topic) => ({ topic, documents: [] }))].sort(
    (a, b) => Number(a.topic === 'other') - Number(b.topic === 'other'),
  );
  const base = page.shown.filter((doc) => saysSome(doc, 'security', page.codes)).length;
  return [
    h('p', { class: 'aside' }, say('topicsNote', { n: base })),
    h(
      'ul',
      { class: 'topics' },
      rows.map((row) =>
        h(
          'li',
          null,
          h(
            'button',
            {
              type: 'button',
              'aria-haspopup': row.documents.length > 0 ? 'dialog' : null,
              'aria-disabled': row.documents.length > 0 ? null : 'true',
              'data-key': `topic-${row.topic}`,
              onclick: () =>
                row.documents.length > 0 && page.go({ cell: cellText({ kind: 'topic', value: row.topic, group: '' }) }),
            },
            h('span', { class: 'topic-name' }, label('topic', row.topic)),
            h(
              'span',
              { class: 'topic-bar', 'aria-hidden': 'true' },
              h('span', { '--share': base === 0 ? 0 : Math.min(1, row.documents.length / base) }),
            ),
            h('span', { class: 'topic-n' }, number(row.documents.length)),
            h('span', { class: 'topic-share' }, percent(row.documents.length, base)),
          ),
        ),
      ),
    ),
  ];
}
