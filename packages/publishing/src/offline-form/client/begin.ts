import { h } from '@proviso/study/page/element';
import { fileInputs } from './files.ts';
import type { TitledPart } from './form.ts';
import type { FormPage } from './page.ts';

/** How the form goes, who answers, and what there is already. */
export function beginPart(page: FormPage, forget: () => void): TitledPart {
  const { say, form } = page;
  const knockouts = form.requirements.filter(({ knockout }) => knockout).length;
  const supplier = h('input', {
    type: 'text',
    id: 'supplier',
    autocomplete: 'organization',
    maxlength: 200,
    'aria-required': 'true',
    'aria-describedby': 'supplier-fault',
    oninput: () => page.change({ supplier: supplier.value }),
  });
  const fault = h('p', { class: 'problem', id: 'supplier-fault' });
  const element = h(
    'section',
    { class: 'section', id: 'begin', 'aria-labelledby': 'begin-title' },
    h('h2', { id: 'begin-title', tabindex: -1 }, say('begin')),
    h(
      'ol',
      { class: 'steps' },
      ['step-answer', 'step-keep', 'step-check', 'step-send'].map((id) => h('li', null, say(id))),
    ),
    h('p', { class: 'prose' }, say('all-needed')),
    knockouts > 0 &&
      h(
        'p',
        { class: 'prose' },
        h('strong', { class: 'flag is-knockout' }, say('knockout')),
        say('knockout-means', { n: knockouts }),
      ),
    h('div', { class: 'field is-wide' }, h('label', { for: 'supplier' }, say('supplier')), supplier, fault),
    h('h3', null, say('files')),
    fileInputs(page),
    h('button', { type: 'button', class: 'quiet', onclick: forget }, say('forget')),
  );
  return {
    id: 'begin',
    title: say('begin'),
    element,
    sync: () => {
      if (supplier.value !== page.draft.supplier) supplier.value = page.draft.supplier;
      const wrong = page.checked && page.draft.supplier.trim() === '';
      fault.textContent = wrong ? say('fault-missing') : '';
      supplier.setAttribute('aria-invalid', String(wrong));
    },
  };
}
