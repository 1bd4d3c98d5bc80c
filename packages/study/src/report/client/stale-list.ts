import { staleOf } from './count.ts';
import { type Child, h } from './element.ts';
import { unfold } from './matrix.ts';
import { cellText, fileOf, nameOf, type Page } from './page.ts';

const ROWS = 12;
const NAMED = 3;

/** Standards that no longer hold: what is named, in which state it is, what to name today, and where. */
export function staleList(page: Page): Child {
  const { words } = page;
  const { say, label } = words;
  const rows = staleOf(page.data, page.shown);
  if (rows.length === 0) return h('p', { class: 'empty' }, say('staleNone'));
  const whole = page.unfolded.has('stale') || rows.length <= ROWS + 2;
  return [
    h('p', { class: 'aside' }, say('staleNote')),
    h(
      'table',
      { class: 'stale-list cards', role: 'table' },
      h('caption', { class: 'unseen' }, say('stale')),
      h(
        'thead',
        { role: 'rowgroup' },
        h(
          'tr',
          { role: 'row' },
          ['staleNamed', 'staleState', 'staleInstead', 'staleWhere'].map((id) =>
            h('th', { scope: 'col', role: 'columnheader' }, say(id)),
          ),
        ),
      ),
      h(
        'tbody',
        { role: 'rowgroup' },
        (whole ? rows : rows.slice(0, ROWS)).map((row) => {
          const entry = page.data.standards[row.standard];
          if (!entry) return null;
          const rest = row.documents.length - NAMED;
          return h(
            'tr',
            { role: 'row' },
            h(
              'th',
              { scope: 'row', role: 'rowheader' },
              h('span', { class: 'standard-id' }, entry.id),
              h('span', { class: 'standard-title' }, entry.title),
            ),
            h(
              'td',
              { role: 'cell', 'data-label': say('staleState') },
              h('span', { class: 'flag is-stale' }, label('status', entry.status)),
              entry.since && h('span', { class: 'small' }, say('staleSince', { date: words.date(entry.since) })),
              row.alreadyThen > 0 && h('span', { class: 'small' }, say('staleThen', { n: row.alreadyThen })),
            ),
            h(
              'td',
              { role: 'cell', 'data-label': say('staleInstead') },
              entry.replacedBy
                ? h('strong', { class: 'standard-id' }, entry.replacedBy)
                : h('span', { class: 'small' }, say('noSuccessor')),
              entry.succession.length > 1 &&
                h('span', { class: 'small chain' }, [entry.id, ...entry.succession].join(' → ')),
            ),
            h(
              'td',
              { role: 'cell', 'data-label': say('staleWhere') },
              h(
                'ul',
                { class: 'where' },
                row.documents.slice(0, NAMED).map((doc) =>
                  h(
                    'li',
                    null,
                    h(
                      'button',
                      {
                        type: 'button',
                        class: 'link',
                        'data-key': `stale-${entry.id}-${doc.path}`,
                        onclick: () => page.go({ doc: doc.path }),
                      },
                      h('bdi', null, nameOf(doc)),
                    ),
                    h(
                      'span',
                      { class: 'small' },
                      ` ${[doc.country && words.group('country', doc.country), doc.title && fileOf(doc)].filter(Boolean).join(' · ')}`,
                    ),
                  ),
                ),
              ),
              h(
                'button',
                {
                  type: 'button',
                  class: 'quiet',
                  'aria-haspopup': 'dialog',
                  'data-key': `stale-${entry.id}`,
                  onclick: () => page.go({ cell: cellText({ kind: 'stale', value: entry.id, group: '' }) }),
                },
                rest > 0 ? `${say('andMore', { n: rest })} · ` : null,
                say('showQuotes'),
              ),
            ),
          );
        }),
      ),
    ),
    !whole && unfold(page, 'stale', rows.length - ROWS),
  ];
}
