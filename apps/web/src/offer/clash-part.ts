import { answerText, type Child, type FormPage, fill, h, questionName } from '@proviso/publishing/form-client';
import type { OfferDraft } from './draft.ts';
import { type Clash, type Merged, withTheirs } from './merge.ts';
import type { OfferPage } from './offer-page.ts';

export interface ClashPart {
  element: HTMLElement;
  /** Says what came of putting two drafts together. */
  show(merged: Merged): void;
  /** Says that the demand changed under the draft. */
  overtaken(count: { taken: number; changed: number }): void;
}

/** Where two tabs or two people wrote in one offer: what was put together, and what the supplier has to choose. */
export function clashPart(
  page: Pick<OfferPage, 'say' | 'formats' | 'view'>,
  form: FormPage,
  draft: () => OfferDraft,
  put: (draft: OfferDraft) => void,
): ClashPart {
  const { say, formats } = page;
  const element = h('div', { class: 'clashes', tabindex: -1, 'aria-live': 'polite' });
  const written = ({ field }: Clash, value: Clash['mine']): string => {
    const lot = page.view.purchase.lots.find(({ id }) => field === 'lot' && id === value);
    const question = form.form.questions.find(({ id }) => id === field) ?? { choices: [], unit: null };
    const text = lot?.title ?? answerText(question, value, { say, language: form.form.language });
    return text === '' ? say('no-answer') : text;
  };
  const nameOf = (field: string): string =>
    form.form.questions.some(({ id }) => id === field) ? questionName(form, field) : say(`field-${field}`);
  const row = (clash: Clash): HTMLElement =>
    h(
      'div',
      { class: 'clash' },
      h('h3', null, nameOf(clash.field)),
      h(
        'dl',
        { class: 'facts' },
        h('dt', null, say('clash-mine')),
        h('dd', null, written(clash, clash.mine)),
        h('dt', null, say('clash-theirs')),
        h('dd', null, written(clash, clash.theirs)),
      ),
    );
  const note = (title: string, ...more: Child[]): void => {
    fill(element, h('div', { class: 'note is-warm' }, h('h2', { class: 'note-title' }, title), more));
    element.focus();
  };
  const close = (): void => fill(element);
  const button = (text: string, onclick: () => void, main = false): HTMLElement =>
    h('button', { type: 'button', class: main ? 'button is-main' : 'button', onclick }, text);
  return {
    element,
    show: ({ clashes, taken }) => {
      const joined = taken.length > 0 && h('p', null, say('merged', { list: formats.list(taken.map(nameOf)) }));
      if (clashes.length === 0) {
        if (taken.length > 0) note(say('merged-title'), joined, button(say('close'), close));
        return;
      }
      const theirs = (): void => {
        put(withTheirs(draft(), clashes));
        close();
      };
      note(
        say('clash-title'),
        h('p', null, say('clash-about')),
        joined,
        clashes.map(row),
        h('p', { class: 'actions' }, button(say('clash-keep'), close, true), button(say('clash-take'), theirs)),
      );
    },
    overtaken: (count) =>
      note(say('demand-changed'), h('p', null, say('demand-changed-about', count)), button(say('close'), close)),
  };
}
