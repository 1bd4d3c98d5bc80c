import { answerFileOf } from '@proviso/catalogue/answer-file';
import { fill, h } from '@proviso/study/page/element';
import { save } from '@proviso/study/page/save';
import { answerSheets } from './answer-sheet.ts';
import { missing } from './check.ts';
import { declarationPart } from './declaration.ts';
import type { TitledPart } from './form.ts';
import { type FormPage, standingDeclaration, textToSign } from './page.ts';
import { workbook } from './workbook.ts';
import { fileName } from './written.ts';

/** The declaration, and the files that leave the page. */
export function signPart(page: FormPage, check: () => void): TitledPart {
  const { say, form } = page;
  const declaring = declarationPart(page);
  const done = h('div', { class: 'signed', role: 'status' });

  const sign = async (): Promise<void> => {
    const complete = declaring.complete();
    if (missing(page) > 0) return check();
    if (!complete) return;
    const { supplier, values } = page.draft;
    const text = textToSign(page);
    const declaration = await declaring.declare();
    page.signed = { declaration, text };
    const file = named('json');
    save(file, 'application/json', `${JSON.stringify(answerFileOf(form, supplier, values, declaration), null, 2)}\n`);
    page.saved();
    page.draw();
    fill(
      done,
      h('p', null, say('signed', { file })),
      h('p', { class: 'small' }, say('hash'), ' ', h('code', null, declaration.hash)),
    );
  };
  const named = (ending: string): string => fileName([form.reference ?? form.title, page.draft.supplier], ending);
  const saveSheet = (): void => {
    const { supplier, values } = page.draft;
    const sheets = answerSheets(form, supplier, values, standingDeclaration(page), say);
    save(named('xlsx'), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', workbook(sheets));
  };
  const element = h(
    'section',
    { class: 'section', id: 'sign', 'aria-labelledby': 'sign-title' },
    h('h2', { id: 'sign-title', tabindex: -1 }, say('sign')),
    h('p', { class: 'prose' }, say('sign-about')),
    declaring.element,
    h(
      'p',
      { class: 'actions' },
      h('button', { type: 'button', class: 'button is-main', onclick: () => void sign() }, say('sign-save')),
      h('button', { type: 'button', class: 'button', onclick: saveSheet }, say('save-sheet')),
      h('button', { type: 'button', class: 'button', onclick: () => print() }, say('print')),
    ),
    done,
  );
  return {
    id: 'sign',
    title: say('sign'),
    element,
    sync: () => {
      declaring.sync();
      if (page.signed && !standingDeclaration(page)) {
        page.signed = null;
        fill(done, h('p', { class: 'problem' }, say('sign-again')));
      }
    },
  };
}
