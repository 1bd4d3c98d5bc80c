import { csvText } from '../../csv.ts';
import type { Question, ReportData, ReportDocument, ReportQuote } from '../data.ts';
import { CODING_COLUMNS, type CodingRow } from './coding-sheet.ts';
import { type Child, h } from './element.ts';
import type { Page } from './page.ts';
import { save } from './save.ts';
import { answerOf, type PageCodes, QUESTIONS, SCALES } from './scales.ts';

/** Codes that a person makes in this page; kept by the browser where it keeps anything for the file. */
export interface CodeStore {
  on: boolean;
  coder: string;
  rows: CodingRow[];
  /** False where the browser keeps nothing: then the page says so. */
  kept: boolean;
  codes(): PageCodes;
  set(row: CodingRow): void;
  remove(document: string, question: Question): void;
  keep(): void;
}

export function createCodeStore(data: ReportData): CodeStore {
  const key = `proviso-codes:${data.title}:${data.documents[0]?.sha256.slice(0, 16) ?? ''}`;
  const store: CodeStore = {
    on: false,
    coder: '',
    rows: [],
    kept: true,
    codes: () => {
      const codes = new Map<string, Partial<Record<Question, string>>>();
      for (const row of store.rows) {
        const question = QUESTIONS.find((name) => name === row.question);
        if (question) codes.set(row.document, { ...codes.get(row.document), [question]: row.value });
      }
      return codes;
    },
    set: (row) => {
      store.rows = [...store.rows.filter((old) => old.document !== row.document || old.question !== row.question), row];
      store.keep();
    },
    remove: (document, question) => {
      store.rows = store.rows.filter((row) => row.document !== document || row.question !== question);
      store.keep();
    },
    keep: () => {
      try {
        localStorage.setItem(key, JSON.stringify({ coder: store.coder, rows: store.rows, on: store.on }));
      } catch {
        store.kept = false;
      }
    },
  };
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    if (typeof kept === 'object' && kept !== null) {
      if ('coder' in kept && typeof kept.coder === 'string') store.coder = kept.coder;
      if ('on' in kept) store.on = kept.on === true;
      if ('rows' in kept && Array.isArray(kept.rows)) store.rows = kept.rows.filter(isRow);
    }
  } catch {
    store.kept = false;
  }
  return store;
}

function isRow(row: unknown): row is CodingRow {
  return (
    typeof row === 'object' &&
    row !== null &&
    CODING_COLUMNS.every((name) => name in row && typeof Reflect.get(row, name) === 'string')
  );
}

/** The bar that switches coding on, asks for the coder's name, and saves the codes as a file. */
export function codingBar(page: Page, store: CodeStore): Child {
  const { say } = page.words;
  const toggle = h(
    'button',
    {
      type: 'button',
      class: 'button',
      'aria-pressed': store.on ? 'true' : 'false',
      'data-key': 'coding',
      onclick: () => {
        store.on = !store.on;
        store.keep();
        page.draw();
      },
    },
    say(store.on ? 'codingOff' : 'codingOn'),
  );
  if (!store.on) return h('div', { class: 'coding-bar' }, toggle);
  const coder = h('input', {
    id: 'coder',
    type: 'text',
    value: store.coder,
    autocomplete: 'name',
    oninput: () => {
      store.coder = coder.value.trim();
      store.keep();
    },
  });
  return h(
    'div',
    { class: 'coding-bar is-on' },
    h('p', null, say('codingNote')),
    toggle,
    h('div', { class: 'field' }, h('label', { for: 'coder' }, say('coder')), coder),
    store.rows.length > 0 && [
      h('span', null, say('codesSaved', { n: store.rows.length })),
      h(
        'button',
        { type: 'button', class: 'button', 'data-key': 'save-codes', onclick: () => saveCodes(store) },
        say('saveCodes'),
      ),
    ],
    !store.kept && h('p', { class: 'problem' }, say('codesLost')),
  );
}

function saveCodes(store: CodeStore): void {
  const rows = store.rows.map((row) => CODING_COLUMNS.map((name) => row[name]));
  save(
    `codings-${store.coder.replace(/[^\p{L}\p{N}]+/gu, '-').toLowerCase() || 'coder'}.csv`,
    'text/csv',
    csvText(CODING_COLUMNS, rows),
  );
}

/** Under each answer, in coding mode: confirm it, or choose another value, the words it rests on, and a note. */
export function codeForm(page: Page, doc: ReportDocument, question: Question, store: CodeStore): Child {
  if (!store.on) return null;
  const { say, value } = page.words;
  const id = `code-${question}`;
  const mine = store.rows.find((row) => row.document === doc.path && row.question === question);
  const quotes = evidenceOf(doc, question);
  const machine = doc[question];

  const values = h(
    'select',
    { id },
    h('option', { value: '' }, say('notCoded')),
    SCALES[question].map((step) => h('option', { value: step }, value(question, step))),
  );
  values.value = mine?.value ?? '';
  const words = h(
    'select',
    { id: `${id}-quote` },
    h('option', { value: '-1' }, '–'),
    quotes.map((quote, index) => h('option', { value: index }, quote.text.slice(0, 90))),
  );
  const known = quotes.findIndex((quote) => quote.text === mine?.quote);
  words.value = String(mine ? known : quotes.length > 0 ? 0 : -1);
  const note = h('input', { id: `${id}-note`, type: 'text', value: mine?.note ?? '' });
  const missing = h('p', { class: 'problem', role: 'alert' });

  const record = (): void => {
    if (values.value === '') {
      store.remove(doc.path, question);
      page.draw();
      return;
    }
    if (store.coder === '') {
      values.value = mine?.value ?? '';
      missing.textContent = say('coderMissing');
      return;
    }
    const quote = quotes[Number(words.value)];
    store.set({
      document: doc.path,
      sha256: doc.sha256,
      question,
      machine: machine ?? '',
      value: values.value,
      quote: quote?.text ?? '',
      page: quote?.page === null || quote === undefined ? '' : String(quote.page),
      section: quote?.section ?? '',
      coder: store.coder,
      date: new Date().toISOString().slice(0, 10),
      note: note.value,
    });
    page.draw();
  };
  for (const element of [values, words, note]) element.addEventListener('change', record);
  values.dataset.key = id;
  words.dataset.key = `${id}-quote`;
  note.dataset.key = `${id}-note`;
  return h(
    'fieldset',
    { class: 'code-form' },
    h('legend', null, say('yourCode')),
    machine !== null &&
      answerOf(doc, question, page.codes).maker !== 'people' &&
      h(
        'button',
        {
          type: 'button',
          class: 'button',
          'data-key': `${id}-confirm`,
          onclick: () => {
            values.value = machine;
            record();
          },
        },
        `✓ ${say('confirmAnswer', { value: value(question, machine) })}`,
      ),
    h('div', { class: 'field' }, h('label', { for: id }, say(`${question}Short`)), values),
    quotes.length > 0 && h('div', { class: 'field' }, h('label', { for: `${id}-quote` }, say('quote')), words),
    h('div', { class: 'field' }, h('label', { for: `${id}-note` }, say('note')), note),
    missing,
  );
}

function evidenceOf(doc: ReportDocument, question: Question): ReportQuote[] {
  if (question !== 'standards') return doc.quotes[question];
  return doc.named.slice(0, 30).flatMap((naming) => naming.places.slice(0, 1));
}
