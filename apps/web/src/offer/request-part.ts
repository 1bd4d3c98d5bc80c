import { DECLARED_GROUNDS } from '@proviso/procurement';
import { type Child, fill, h, type TitledPart } from '@proviso/publishing/form-client';
import type { RequestSaid, SignedRequestReceipt } from 'proviso-server/contract';
import { type Asking, isUnreachable } from './api.ts';
import { isOver, type LinkPage, troubleText } from './offer-page.ts';
import { proofPart } from './proof-part.ts';
import type { RequestsSentPart, Sent } from './requests-sent-part.ts';

type Input = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** One line or paragraph of the request, with what is wrong with it below. */
interface Asked {
  element: HTMLElement;
  input: Input;
  /** Says what is wrong; false where something is. */
  check(): boolean;
}

/** The request to take part: who asks, the statements, why it is able, its proof, and the signature. It begins with what was sent last. */
export function requestPart(page: LinkPage, tell: (text: string) => void, show: RequestsSentPart['show']): TitledPart {
  const { say, api, sealing, view } = page;
  const last = view.selection?.requests[0]?.said ?? null;
  let dirty = false;
  const touched = (): void => {
    dirty = true;
  };
  const checked = (id: string, label: string, input: Input, fault: () => string | null, help?: string): Asked => {
    const wrong = h('p', { class: 'problem', id: `${id}-fault`, role: 'alert' });
    input.id = id;
    input.setAttribute('aria-describedby', help === undefined ? wrong.id : `${id}-help ${wrong.id}`);
    input.addEventListener('input', touched);
    const check = (): boolean => {
      const text = fault();
      fill(wrong, text);
      if (text === null) input.removeAttribute('aria-invalid');
      else input.setAttribute('aria-invalid', 'true');
      return text === null;
    };
    const element = h(
      'div',
      { class: 'field is-wide' },
      h('label', { for: id }, label),
      help !== undefined && h('p', { class: 'help', id: `${id}-help` }, help),
      input,
      wrong,
    );
    return { element, input, check };
  };
  const needed = (input: Input) => (): string | null => (input.value.trim() === '' ? say('fault-missing') : null);
  const line = (
    id: string,
    value: string,
    more: { optional?: true; autocomplete?: string; most?: number } = {},
  ): Asked => {
    const { optional, autocomplete = 'off', most = 200 } = more;
    const required = optional ? {} : { 'aria-required': 'true' };
    const input = h('input', { type: 'text', maxlength: most, autocomplete, ...required });
    input.value = value;
    return checked(`request-${id}`, say(`request-${id}`), input, optional ? () => null : needed(input));
  };
  const text = (id: string, value: string, most: number, fault: (input: Input) => () => string | null): Asked => {
    const input = h('textarea', { rows: 6, maxlength: most });
    input.value = value;
    return checked(`request-${id}`, say(`request-${id}`), input, fault(input), say(`request-${id}-help`));
  };

  const company = line('company', last?.company.name ?? view.supplier.name, { autocomplete: 'organization' });
  const number = line('number', last?.company.number ?? '', { optional: true, most: 100 });
  const country = countryField();
  const contact = line('contact', last?.contact.name ?? '', { autocomplete: 'name' });
  const email = emailField();
  const phone = line('phone', last?.contact.phone ?? '', { optional: true, autocomplete: 'tel', most: 60 });
  const statements = DECLARED_GROUNDS.map((ground) => statement(ground));
  const applies = (): boolean => statements.some((one) => one.value() === true);
  const explanation = text(
    'explanation',
    last?.explanation ?? '',
    10_000,
    (input) => () => (applies() && input.value.trim() === '' ? say('request-explanation-fault') : null),
  );
  const ability = text('ability', last?.ability ?? '', 20_000, needed);
  ability.input.setAttribute('aria-required', 'true');
  const name = line('sign-name', last?.signed.name ?? '', { autocomplete: 'name' });
  const role = line('sign-role', last?.signed.role ?? '', { autocomplete: 'organization-title' });
  const proof = proofPart(page, last?.files ?? [], tell, touched);
  const tick = h('input', { type: 'checkbox', id: 'request-tick', 'aria-describedby': 'request-tick-fault' });
  const tickFault = h('p', { class: 'problem', id: 'request-tick-fault', role: 'alert' });

  function countryField(): Asked {
    const input = h('input', { type: 'text', maxlength: 2, autocomplete: 'country', class: 'short' });
    input.value = last?.company.country ?? '';
    const fault = (): string | null =>
      /^([A-Za-z]{2})?$/.test(input.value.trim()) ? null : say('request-country-fault');
    return checked('request-country', say('request-country'), input, fault);
  }
  function emailField(): Asked {
    const input = h('input', {
      type: 'text',
      inputmode: 'email',
      maxlength: 300,
      autocomplete: 'email',
      'aria-required': 'true',
    });
    input.value = last?.contact.email ?? '';
    const fault = (): string | null => (/^\S+@\S+\.\S+$/.test(input.value.trim()) ? null : say('request-email-fault'));
    return checked('request-email', say('request-email'), input, fault);
  }
  function statement(ground: (typeof DECLARED_GROUNDS)[number]): {
    element: HTMLElement;
    first: HTMLInputElement;
    value(): boolean | null;
    check(): boolean;
  } {
    const id = `request-${ground}`;
    const wrong = h('p', { class: 'problem', id: `${id}-fault`, role: 'alert' });
    const radio = (answer: 'no' | 'yes', on: boolean): HTMLInputElement => {
      const input = h('input', { type: 'radio', name: id, id: `${id}-${answer}`, value: answer, onchange: touched });
      input.checked = on;
      return input;
    };
    const no = radio('no', last?.exclusions[ground] === false);
    const yes = radio('yes', last?.exclusions[ground] === true);
    const value = (): boolean | null => (yes.checked ? true : no.checked ? false : null);
    const element = h(
      'fieldset',
      { class: 'statement', 'aria-describedby': wrong.id },
      h('legend', null, say(id)),
      h('label', { class: 'option', for: no.id }, no, h('span', null, say('request-applies-not'))),
      h('label', { class: 'option', for: yes.id }, yes, h('span', null, say('request-applies'))),
      wrong,
    );
    const check = (): boolean => {
      fill(wrong, value() === null && say('fault-missing'));
      return value() !== null;
    };
    return { element, first: no, value, check };
  }

  const said = (): RequestSaid => ({
    company: {
      name: typedIn(company),
      number: typedIn(number) || null,
      country: typedIn(country).toUpperCase() || null,
    },
    contact: { name: typedIn(contact), email: typedIn(email), phone: typedIn(phone) || null },
    exclusions: Object.fromEntries(
      DECLARED_GROUNDS.map((ground, i) => [ground, statements[i]?.value() === true]),
    ) as RequestSaid['exclusions'],
    explanation: typedIn(explanation) || null,
    ability: typedIn(ability),
    signed: { name: typedIn(name), role: typedIn(role) },
  });
  /** Puts the focus to the first thing that is missing; false where there is one. */
  const complete = (): boolean => {
    const all: [fine: boolean, where: HTMLElement][] = [
      ...[company, number, country, contact, email, phone].map((one): [boolean, HTMLElement] => [
        one.check(),
        one.input,
      ]),
      ...statements.map((one): [boolean, HTMLElement] => [one.check(), one.first]),
      ...[explanation, ability, name, role].map((one): [boolean, HTMLElement] => [one.check(), one.input]),
      [tick.checked, tick],
    ];
    fill(tickFault, !tick.checked && say('request-tick-fault'));
    all.find(([fine]) => !fine)?.[1].focus();
    return all.every(([fine]) => fine);
  };

  const status = h('p', { class: 'send-status', role: 'status' });
  const trouble = h('p', { class: 'problem', role: 'alert' });
  const warning = h('p', { class: 'problem' });
  const button = h(
    'button',
    { type: 'button', class: 'button is-main', onclick: () => void press() },
    say('request-send'),
  );
  let sending = false;
  /** Sent without an answer: it goes again under its number, so that it cannot count twice. */
  let pending: { text: string; id: string } | null = null;
  const press = async (): Promise<void> => {
    if (sending) return;
    fill(trouble);
    if (!complete()) return;
    if (proof.busy()) return void fill(trouble, say('request-files-first'));
    sending = true;
    button.setAttribute('aria-disabled', 'true');
    try {
      await send();
    } catch (error) {
      fill(status);
      fill(trouble, isUnreachable(error) ? say('request-unsure') : troubleText(error, say));
    } finally {
      sending = false;
      button.removeAttribute('aria-disabled');
    }
  };
  const send = async (): Promise<void> => {
    const files = proof.files();
    const body = said();
    const whole = JSON.stringify([body, files]);
    if (pending?.text !== whole) pending = { text: whole, id: crypto.randomUUID() };
    fill(status, say('send-sending'));
    const request: Asking = {
      id: pending.id,
      ...body,
      files: files.map(({ name: own, sha256 }) => ({ name: own, sha256 })),
    };
    const given: SignedRequestReceipt = await api.askToTakePart(request);
    pending = null;
    fill(status, say('send-checking'));
    // As the server keeps it: the receipt names the hash of this.
    const kept = new TextEncoder().encode(sealing.canonicalJson({ schema: 'proviso.request/1', ...body, files }));
    const sent: Sent[] = [
      { name: 'request', sha256: sealing.sha256Hex(kept), size: kept.length },
      ...files.map((file) => ({ name: file.name, sha256: file.sha256, size: file.bytes })),
    ];
    const receipt = await show(given, sent);
    dirty = false;
    fill(status, say(receipt.late ? 'request-received-late' : 'request-received'));
    await page.refresh();
  };
  addEventListener('beforeunload', (event) => {
    if (dirty) event.preventDefault();
  });
  const group = (title: string, ...more: Child[]): HTMLElement => h('div', null, h('h3', null, say(title)), more);
  const element = h(
    'section',
    { class: 'section request', id: 'request', 'aria-labelledby': 'request-title' },
    h('h2', { id: 'request-title', tabindex: -1 }, say('request')),
    h('p', { class: 'prose' }, say('request-about')),
    group('request-who', company.element, number.element, country.element),
    group('request-whom', contact.element, email.element, phone.element),
    group(
      'request-exclusions',
      h('p', { class: 'prose' }, say('request-exclusions-about')),
      statements.map((one) => one.element),
      explanation.element,
    ),
    group('request-able', ability.element, proof.element),
    group(
      'request-sign',
      name.element,
      role.element,
      h('label', { class: 'option', for: tick.id }, tick, h('span', null, say('request-tick'))),
      tickFault,
    ),
    warning,
    h('p', { class: 'actions' }, button),
    status,
    trouble,
  );
  return {
    id: 'request',
    title: say('request'),
    element,
    sync: () => {
      const standing = page.view.selection?.requests.some(({ late }) => !late) ?? false;
      const words = isOver(page) ? say('over-request') : standing ? say('request-replaces') : '';
      if (warning.textContent !== words) warning.textContent = words;
    },
  };
}

const typedIn = ({ input }: Asked): string => input.value.trim();
