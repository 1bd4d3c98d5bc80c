import { headlineOf } from './count.ts';
import { type Child, h } from './element.ts';
import type { Page } from './page.ts';
import type { Only } from './view.ts';

/** Five lines: a figure, a bar, and what it is a share of. Each chooses its documents. */
export function overview(page: Page): Child {
  const { say, percent, number } = page.words;
  const count = headlineOf(page.shown, page.codes);
  const line = (n: number, label: string, only: Only | '', share: boolean, kind = ''): Child =>
    h(
      'li',
      { class: `figure ${kind}` },
      h(
        'button',
        {
          type: 'button',
          'data-key': `figure-${only || 'all'}`,
          'aria-pressed': page.view.only === only && only !== '' ? 'true' : 'false',
          onclick: () => page.go({ only: page.view.only === only ? '' : only }),
        },
        h('span', { class: 'figure-n' }, number(n)),
        h('span', { class: 'figure-what' }, label),
        h(
          'span',
          { class: 'figure-bar', 'aria-hidden': 'true' },
          h('span', { '--share': count.all === 0 ? 0 : n / count.all }),
        ),
        h(
          'span',
          { class: 'figure-share' },
          share ? say('ofRead', { percent: percent(n, count.read), n: count.read }) : '',
        ),
      ),
    );
  return [
    h('p', { class: 'aside' }, say('overviewNote')),
    h(
      'ul',
      { class: 'figures' },
      line(count.all, say('figDocuments', { n: count.all }), '', false, 'is-all'),
      line(count.ict, say('figIct', { n: count.ict }), 'ict', true),
      line(count.security, say('figSecurity', { n: count.security }), 'security', true),
      line(count.named, say('figNamed', { n: count.named }), 'named', true),
      line(count.stale, say('figStale', { n: count.stale }), 'stale', true, 'is-stale'),
      count.unread > 0 && line(count.unread, say('figUnread', { n: count.unread }), 'unread', false, 'is-gap'),
    ),
  ];
}
