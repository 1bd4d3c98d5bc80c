import { topicsOf } from './count.ts';
import { type Child, h } from './element.ts';
import { cellText, type Page } from './page.ts';
import { saysSome } from './view.ts';

/** Security topics, most covered first, as shares of the documents that say something about security. */
export function topics(page: Page): Child {
  const { say, percent, number } = page.words;
  const rows = topicsOf(page.shown);
  const base = page.shown.filter((doc) => saysSome(doc, 'security', page.codes)).length;
  if (rows.length === 0) return h('p', { class: 'empty' }, say('topicsNone'));
  return [
    h('p', { class: 'aside' }, `${say('topicsNote')} (${say('documentsN', { n: base })})`),
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
              'aria-haspopup': 'dialog',
              'data-key': `topic-${row.topic}`,
              onclick: () => page.go({ cell: cellText({ kind: 'topic', value: row.topic, group: '' }) }),
            },
            h('span', { class: 'topic-name' }, say(`topic.${row.topic}`)),
            h('span', { class: 'topic-bar', 'aria-hidden': 'true' }, h('span', { '--share': base === 0 ? 0 : Math.min(1, row.documents.length / base) })),
            h('span', { class: 'topic-n' }, number(row.documents.length)),
            h('span', { class: 'topic-share' }, percent(row.documents.length, base)),
          ),
        ),
      ),
    ),
  ];
}
