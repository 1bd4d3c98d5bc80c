import { fill, h } from '@proviso/publishing/form-client';
import type { OfferProbing, ProbeConsentBody, ProbeTargets } from 'proviso-server/contract';
import { apiAt } from '../api/client.ts';
import { readLink } from './link.ts';
import { type OfferPage, troubleText } from './offer-page.ts';

const SERVICES = ['tls', 'smtp', 'submission', 'imap', 'pop3', 'nts', 'dot', 'doh'] as const;
type Service = ProbeTargets['services'][number];

/** What somebody wrote that is no name, with the message that says so. */
class Unreadable extends Error {
  readonly id: string;
  readonly text: string;
  constructor(id: string, text: string) {
    super(text);
    this.id = id;
    this.text = text;
  }
}

const linesOf = (text: string): string[] => text.split(/[\n,;]+/).flatMap((line) => line.trim() || []);

/** A name as the DNS has it, from what people write: also from a whole address, and with any letters. @throws Unreadable */
export function nameIn(written: string): string {
  const host = written.replace(/^[a-z]+:\/\//i, '').replace(/[/?#].*$/, '');
  const url = URL.canParse(`http://${host}`) ? new URL(`http://${host}`) : null;
  const name = url?.hostname.replace(/\.$/, '') ?? '';
  const isName = /^(?:[a-z0-9_-]+\.)+[a-z][a-z0-9-]*$/.test(name);
  if (!isName || url?.port !== '' || url.username !== '') throw new Unreadable('probing-bad-name', written);
  return name;
}

/** `imap.example.org:143/imap`. @throws Unreadable */
export function serviceIn(written: string): Service {
  const [, host = '', port = '', kind = 'tls', path] =
    /^([^:/\s]+):(\d{1,5})(?:\/(\w+)(\/[!-~]{0,199})?)?$/.exec(written) ?? [];
  const service = SERVICES.find((one) => one === kind.toLowerCase());
  const number = Number(port);
  const misplaced = path !== undefined && service !== 'doh';
  if (host === '' || !service || misplaced || number < 1 || number > 65_535)
    throw new Unreadable('probing-bad-service', written);
  return { host: nameIn(host), port: number, service, ...(path === undefined ? {} : { path }) };
}

const writtenService = ({ host, port, service, path = '' }: Service): string =>
  `${host}:${port}${service === 'tls' ? '' : `/${service}${path}`}`;

/**
 * The supplier's consent that its service is looked at from outside: names, rate, the words that are signed, and the way back. Put at the end of
 * the page and into its contents, where the demand asks anything that can be seen so.
 */
export async function addProbing(
  page: OfferPage,
  main: HTMLElement,
  contents: HTMLElement,
  tell: (text: string) => void,
): Promise<void> {
  const link = readLink(location.hash);
  if (!link) return;
  const headers = { 'x-proviso-link': link.token };
  const api = apiAt('/api');
  const language = document.documentElement.lang;
  const ask = () => api.get<OfferProbing | null>(`/offer/probing?language=${language}`, { headers });
  // The offer does without: where there is no answer, there is no such part.
  const first = await ask().catch(() => null);
  if (!first) return;
  const { say, formats } = page;
  let view: OfferProbing = first;

  const area = (id: 'hosts' | 'mail' | 'services' | 'selectors', lines: readonly string[]) => {
    const field = h('textarea', {
      id: `probing-${id}`,
      rows: 2,
      maxlength: 6000,
      'aria-describedby': `probing-${id}-help`,
    });
    field.value = lines.join('\n');
    const element = h(
      'div',
      { class: 'field is-wide' },
      h('label', { for: `probing-${id}` }, say(`probing-${id}`)),
      h('p', { class: 'help', id: `probing-${id}-help` }, say(`probing-${id}-help`)),
      field,
    );
    return { field, element };
  };
  const line = (id: 'signer' | 'role', value: string) => {
    const field = h('input', { type: 'text', id: `probing-${id}`, maxlength: 200, 'aria-required': 'true' });
    field.value = value;
    const label = h('label', { for: `probing-${id}` }, say(`probing-${id}`));
    return { field, element: h('div', { class: 'field is-wide' }, label, field) };
  };
  const targets = view.consent?.targets;
  const hosts = area('hosts', targets?.hosts ?? []);
  const mail = area('mail', targets?.mail ?? []);
  const services = area('services', (targets?.services ?? []).map(writtenService));
  const selectors = area('selectors', targets?.selectors ?? []);
  const signer = line('signer', '');
  const role = line('role', '');
  const rate = h(
    'select',
    { id: 'probing-rate' },
    view.rates.map((n) => h('option', { value: String(n) }, say('probing-rate-is', { n }))),
  );
  rate.value = String(view.consent?.perMinute ?? 30);
  const agree = h('input', { type: 'checkbox', id: 'probing-agree' });
  const fault = h('p', { class: 'problem', id: 'probing-fault', role: 'alert' });
  const state = h('div', { class: 'note' });
  const send = h('button', { type: 'button', class: 'button', onclick: () => void give() });
  const withdraw = h('button', { type: 'button', class: 'button', onclick: () => void end() }, say('probing-withdraw'));

  const wrong = (text: string, field: HTMLElement): void => {
    fill(fault, text);
    field.focus();
  };
  /** What is to be sent; null where something is missing, which is then said. */
  const written = (): ProbeConsentBody | null => {
    const read = <T>(of: typeof hosts, each: (text: string) => T): T[] | null => {
      try {
        return linesOf(of.field.value).map(each);
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error;
        wrong(say(error.id, { text: error.text }), of.field);
        return null;
      }
    };
    const named = {
      hosts: read(hosts, nameIn),
      mail: read(mail, (text) => nameIn(text.replace(/^.*@/, ''))),
      services: read(services, serviceIn),
      selectors: linesOf(selectors.field.value),
    };
    if (named.hosts === null || named.mail === null || named.services === null) return null;
    const own = { ...named, hosts: named.hosts, mail: named.mail, services: named.services };
    if (own.hosts.length + own.mail.length + own.services.length === 0) {
      wrong(say('probing-no-names'), hosts.field);
      return null;
    }
    for (const { field } of [signer, role])
      if (field.value.trim() === '') {
        wrong(say('probing-no-signer'), field);
        return null;
      }
    if (!agree.checked) {
      wrong(say('probing-not-agreed'), agree);
      return null;
    }
    const signed = { signer: signer.field.value.trim(), role: role.field.value.trim() };
    return { targets: own, perMinute: Number(rate.value), text: view.text.sha256, ...signed };
  };
  const change = async (work: () => Promise<unknown>, done: string): Promise<void> => {
    fill(fault);
    send.disabled = withdraw.disabled = true;
    try {
      await work();
      view = (await ask()) ?? view;
      agree.checked = false;
      tell(say(done));
      draw();
    } catch (error) {
      fill(fault, troubleText(error, say));
    } finally {
      send.disabled = withdraw.disabled = false;
    }
  };
  const give = async (): Promise<void> => {
    fill(fault);
    const body = written();
    if (body) await change(() => api.put('/offer/probing', body, { headers }), 'probing-saved');
  };
  const end = async (): Promise<void> => {
    if (confirm(say('probing-withdraw-sure')))
      await change(() => api.delete('/offer/probing', { headers }), 'probing-ended');
  };
  const draw = (): void => {
    const { consent, looked } = view;
    const stands = consent !== null && consent.withdrawn === null;
    const said =
      consent === null
        ? say('probing-none')
        : consent.withdrawn === null
          ? say('probing-given', { signer: consent.signer ?? '–', time: formats.moment(consent.given) })
          : say('probing-withdrawn', { time: formats.moment(consent.withdrawn) });
    fill(
      state,
      h('p', null, said),
      looked.map(({ name, at }) =>
        h('p', { class: 'small' }, say('probing-looked', { name, time: formats.moment(at) })),
      ),
    );
    send.textContent = say(stands ? 'probing-change' : 'probing-send');
    withdraw.hidden = !stands;
  };

  const element = h(
    'section',
    { class: 'section', id: 'probing', 'aria-labelledby': 'probing-title' },
    h('h2', { id: 'probing-title', tabindex: -1 }, say('probing')),
    h('p', { class: 'prose' }, say('probing-about')),
    h('h3', null, say('probing-checks')),
    h(
      'ul',
      null,
      view.checks.map(({ title, shows }) => h('li', null, `${title}: ${shows}`)),
    ),
    state,
    hosts.element,
    mail.element,
    services.element,
    selectors.element,
    h('div', { class: 'field is-wide' }, h('label', { for: 'probing-rate' }, say('probing-rate')), rate),
    view.text.text.split('\n').map((text) => h('p', { class: 'prose', lang: view.text.language }, text)),
    signer.element,
    role.element,
    h(
      'div',
      { class: 'field is-wide' },
      h('label', { for: 'probing-agree' }, agree, ' ', say('probing-agree', { name: page.view.supplier.name })),
    ),
    fault,
    h('p', { class: 'actions' }, send, ' ', withdraw),
  );
  const jump = (event: Event): void => {
    event.preventDefault();
    element.scrollIntoView();
    document.getElementById('probing-title')?.focus({ preventScroll: true });
  };
  draw();
  main.append(element);
  contents
    .querySelector('.contents-list')
    ?.append(h('li', null, h('a', { href: '#probing', onclick: jump }, say('probing'))));
}
