import { answerFileOf } from '@proviso/catalogue/answer-file';
import {
  beginPart,
  createForm,
  type Draft,
  EMPTY,
  fileName,
  fill,
  h,
  printOnPaper,
  type Say,
  save,
} from '@proviso/publishing/form-client';
import type { OfferView } from 'proviso-server/contract';
import { formatsFor } from '../i18n/format.ts';
import type { Language } from '../i18n/language.ts';
import { isOvertaken, isUnreachable, type OfferApi } from './api.ts';
import { type Begun, sealerOf } from './begin.ts';
import { clashPart } from './clash-part.ts';
import { keptDraft, type OfferDraft, readDraft } from './draft.ts';
import { filesPart } from './files-part.ts';
import { createKeeping, type KeepState } from './keeping.ts';
import { linkPart } from './link-part.ts';
import { masthead, tools } from './masthead.ts';
import { mergeDrafts } from './merge.ts';
import { newsPart } from './news-part.ts';
import { type OfferPage, type Sealing, troubleText } from './offer-page.ts';
import { offlinePart } from './offline-part.ts';
import { pricePart } from './price-part.ts';
import { questionsPart } from './questions-part.ts';
import { sendPart } from './send-part.ts';
import { sentPart } from './sent-part.ts';

const SOON = 1_500;
const LATER = 15_000;
const MINUTE = 60_000;

/** What the page is built from. */
export interface Materials {
  api: OfferApi;
  sealing: Sealing;
  say: Say;
  language: Language;
  view: OfferView;
  begun: Begun;
}

/** The whole page: what goes around the form, the form, and the keeping of what is written. */
export function buildPage({ api, sealing, say, language, view, begun }: Materials): void {
  const skew = new Date(view.purchase.now).getTime() - Date.now();
  const { draft: first, overtaken } = begun.read;
  const { form } = view;
  const page: OfferPage = {
    api,
    sealing,
    say,
    formats: formatsFor(language),
    view,
    rest: { lot: first.lot, price: first.price, files: first.files },
    change: (change) => {
      page.rest = { ...page.rest, ...change };
      keeping.write(whole());
      built.page.draw();
    },
    refresh: async () => {
      const next = await api.view();
      // The form is built for one demand; another one needs the page anew, which takes over what still fits.
      if (next.demand !== page.view.demand) {
        await keeping.flush();
        location.reload();
        return;
      }
      page.view = next;
      draw();
    },
    now: () => new Date(Date.now() + skew),
  };
  let settled: KeepState = 'idle';
  const whole = (): OfferDraft => ({ answers: built.page.draft, ...page.rest });
  const put = ({ answers, ...rest }: OfferDraft): void => {
    page.rest = rest;
    built.load(answers);
  };

  const keeping = createKeeping(
    {
      seal: sealerOf(sealing, view, begun.secret, (draft) => keptDraft(form, draft)),
      open: async (bytes) => {
        const binding = { purchase: view.purchase.id, invitation: view.invitation };
        return readDraft(await sealing.openDraft(bytes, binding, begun.secret), form, view.purchase.lots).draft;
      },
      here: begun.store,
      there: { get: () => api.draft(), put: (bytes, version) => api.keepDraft(bytes, version) },
      isUnreachable,
      isOvertaken,
      merge: mergeDrafts,
      changed: () => built.page.draw(),
      merged: (outcome) => {
        put(outcome.draft);
        clashes.show(outcome);
      },
      wait: (how, work) => void setTimeout(work, how === 'soon' ? SOON : LATER),
    },
    { draft: first, version: begun.version },
  );

  const saveDraft = (): void => {
    const { supplier, values } = built.page.draft;
    const name = fileName([say('draft-name'), form.reference ?? form.title, supplier], 'json');
    save(name, 'application/json', `${JSON.stringify(answerFileOf(form, supplier, values, null), null, 2)}\n`);
    built.page.tell(say('draft-saved', { file: name }));
  };
  const forget = (): void => {
    if (!confirm(say('forget-sure'))) return;
    put({ answers: EMPTY, lot: first.lot, price: '', files: [] });
    keeping.write(whole());
  };
  const known = (draft: Draft): Draft => (draft.supplier === '' ? { ...draft, supplier: view.supplier.name } : draft);
  const tell = (text: string): void => built.page.tell(text);

  const built = createForm({
    form,
    say,
    draft: known(first.answers),
    changed: () => keeping.write(whole()),
    keeping: () => {
      const state = keeping.state();
      // A reader hears that it is kept once, not at each pause.
      if (state !== 'sending') settled = state;
      return { state: settled, trouble: ['here', 'refused'].includes(settled), busy: state === 'sending' };
    },
    saveDraft,
    parts: (formPage, check) => {
      const price = pricePart(page);
      const files = filesPart(page, {
        tell,
        keep: async (sealed, _, progress) => (await api.putFile(sealed, progress)).sha256,
        trouble: (error) => troubleText(error, say),
      });
      const sent = sentPart(page);
      const offline = offlinePart(page, (receipt) => sent.show(receipt));
      const news = [newsPart(page, tell), questionsPart(page, tell)];
      const send = sendPart(page, formPage, { price, files, check }, (receipt) => sent.show(receipt));
      return {
        above: [linkPart(page, begun.isNew), ...news, beginPart(formPage, forget)],
        between: view.price.asked || view.purchase.lots.length > 1 ? [files, price] : [files],
        below: [send, offline, sent],
      };
    },
  });
  const clashes = clashPart(page, built.page, whole, (draft) => {
    put(draft);
    keeping.write(draft);
  });
  const head = masthead(page, tools(say, language, keeping.flush));
  const draw = (): void => {
    head.sync();
    built.page.draw();
  };

  const main = document.getElementById('main');
  if (!main) return;
  fill(main, clashes.element, built.element);
  void import('./probing-part.ts').then(({ addProbing }) => addProbing(page, main, built.contents, tell));
  main.classList.remove('is-alone');
  main.before(head.element, built.contents);
  main.after(printOnPaper(built), built.live);
  const skip = h('a', { class: 'skip', href: '#begin', onclick: (event) => built.jump(event, 'begin') }, say('skip'));
  document.body.prepend(skip);
  document.title = `${view.purchase.title} · ${view.purchase.buyer}`;

  if (overtaken) clashes.overtaken(overtaken);
  if (begun.merged) clashes.show(begun.merged);
  if (begun.waiting || overtaken) keeping.write(whole());
  draw();
  setInterval(head.sync, MINUTE);
  addEventListener('online', () => void keeping.flush());
  document.addEventListener('visibilitychange', () => void keeping.flush());
  addEventListener('beforeunload', (event) => {
    if (['sending', 'refused'].includes(keeping.state())) event.preventDefault();
  });
  addEventListener('hashchange', () => location.reload());
  tell('');
  document.documentElement.dataset.ready = 'yes';
}
