import {
  declarationPart,
  type FormPage,
  fileName,
  fill,
  h,
  missing,
  save,
  type TitledPart,
} from '@proviso/publishing/form-client';
import { SEALED_OFFER_ENDING, type SealedPart, sealedOfferFile } from '@proviso/sealing';
import type { FilesPart } from '../offer/files-part.ts';
import { otherKeyTyped } from '../offer/key-check.ts';
import { isOver, type SealingPage } from '../offer/offer-page.ts';
import { partName } from '../offer/part-name.ts';
import type { PricePart } from '../offer/price-part.ts';
import { bindingOf, type Published, sealedParts } from '../offer/sealed-offer.ts';
import { invitationIn } from './invitation.ts';
import { type KeptPieces, sealingTrouble } from './kept-pieces.ts';

interface Around {
  price: PricePart;
  files: FilesPart;
  pieces: KeptPieces;
  check: () => void;
}

/** Whose offer it is, the declaration, and the one file that leaves the page: sealed. */
export function sealPart(page: SealingPage & { view: Published }, form: FormPage, around: Around): TitledPart {
  const { say } = page;
  const declaring = declarationPart(form);
  const warning = h('p', { class: 'problem' });
  const status = h('p', { class: 'send-status', role: 'status' });
  const trouble = h('p', { class: 'problem', role: 'alert' });
  const done = h('div', { class: 'file-result' });
  const fault = h('p', { class: 'problem', id: 'invitation-fault' });
  const invitation = h('input', {
    type: 'text',
    id: 'invitation',
    autocomplete: 'off',
    spellcheck: 'false',
    maxlength: 300,
    'aria-required': 'true',
    'aria-describedby': 'invitation-help invitation-fault',
    value: invitationIn(location.pathname.split('/').at(-1) ?? '') ?? '',
    oninput: () => sync(),
  });
  let asked = false;
  let sealing = false;

  const complete = (): boolean => {
    asked = true;
    sync();
    if (invitationIn(invitation.value) !== null) return true;
    invitation.focus();
    return false;
  };
  const press = async (): Promise<void> => {
    if (sealing) return;
    fill(trouble);
    fill(done);
    const signed = declaring.complete();
    if (missing(form) > 0) return around.check();
    if (!around.price.complete() || !complete() || !signed) return;
    if (around.files.busy()) return fill(trouble, say('seal-files-first'));
    const other = otherKeyTyped(page);
    if (other) {
      fill(trouble, say('key-other'));
      return other.focus();
    }
    sealing = true;
    button.setAttribute('aria-disabled', 'true');
    fill(status, say('send-sealing'));
    try {
      await seal();
    } catch (error) {
      fill(status);
      fill(trouble, sealingTrouble(error, say));
    } finally {
      sealing = false;
      button.removeAttribute('aria-disabled');
    }
  };
  const seal = async (): Promise<void> => {
    const { lot, files } = page.rest;
    const number = invitationIn(invitation.value);
    if (lot === null || number === null) return;
    const draft = { answers: form.draft, ...page.rest, lot };
    const ready = { form: form.form, draft, signed: await declaring.declare() };
    const parts = await sealedParts(page.sealing, page.view, number, ready);
    const binding = bindingOf(page.view, number, lot);
    const file = sealedOfferFile(binding, page.view.keys, { parts, files: around.pieces.of(files) });
    const name = fileName([form.form.reference ?? form.form.title, form.draft.supplier], SEALED_OFFER_ENDING);
    save(name, file.type, file);
    form.saved();
    fill(status, say('seal-saved', { file: name }));
    fill(done, h('p', { class: 'small' }, say('seal-hashes')), h('dl', { class: 'facts' }, parts.map(hashOf)));
  };
  const hashOf = ({ part, sha256 }: SealedPart) => [
    h('dt', null, partName(say, part)),
    h('dd', null, h('code', null, sha256)),
  ];

  const button = h('button', { type: 'button', class: 'button is-main', onclick: () => void press() }, say('seal-now'));
  const sync = (): void => {
    declaring.sync();
    const known = invitationIn(invitation.value) !== null;
    const wrong = asked && !known;
    const text = !wrong ? '' : say(invitation.value.trim() === '' ? 'fault-missing' : 'invitation-fault');
    if (fault.textContent !== text) fault.textContent = text;
    invitation.setAttribute('aria-invalid', String(wrong));
    const late = isOver(page) ? say('over') : '';
    if (warning.textContent !== late) warning.textContent = late;
  };
  const element = h(
    'section',
    { class: 'section', id: 'seal', 'aria-labelledby': 'seal-title' },
    h('h2', { id: 'seal-title', tabindex: -1 }, say('seal')),
    h('p', { class: 'prose' }, say('seal-about')),
    h(
      'div',
      { class: 'field is-wide' },
      h('label', { for: 'invitation' }, say('invitation')),
      h('p', { class: 'help', id: 'invitation-help' }, say('invitation-help')),
      invitation,
      fault,
    ),
    declaring.element,
    warning,
    h(
      'p',
      { class: 'actions' },
      button,
      h('button', { type: 'button', class: 'button', onclick: () => print() }, say('print')),
    ),
    status,
    trouble,
    done,
  );
  return { id: 'seal', title: say('seal'), element, sync };
}
