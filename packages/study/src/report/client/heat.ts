import { type Group, groupsOf, HEAT_STEPS, type HeatRow, heatOf, heatShade } from './count.ts';
import { type Child, h } from './element.ts';
import { byName, groupSwitch, unfold } from './matrix.ts';
import { cellText, type Page } from './page.ts';
import { rove } from './rove.ts';
import { isUnread } from './view.ts';

const ROWS = 15;
const COLUMNS = 16;

/** Which standards are named where: rows are standards, columns groups of documents, each cell opens the words. */
export function heat(page: Page): Child {
  const { say } = page.words;
  const rows = heatOf(page.data, page.shown, page.view.by, page.view.named);
  const groups = groupsOf(page.shown, page.view.by);
  const allRows = page.unfolded.has('heat') || rows.length <= ROWS + 2;
  const allColumns = page.unfolded.has('heat-columns') || groups.length <= COLUMNS + 2;
  const columns = allColumns ? groups : groups.slice(0, COLUMNS);
  return [
    h('p', { class: 'aside' }, say('heatNote')),
    h('div', { class: 'controls' }, groupSwitch(page), countSwitch(page)),
    rows.length > 0 && legend(page),
    rows.length === 0
      ? h('p', { class: 'empty' }, say('noStandards'))
      : h(
          'div',
          { class: 'scroller', role: 'group', 'aria-label': say('heat'), tabindex: 0 },
          table(page, allRows ? rows : rows.slice(0, ROWS), columns),
        ),
    !allRows && unfold(page, 'heat', rows.length - ROWS),
    !allColumns &&
      h(
        'p',
        { class: 'aside' },
        `${byName(page, page.view.by)}: `,
        unfold(page, 'heat-columns', groups.length - COLUMNS),
      ),
  ];
}

/** What the shades stand for. */
function legend(page: Page): Child {
  const { say, percent } = page.words;
  const text = (step: number): string => {
    const from = HEAT_STEPS[step - 2];
    const to = HEAT_STEPS[step - 1];
    if (from === undefined) return say('heatUnder', { share: percent(to ?? 0, 1) });
    return to === undefined ? say('heatFrom', { share: percent(from, 1) }) : `${percent(from, 1)} – ${percent(to, 1)}`;
  };
  return h(
    'div',
    { class: 'heat-legend' },
    h('span', null, say('heatShare')),
    h(
      'ul',
      { class: 'legend' },
      [1, 2, 3, 4, 5].map((step) =>
        h('li', null, h('span', { class: `swatch shade-${step}`, 'aria-hidden': 'true' }), text(step)),
      ),
    ),
  );
}

function countSwitch(page: Page): Child {
  const { say } = page.words;
  const choice = (named: 'demanded' | 'any', label: string): Child =>
    h(
      'button',
      {
        type: 'button',
        'aria-pressed': page.view.named === named ? 'true' : 'false',
        'data-key': `named-${named}`,
        onclick: () => page.go({ named }),
      },
      label,
    );
  return h(
    'fieldset',
    { class: 'switch' },
    h('legend', null, say('heatCount')),
    choice('demanded', say('heatDemanded')),
    choice('any', say('heatAny')),
  );
}

function table(page: Page, rows: readonly HeatRow[], columns: readonly Group[]): HTMLElement {
  const { say, number, group, label } = page.words;
  const { by } = page.view;
  const short = by === 'country' || by === 'language';
  const read = page.shown.filter((doc) => !isUnread(doc)).length;
  const grid = h(
    'table',
    {
      class: `heat ${short ? 'has-codes' : 'has-names'}${columns.length <= 8 ? ' is-roomy' : ''}`,
      role: 'grid',
      'aria-label': say('heat'),
    },
    h(
      'thead',
      { role: 'rowgroup' },
      h(
        'tr',
        { role: 'row' },
        h('th', { scope: 'col', role: 'columnheader', class: 'corner' }, say('standard')),
        h(
          'th',
          { scope: 'col', role: 'columnheader' },
          h('span', { class: 'column-name' }, say('total')),
          h('span', { class: 'column-n' }, number(read)),
        ),
        columns.map((column) =>
          h(
            'th',
            { scope: 'col', role: 'columnheader', title: group(by, column.key) },
            h(
              'span',
              { class: 'column-name' },
              short && column.key.length <= 3
                ? h('abbr', { title: group(by, column.key) }, column.key.toUpperCase())
                : group(by, column.key),
            ),
            h('span', { class: 'column-n' }, number(column.read)),
          ),
        ),
      ),
    ),
    h(
      'tbody',
      { role: 'rowgroup' },
      rows.map((row) => {
        const entry = page.data.standards[row.standard];
        if (!entry) return null;
        return h(
          'tr',
          { role: 'row' },
          h(
            'th',
            { scope: 'row', role: 'rowheader', title: entry.title },
            h('span', { class: 'standard-id' }, entry.id),
            row.stale > 0 && h('span', { class: 'flag is-stale' }, label('status', entry.status)),
            !entry.known && h('span', { class: 'flag' }, say('notInRegistry')),
          ),
          cell(page, entry.id, '', say('everything'), row.total, read),
          columns.map((column) =>
            cell(
              page,
              entry.id,
              column.key,
              group(by, column.key),
              row.byGroup.get(column.key)?.length ?? 0,
              column.read,
            ),
          ),
        );
      }),
    ),
  );
  rove(grid);
  return grid;
}

function cell(page: Page, standard: string, key: string, group: string, n: number, all: number): Child {
  const { say, number } = page.words;
  const label = say(n === 0 ? 'cellNone' : 'cellLabel', { standard, group, n, all });
  return h(
    'td',
    { role: 'gridcell' },
    h(
      'button',
      {
        type: 'button',
        class: `cell shade-${heatShade(n, all)}`,
        'data-rove': true,
        'data-key': `heat-${standard}-${key}`,
        'aria-label': label,
        'aria-disabled': n === 0 ? 'true' : null,
        'aria-haspopup': n === 0 ? null : 'dialog',
        title: label,
        onclick: () => n > 0 && page.go({ cell: cellText({ kind: 'standard', value: standard, group: key }) }),
      },
      n === 0 ? '·' : number(n),
    ),
  );
}
