import { answerFileOf } from '@proviso/catalogue/answer-file';
import { isDay } from '@proviso/catalogue/answers';
import { fill, h } from '@proviso/study/page/element';
import { save } from '@proviso/study/page/save';
import { answerSheets } from './answer-sheet.ts';
import { missing } from './check.ts';
import { type FormPage, type Part, standingDeclaration, textToSign } from './page.ts';
import { sha256 } from './sha256.ts';
import { workbook } from './workbook.ts';
import { fileName } from './written.ts';

/** The declaration, and the files that leave the page. */
export function signPart(page: FormPage, check: () => void): Part {
  const { say, form } = page;
  const name = h('input', {
    type: 'text',
    id: 'sign-name',
    autocomplete: 'name',
    maxlength: 200,
    ...needed('sign-name'),
    oninput: () => page.change({ name: name.value }),
  });
  const role = h('input', {
    type: 'text',
    id: 'sign-role',
    autocomplete: 'organization-title',
    maxlength: 200,
    ...needed('sign-role'),
    oninput: () => page.change({ role: role.value }),
  });
  const date = h('input', {
    type: 'date',
    id: 'sign-date',
    value: today(),
    ...needed('sign-date'),
    onchange: () => page.draw(),
  });
  const tick = h('input', {
    type: 'checkbox',
    id: 'sign-tick',
    ...needed('sign-tick'),
    onchange: () => {
      ticked = tick.checked ? textToSign(page) : null;
      page.draw();
    },
  });
  const done = h('div', { class: 'signed', role: 'status' });
  /** The answers for which the box was ticked; for others it is ticked anew. */
  let ticked: string | null = null;
  let asked = false;
  const fields: [field: HTMLInputElement, fine: () => boolean, fault: HTMLElement][] = [
    [name, () => name.value.trim() !== '', faultOf('sign-name')],
    [role, () => role.value.trim() !== '', faultOf('sign-role')],
    [date, () => isDay(date.value), faultOf('sign-date')],
    [tick, () => tick.checked, faultOf('sign-tick')],
  ];

  const sign = async (): Promise<void> => {
    asked = true;
    page.draw();
    if (missing(page) > 0) return check();
    const open = fields.find(([, fine]) => !fine());
    if (open) return open[0].focus();
    const { supplier, values } = page.draft;
    const text = textToSign(page);
    const hash = await sha256(text);
    const declaration = { name: name.value.trim(), role: role.value.trim(), date: date.value, hash };
    page.signed = { declaration, text };
    const file = named('json');
    save(file, 'application/json', `${JSON.stringify(answerFileOf(form, supplier, values, declaration), null, 2)}\n`);
    page.saved();
    page.draw();
    fill(
      done,
      h('p', null, say('signed', { file })),
      h('p', { class: 'small' }, say('hash'), ' ', h('code', null, hash)),
    );
  };
  const named = (ending: string): string => fileName([form.reference ?? form.title, page.draft.supplier], ending);
  const saveSheet = (): void => {
    const { supplier, values } = page.draft;
    const sheets = answerSheets(form, supplier, values, standingDeclaration(page), say);
    save(named('xlsx'), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', workbook(sheets));
  };
  const field = ([input, , fault]: (typeof fields)[number]): HTMLElement =>
    input === tick
      ? h(
          'div',
          { class: 'field' },
          h('label', { class: 'option', for: tick.id }, tick, h('span', null, say('sign-tick'))),
          fault,
        )
      : h('div', { class: 'field is-wide' }, h('label', { for: input.id }, say(input.id)), input, fault);
  const element = h(
    'section',
    { class: 'section', id: 'sign', 'aria-labelledby': 'sign-title' },
    h('h2', { id: 'sign-title', tabindex: -1 }, say('sign')),
    h('p', { class: 'prose' }, say('sign-about')),
    h('div', { class: 'sign-fields' }, fields.map(field)),
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
    element,
    sync: () => {
      if (name.value !== page.draft.name) name.value = page.draft.name;
      if (role.value !== page.draft.role) role.value = page.draft.role;
      if (ticked !== null && ticked !== textToSign(page)) {
        ticked = null;
        tick.checked = false;
        page.tell(say('sign-again'));
      }
      if (page.signed && !standingDeclaration(page)) {
        page.signed = null;
        fill(done, h('p', { class: 'problem' }, say('sign-again')));
      }
      for (const [input, fine, fault] of fields) {
        const wrong = asked && !fine();
        fault.textContent = wrong ? say(input === tick ? 'fault-not-ticked' : 'fault-missing') : '';
        input.setAttribute('aria-invalid', String(wrong));
      }
    },
  };
}

function needed(id: string): Record<string, string> {
  return { 'aria-required': 'true', 'aria-describedby': `${id}-fault` };
}

function faultOf(id: string): HTMLElement {
  return h('p', { class: 'problem', id: `${id}-fault` });
}

/** The day where the person is. */
function today(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
