import { answerFileOf } from '@proviso/catalogue/answer-file';
import type { OfferForm } from '@proviso/catalogue/answers';
import { fill } from '@proviso/study/page/element';
import { save } from '@proviso/study/page/save';
import { createTheme } from '@proviso/study/page/theme';
import { say, type Words } from '../../say.ts';
import { draftFrom, EMPTY, isEmpty, keptText } from './draft.ts';
import { createForm, type Form, printOnPaper, type SurroundingParts } from './form.ts';
import { createKeeper } from './keeping.ts';
import type { FormPage, Say } from './page.ts';
import { fileName } from './written.ts';

/** What a form on disk carries as `form-data`. */
export interface Embedded {
  form: OfferForm;
  words: Words;
}

/**
 * Builds a form on disk, with what is to stand around the requirements.
 * @param parts makes that; `forget` deletes all that this browser keeps of the form
 */
export function startForm(
  { form, words }: Embedded,
  parts: (page: FormPage, check: () => void, forget: () => void) => SurroundingParts,
): Form {
  const spoken: Say = (id, values) => say(words, id, values);
  const keeper = createKeeper(`proviso-answers-${form.demand}`, () => built.page.draw());

  const saveDraft = (): void => {
    const { supplier, values } = built.page.draft;
    const name = fileName([spoken('draft-name'), form.reference ?? form.title, supplier], 'json');
    save(name, 'application/json', `${JSON.stringify(answerFileOf(form, supplier, values, null), null, 2)}\n`);
    built.page.saved();
    built.page.tell(spoken('draft-saved', { file: name }));
  };
  const forget = (): void => {
    if (!confirm(spoken('forget-sure'))) return;
    keeper.forget();
    built.load(EMPTY);
  };
  const built = createForm({
    form,
    say: spoken,
    draft: draftFrom(keeper.read(), form),
    changed: (draft) => keeper.write(keptText(form, draft)),
    keeping: () => ({ state: keeper.state(), trouble: ['refused', 'elsewhere'].includes(keeper.state()), busy: false }),
    saveDraft,
    parts: (page, check) => parts(page, check, forget),
  });

  const main = document.getElementById('main');
  if (main) {
    fill(main, built.element);
    main.before(built.contents);
    main.after(printOnPaper(built), built.live);
  }
  const tools = document.getElementById('tools');
  if (tools) fill(tools, createTheme().control({ say: spoken }));
  addEventListener('beforeunload', (event) => {
    if (built.unsaved() && keeper.state() !== 'kept' && !isEmpty(built.page.draft)) event.preventDefault();
  });
  document.getElementById('skip')?.addEventListener('click', (event) => built.jump(event, 'begin'));
  // For who measures when the page can be used, and for tests.
  document.documentElement.dataset.ready = 'yes';
  return built;
}

/** What this page carries. */
export function embedded(): unknown {
  return JSON.parse(document.getElementById('form-data')?.textContent ?? '');
}
