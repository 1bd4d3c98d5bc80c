import { answerFileOf } from '@proviso/catalogue/answer-file';
import type { OfferForm } from '@proviso/catalogue/answers';
import { fill, h } from '@proviso/study/page/element';
import { save } from '@proviso/study/page/save';
import { createTheme } from '@proviso/study/page/theme';
import { say, type Words } from '../../say.ts';
import { beginPart } from './begin.ts';
import { checkPart } from './check.ts';
import { contentsPart } from './contents.ts';
import { draftFrom, EMPTY, isEmpty, keptText } from './draft.ts';
import { createKeeper } from './keeping.ts';
import { elementId, type FormPage, type Part, type Say } from './page.ts';
import { paper } from './paper.ts';
import { requirementPart, unfold } from './requirement.ts';
import { signPart } from './sign.ts';
import { standingOf } from './standing.ts';
import { fileName } from './written.ts';

/** Builds the form from what is embedded in the page; from then on each change only brings its parts up to date. */
function start(): void {
  const { form, words }: { form: OfferForm; words: Words } = JSON.parse(
    document.getElementById('form-data')?.textContent ?? '',
  );
  const main = document.getElementById('main');
  if (!main) return;
  const spoken: Say = (id, values) => say(words, id, values);
  const keeper = createKeeper(`proviso-answers-${form.demand}`, () => page.draw());
  const live = h('p', { class: 'unseen', role: 'status' });
  let unsaved = false;
  let parts: Part[] = [];

  const page: FormPage = {
    form,
    say: spoken,
    draft: EMPTY,
    standing: standingOf(form, {}),
    checked: false,
    writing: null,
    signed: null,
    answer: (question, value) => {
      const { [question]: before, ...earlier } = page.draft.earlier;
      // What was taken over is the supplier's own once it is changed; an answer to the older question stays in sight.
      const kept = before?.kind === 'changed' ? page.draft.earlier : earlier;
      page.change({ values: { ...page.draft.values, [question]: value }, earlier: kept });
    },
    change: (change) => {
      page.draft = { ...page.draft, ...change };
      unsaved = true;
      keeper.write(keptText(form, page.draft));
      page.draw();
    },
    draw: () => {
      page.standing = standingOf(form, page.draft.values);
      for (const part of parts) part.sync();
    },
    tell: (text) => {
      // The same words again are only spoken when something about them is new.
      live.textContent = live.textContent === text ? `${text}\u00a0` : text;
    },
    focusQuestion: (question) => {
      const control = requirements.find(({ controls }) => controls.has(question))?.controls.get(question);
      if (!control) return;
      unfold(control.element);
      control.focus();
      control.element.scrollIntoView({ block: 'center' });
    },
    saved: () => {
      unsaved = false;
    },
  };

  const check = (): void => {
    page.checked = true;
    page.draw();
    document.getElementById('check-count')?.focus();
  };
  const jump = (event: Event, id: string): void => {
    event.preventDefault();
    const heading = document.getElementById(`${id}-title`);
    heading?.scrollIntoView();
    heading?.focus({ preventScroll: true });
  };
  const saveDraft = (): void => {
    const { supplier, values } = page.draft;
    const name = fileName([spoken('draft-name'), form.reference ?? form.title, supplier], 'json');
    save(name, 'application/json', `${JSON.stringify(answerFileOf(form, supplier, values, null), null, 2)}\n`);
    page.saved();
    page.tell(spoken('draft-saved', { file: name }));
  };
  const forget = (): void => {
    if (!confirm(spoken('forget-sure'))) return;
    keeper.forget();
    Object.assign(page, { draft: EMPTY, checked: false, signed: null });
    page.saved();
    page.draw();
  };

  const requirements = form.requirements.map((asked, i) => requirementPart(page, asked, i));
  const byId = new Map(form.requirements.map(({ id }, i) => [id, requirements[i]]));
  const begin = beginPart(page, forget);
  const contents = contentsPart(page, keeper, saveDraft, jump);
  const checking = checkPart(page, check);
  const signing = signPart(page, check);
  parts = [begin, ...requirements, checking, signing, contents];

  page.draft = draftFrom(keeper.read(), form) ?? EMPTY;
  page.draw();
  fill(
    main,
    h(
      'div',
      { class: 'form' },
      begin.element,
      form.sections.map(({ title, requirements: own }, i) => {
        const id = elementId('s', i);
        return h(
          'section',
          { class: 'section', id, 'aria-labelledby': `${id}-title` },
          h('h2', { id: `${id}-title`, tabindex: -1 }, title),
          own.map((one) => byId.get(one)?.element),
        );
      }),
      checking.element,
      signing.element,
    ),
  );
  const tools = document.getElementById('tools');
  if (tools) fill(tools, createTheme().control({ say: spoken }));
  const onPaper = h('div', { class: 'paper' });
  main.before(contents.element);
  main.after(onPaper, live);
  addEventListener('beforeprint', () => fill(onPaper, paper(page)));
  addEventListener('afterprint', () => fill(onPaper));
  addEventListener('beforeunload', (event) => {
    if (unsaved && keeper.state() !== 'kept' && !isEmpty(page.draft)) event.preventDefault();
  });
  document.getElementById('skip')?.addEventListener('click', (event) => jump(event, 'begin'));
  // For who measures when the page can be used, and for tests.
  document.documentElement.dataset.ready = 'yes';
}

start();
