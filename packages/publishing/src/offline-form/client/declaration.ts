import type { AnswerFile } from '@proviso/catalogue/answers';
import { isDay } from '@proviso/catalogue/answers';
import { h } from '@proviso/study/page/element';
import { type FormPage, type Part, textToSign } from './page.ts';
import { sha256 } from './sha256.ts';

export interface DeclarationPart extends Part {
  /** Shows what is missing and puts the focus there; false where something is. */
  complete(): boolean;
  /** The declaration over the answers as they are now. */
  declare(): Promise<NonNullable<AnswerFile['declaration']>>;
}

/** Who signs, as what and when, and a box to tick that an answer changed later unticks. */
export function declarationPart(page: FormPage): DeclarationPart {
  const { say } = page;
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
  /** The answers for which the box was ticked; for others it is ticked anew. */
  let ticked: string | null = null;
  let asked = false;
  const fields: [field: HTMLInputElement, fine: () => boolean, fault: HTMLElement][] = [
    [name, () => name.value.trim() !== '', faultOf('sign-name')],
    [role, () => role.value.trim() !== '', faultOf('sign-role')],
    [date, () => isDay(date.value), faultOf('sign-date')],
    [tick, () => tick.checked, faultOf('sign-tick')],
  ];
  const field = ([input, , fault]: (typeof fields)[number]): HTMLElement =>
    input === tick
      ? h(
          'div',
          { class: 'field' },
          h('label', { class: 'option', for: tick.id }, tick, h('span', null, say('sign-tick'))),
          fault,
        )
      : h('div', { class: 'field is-wide' }, h('label', { for: input.id }, say(input.id)), input, fault);
  return {
    element: h('div', { class: 'sign-fields' }, fields.map(field)),
    complete: () => {
      asked = true;
      page.draw();
      const open = fields.find(([, fine]) => !fine());
      open?.[0].focus();
      return open === undefined;
    },
    declare: async () => ({
      name: name.value.trim(),
      role: role.value.trim(),
      date: date.value,
      hash: await sha256(textToSign(page)),
    }),
    sync: () => {
      if (name.value !== page.draft.name) name.value = page.draft.name;
      if (role.value !== page.draft.role) role.value = page.draft.role;
      if (ticked !== null && ticked !== textToSign(page)) {
        ticked = null;
        tick.checked = false;
        page.tell(say('sign-again'));
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
