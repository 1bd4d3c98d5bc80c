import type { ReportData } from '../data.ts';
import { about } from './about.ts';
import { codingBar, createCodeStore } from './code-form.ts';
import { headlineOf } from './count.ts';
import { createDrawer, type Drawer } from './dialog.ts';
import { documents } from './documents.ts';
import { saveData, saveTable } from './download.ts';
import { type Child, fill, h } from './element.ts';
import { createFilters, type Filters } from './filters.ts';
import { agreement, changes, gaps } from './gaps.ts';
import { headlineWords } from './headline.ts';
import { heat } from './heat.ts';
import { matrix } from './matrix.ts';
import { overview } from './overview.ts';
import type { Page } from './page.ts';
import { createWords, type Messages } from './say.ts';
import { staleList } from './stale-list.ts';
import { createTheme } from './theme.ts';
import { topics } from './topics.ts';
import { chosen, hashOf, type View, viewOf } from './view.ts';

interface Embedded {
  data: ReportData;
  language: string;
  messages: Record<string, Messages>;
}

type Section = [id: string, draw: (page: Page) => Child];

/** Draws the page from what is embedded in it, and again whenever the address or a choice changes. */
function start(): void {
  const source = document.getElementById('report-data')?.textContent ?? '';
  const { data, language, messages }: Embedded = JSON.parse(source);
  const store = createCodeStore(data);
  const theme = createTheme();
  const unfolded = new Set<string>();
  const main = document.getElementById('main');
  const tools = document.getElementById('tools');
  const headline = document.getElementById('headline');
  if (!main || !tools || !headline) return;

  let view = viewOf(location.hash);
  let page: Page;
  let filters: Filters;
  let drawer: Drawer;
  let places: { draw: Section[1]; body: HTMLElement }[] = [];
  let drawn: string | null = null;

  const sections: Section[] = [
    ['overview', overview],
    ['matrix', matrix],
    ['heat', heat],
    ['stale', staleList],
    ['topics', topics],
    ['table', (now) => [codingBar(now, store), documents(now)]],
    ['gaps', gaps],
    ...(data.changes.length > 0 ? ([['changes', changes]] satisfies Section[]) : []),
    ...(data.agreement.length > 0 ? ([['agreement', agreement]] satisfies Section[]) : []),
    ['about', about],
  ];

  /** Makes the frame of the page in the language of the view. */
  const build = (): void => {
    const chosenLanguage = Object.hasOwn(messages, view.lang) ? view.lang : language;
    const words = createWords(chosenLanguage, messages[chosenLanguage] ?? {}, messages.en);
    document.documentElement.lang = chosenLanguage;
    page = { data, words, view, codes: store.codes(), shown: [], unfolded, go, draw: () => draw(true) };
    const { say } = words;
    document.title = data.title || say('untitled');
    filters = createFilters(page);
    drawer = createDrawer(page, store);
    const title = document.querySelector('h1');
    if (title && data.title === '') title.textContent = say('untitled');
    for (const [id, message] of [
      ['brand', 'brand'],
      ['skip', 'skip'],
    ] as const) {
      const element = document.getElementById(id);
      if (element) element.textContent = say(message);
    }
    const asOf = document.getElementById('as-of');
    if (asOf) asOf.textContent = say('asOf', { date: words.date(data.asOf) });
    places = sections.map(([, draw]) => ({ draw, body: h('div', { class: 'section-body' }) }));
    fill(tools, toolbar());
    fill(
      main,
      h(
        'nav',
        { class: 'contents', 'aria-label': say('contents') },
        h(
          'ul',
          null,
          sections.map(([id]) =>
            h('li', null, h('a', { href: `#${id}`, onclick: (event) => jump(event, id) }, say(`nav.${id}`))),
          ),
        ),
      ),
      sections.map(([id], index) => [
        h(
          'section',
          { id, class: `section is-${id}`, 'aria-labelledby': `${id}-title` },
          h('h2', { id: `${id}-title`, tabindex: -1 }, say(id)),
          places[index]?.body,
        ),
        id === 'overview' && filters.element,
      ]),
      drawer.element,
    );
    drawn = null;
  };

  const toolbar = (): Child => {
    const { say } = page.words;
    const languages = h(
      'select',
      { id: 'page-language', onchange: () => go({ lang: languages.value === language ? '' : languages.value }) },
      Object.keys(messages).map((code) =>
        h('option', { value: code, lang: code }, new Intl.DisplayNames([code], { type: 'language' }).of(code)),
      ),
    );
    languages.value = page.words.language;
    return [
      h('div', { class: 'field is-inline' }, h('label', { for: 'page-language' }, say('language')), languages),
      theme.control(page.words),
      h('button', { type: 'button', class: 'button', onclick: () => saveTable(page) }, say('downloadCsv')),
      h('button', { type: 'button', class: 'button', onclick: () => saveData(data) }, say('downloadJson')),
      h('button', { type: 'button', class: 'button', onclick: () => print() }, say('print')),
    ];
  };

  /** Fills the parts that changed; opening the drawer leaves the page behind it alone. */
  const draw = (force = false): void => {
    page.view = view;
    page.codes = store.codes();
    page.shown = chosen(data, view, page.codes);
    const key = hashOf({ ...view, doc: '', cell: '' });
    if (force || key !== drawn) {
      fill(
        headline,
        headlineWords(
          headlineOf(chosen(data, { ...viewOf(''), once: view.once }, page.codes), page.codes),
          data.notCollected.length,
          page.words,
        ),
      );
      for (const place of places) fill(place.body, place.draw(page));
      filters.sync(page);
    }
    drawn = key;
    drawer.sync(page);
  };

  function go(change: Partial<View>): void {
    const before = view;
    view = { ...view, ...change };
    const opens = (view.doc !== '' && view.doc !== before.doc) || (view.cell !== '' && view.cell !== before.cell);
    const address = hashOf(view) || location.href.split('#', 1)[0] || '#';
    try {
      history[opens ? 'pushState' : 'replaceState'](null, '', address);
    } catch {
      // Some viewers show the page where addresses cannot change; the view then lives in the page alone.
    }
    if (view.lang !== before.lang) build();
    draw();
  }

  const jump = (event: Event, id: string): void => {
    event.preventDefault();
    const heading = document.getElementById(`${id}-title`);
    heading?.scrollIntoView({ behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
    heading?.focus({ preventScroll: true });
  };

  document.getElementById('skip')?.addEventListener('click', (event) => jump(event, 'overview'));
  addEventListener('popstate', () => {
    const before = view;
    view = viewOf(location.hash);
    if (view.lang !== before.lang) build();
    draw();
  });
  // Paper cannot be unfolded, so the main tables are.
  addEventListener('beforeprint', () => {
    for (const key of ['matrix', 'heat', 'heat-columns', 'stale', 'documents-all']) unfolded.add(key);
    draw(true);
  });
  addEventListener('afterprint', () => {
    unfolded.clear();
    draw(true);
  });
  build();
  draw();
}

start();
