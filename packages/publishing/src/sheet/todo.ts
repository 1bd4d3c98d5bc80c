import type { Worksheet } from '@cj-tech-master/excelts';
import { say, type Words } from '../messages.ts';
import { type ColumnKey, columnOf, lettersOf } from './layout.ts';
import { ALERT, ALSO, DONE, fillOf } from './look.ts';

const ref = (key: ColumnKey, row: number): string => `$${lettersOf(columnOf(key))}${row}`;
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** Whether the answer in a row calls for a deviation; written once for the words and for the colours. */
function lessFormula(row: number): string {
  const answer = ref('answer', row);
  const bound = (key: 'below' | 'above', sign: '<' | '>'): string =>
    `AND(ISNUMBER(${answer}),ISNUMBER(${ref(key, row)}),${answer}${sign}${ref(key, row)})`;
  const listed = `ISNUMBER(FIND("|"&${answer}&"|",${ref('less', row)}))`;
  return `AND(${answer}<>"",OR(${listed},${bound('below', '<')},${bound('above', '>')}))`;
}

function someFormula(row: number): string {
  const answer = ref('answer', row);
  return `AND(${answer}<>"",OR(${ref('some', row)}="*",ISNUMBER(FIND("|"&${answer}&"|",${ref('some', row)}))))`;
}

/** What is still to do in a row, in words: it needs no colours, and the filter can pick the rows that are not done. */
export function todoFormula(row: number, words: Words): string {
  const answer = quoted(say(words, 'todo-answer'));
  const deviation = quoted(say(words, 'todo-deviation'));
  const done = quoted(say(words, 'todo-done'));
  const missing = `AND(${lessFormula(row)},${ref('deviation', row)}="")`;
  return `IF(${ref('answer', row)}="",${answer},IF(${missing},${deviation},${done}))`;
}

/** Colours that follow the answers: the same rules for every row, so that they hold after sorting too. */
export function markFollowUps(sheet: Worksheet, first: number, last: number, words: Words): void {
  const over = (key: ColumnKey): string => `${lettersOf(columnOf(key))}${first}:${lettersOf(columnOf(key))}${last}`;
  const rules: [ColumnKey, string, string][] = [
    ['deviation', `AND(${lessFormula(first)},${ref('deviation', first)}="")`, ALERT],
    ['evidence', `AND(${someFormula(first)},${ref('evidence', first)}="")`, ALSO],
    ['todo', `${ref('todo', first)}=${quoted(say(words, 'todo-done'))}`, DONE],
    ['todo', `${ref('todo', first)}=${quoted(say(words, 'todo-deviation'))}`, ALERT],
  ];
  rules.forEach(([key, formula, argb], i) => {
    sheet.addConditionalFormatting({
      ref: over(key),
      rules: [{ type: 'expression', priority: i + 1, formulae: [formula], style: { fill: fillOf(argb) } }],
    });
  });
}
