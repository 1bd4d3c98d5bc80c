import { answerFileOf } from '@proviso/catalogue/answer-file';
import type { OfferForm } from '@proviso/catalogue/answers';
import { fill } from '@proviso/study/page/element';
import { save } from '@proviso/study/page/save';
import { createTheme } from '@proviso/study/page/theme';
import { say, type Words } from '../../say.ts';
import { beginPart } from './begin.ts';
import { draftFrom, EMPTY, isEmpty, keptText } from './draft.ts';
import { createForm, printOnPaper } from './form.ts';
import { createKeeper } from './keeping.ts';
import type { Say } from './page.ts';
import { signPart } from './sign.ts';
import { fileName } from './written.ts';

/** Builds the form from what is embedded in the page. */
function start(): void {
  const { form, words }: { form: OfferForm; words: Words } = JSON.parse(
    document.getElementById('form-data')?.textContent ?? '',
  );
  const main = document.getElementById('main');
  if (!main) return;
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
    parts: (page, check) => ({ above: [beginPart(page, forget)], between: [], below: [signPart(page, check)] }),
  });

  fill(main, built.element);
  const tools = document.getElementById('tools');
  if (tools) fill(tools, createTheme().control({ say: spoken }));
  main.before(built.contents);
  main.after(printOnPaper(built), built.live);
  addEventListener('beforeunload', (event) => {
    if (built.unsaved() && keeper.state() !== 'kept' && !isEmpty(built.page.draft)) event.preventDefault();
  });
  document.getElementById('skip')?.addEventListener('click', (event) => built.jump(event, 'begin'));
  // For who measures when the page can be used, and for tests.
  document.documentElement.dataset.ready = 'yes';
}

start();
