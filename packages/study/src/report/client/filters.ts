import { groupsOf, topicsOf } from './count.ts';
import { type Child, fill, h } from './element.ts';
import type { Page } from './page.ts';
import { QUESTIONS, SCALES } from './scales.ts';
import { chosen, FILTERS, FIRST_VIEW, GROUPINGS, NOT_READABLE, ONLY, type View } from './view.ts';

type Field = (typeof FILTERS)[number];

/** The form that chooses documents. Made once, so that typing is never disturbed; `sync` brings it in line with the view. */
export interface Filters {
  element: HTMLElement;
  sync(page: Page): void;
}

const OPTIONS_MOST = 400;

export function createFilters(page: Page): Filters {
  const { say } = page.words;
  const selects = new Map<Field, HTMLSelectElement>();
  const select = (field: Field, label: string, options: [value: string, text: string][]): Child => {
    const element = h(
      'select',
      { id: `filter-${field}`, onchange: () => go({ [field]: element.value }) },
      h('option', { value: '' }, say('all')),
      options.slice(0, OPTIONS_MOST).map(([value, text]) => h('option', { value }, text)),
    );
    selects.set(field, element);
    return h('div', { class: 'field' }, h('label', { for: `filter-${field}` }, label), element);
  };
  let current = page;
  const go = (change: Partial<View>): void => current.go(change);

  const search = h('input', {
    type: 'search',
    id: 'filter-q',
    autocomplete: 'off',
    spellcheck: 'false',
    oninput: () => go({ q: search.value }),
  });
  const once = h('input', { type: 'checkbox', id: 'filter-once', onchange: () => go({ once: once.checked }) });
  const chips = h('div', { class: 'chips' });
  const status = h('p', { class: 'showing', role: 'status' });
  const duplicates = page.data.documents.some((doc) => doc.duplicateOf !== null);
  const everything = page.data.documents;

  const element = h(
    'section',
    { class: 'filters', 'aria-labelledby': 'filters-title' },
    h('h2', { id: 'filters-title' }, say('filters')),
    h(
      'div',
      { class: 'filter-main' },
      h('div', { class: 'field is-search' }, h('label', { for: 'filter-q' }, say('search')), search),
      select(
        'only',
        say('filterOnly'),
        ONLY.map((only) => [only, say(`only${only.charAt(0).toUpperCase()}${only.slice(1)}`)]),
      ),
    ),
    h(
      'details',
      { class: 'filter-more' },
      h('summary', null, say('filtersMore')),
      h(
        'div',
        { class: 'filter-grid' },
        GROUPINGS.map((by) =>
          select(
            by,
            say(by === 'language' ? 'documentLanguage' : by),
            groupsOf(everything, by).map((group) => [
              group.key,
              `${page.words.group(by, group.key)} (${page.words.number(group.documents.length)})`,
            ]),
          ),
        ),
        QUESTIONS.map((question) =>
          select(
            question,
            page.words.question(question),
            [...SCALES[question], NOT_READABLE].map((value) => [value, page.words.value(question, value)]),
          ),
        ),
        select('standard', say('filterStandard'), standardsOf(page)),
        select(
          'topic',
          say('filterTopic'),
          topicsOf(everything).map(({ topic }) => [topic, page.words.label('topic', topic)]),
        ),
      ),
    ),
    duplicates && h('div', { class: 'check' }, once, h('label', { for: 'filter-once' }, say('once'))),
    h('div', { class: 'filter-state' }, status, chips),
  );

  const sync = (now: Page): void => {
    current = now;
    const { view } = now;
    if (document.activeElement !== search) search.value = view.q;
    once.checked = view.once;
    for (const [field, box] of selects) {
      box.value = view[field];
      box.classList.toggle('is-set', view[field] !== '');
    }
    const all = chosen(now.data, { ...FIRST_VIEW, once: view.once }, now.codes).length;
    const copies = now.view.once ? now.data.documents.length - all : 0;
    const text =
      now.shown.length === all ? say('showingAll', { n: all }) : say('showing', { n: now.shown.length, all });
    status.textContent = copies > 0 ? `${text} · ${say('leftOut', { n: copies })}` : text;
    fill(chips, chipsOf(now, selects));
  };
  return { element, sync };
}

function standardsOf(page: Page): [string, string][] {
  const counts = new Map<number, number>();
  for (const doc of page.data.documents)
    for (const naming of doc.named) counts.set(naming.standard, (counts.get(naming.standard) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, OPTIONS_MOST)
    .map(([index]) => page.data.standards[index]?.id ?? '')
    .sort((a, b) => a.localeCompare(b, page.words.language, { numeric: true }))
    .map((id) => [id, id]);
}

/** One button for each choice made, and one to undo them all. */
function chipsOf(page: Page, selects: ReadonlyMap<Field, HTMLSelectElement>): Child {
  const { say } = page.words;
  const set = FILTERS.filter((field) => page.view[field] !== '');
  if (set.length === 0) return null;
  return [
    set.map((field) => {
      const text =
        field === 'q' ? `“${page.view.q}”` : selects.get(field)?.selectedOptions[0]?.textContent || page.view[field];
      return h(
        'button',
        {
          type: 'button',
          class: 'chip',
          'data-key': `chip-${field}`,
          'aria-label': say('removeFilter', { what: text }),
          onclick: () => page.go({ [field]: '' }),
        },
        h('span', null, text),
        h('span', { 'aria-hidden': 'true' }, '×'),
      );
    }),
    h(
      'button',
      {
        type: 'button',
        class: 'link',
        'data-key': 'clear',
        onclick: () => page.go(Object.fromEntries(FILTERS.map((field) => [field, '']))),
      },
      say('clear'),
    ),
  ];
}
