import { type AnswerFileFault, LONGEST_ANSWER_FILE, readAnswerFile, takenOver } from '@proviso/catalogue/answer-file';
import { type AnswerFile, answerFaults, answersText } from '@proviso/catalogue/answers';
import { type Child, fill, h } from '@proviso/study/page/element';
import { draftOfFile, type Earlier, isEmpty } from './draft.ts';
import { type FormPage, questionName } from './page.ts';
import { sha256 } from './sha256.ts';

type Work = (page: FormPage, file: AnswerFile) => Promise<Child> | Child;

/** Opens a draft of this form, or takes over answers of an earlier one; says below what came of it. */
export function fileInputs(page: FormPage): HTMLElement {
  const { say } = page;
  const problem = h('p', { class: 'problem', role: 'alert' });
  const result = h('div', { class: 'file-result', id: 'file-result', tabindex: -1 });
  const take = async (input: HTMLInputElement, work: Work): Promise<void> => {
    const [chosen] = input.files ?? [];
    if (!chosen) return;
    fill(problem);
    fill(result);
    const file = chosen.size > LONGEST_ANSWER_FILE ? TOO_BIG : readAnswerFile(await chosen.text().catch(() => ''));
    // The same file may be chosen again, after it was changed.
    input.value = '';
    const came =
      'fault' in file ? say(`file-${file.fault}`, { name: chosen.name, at: file.at }) : await work(page, file);
    if (typeof came === 'string') {
      fill(problem, came);
      return;
    }
    fill(result, came);
    if (came) result.focus();
  };
  const choose = (id: string, work: Work): HTMLElement => {
    const input: HTMLInputElement = h('input', {
      type: 'file',
      id,
      accept: '.json,application/json',
      'aria-describedby': `${id}-help`,
      onchange: () => void take(input, work),
    });
    return h(
      'div',
      { class: 'choose' },
      h('label', { for: id }, say(id)),
      h('p', { class: 'help', id: `${id}-help` }, say(`${id}-help`)),
      input,
    );
  };
  return h('div', { class: 'files' }, choose('open-draft', openDraft), choose('re-use', reUse), problem, result);
}

const TOO_BIG: AnswerFileFault = { fault: 'too-big', at: '' };

/** A text is what went wrong; nothing where the person thought better of it. */
async function openDraft(page: FormPage, file: AnswerFile): Promise<Child> {
  const { say, form } = page;
  if (file.form.demand !== form.demand) return say('file-other-demand', { title: file.form.title });
  if (!isEmpty(page.draft) && !confirm(say('replace'))) return null;
  const draft = draftOfFile(file);
  const found = answerFaults(form, draft.values);
  const strangers = found.filter(({ kind }) => kind === 'unknown-question').map(({ question }) => question);
  const wrong = found.filter(({ kind }) => kind !== 'unknown-question' && kind !== 'missing');
  const known = Object.entries(draft.values).filter(([id]) => !strangers.includes(id));
  page.change({ ...draft, values: Object.fromEntries(known) });
  page.saved();
  const { declaration } = file;
  const hash = declaration && (await sha256(answersText(form, file.supplier, file.values)));
  return [
    h('p', null, say('opened', { n: known.length })),
    declaration &&
      h(
        'p',
        null,
        say(hash === declaration.hash ? 'opened-signed' : 'opened-altered', {
          name: declaration.name,
          date: declaration.date,
        }),
      ),
    strangers.length > 0 && h('p', null, say('not-asked', { n: strangers.length })),
    list(
      page,
      say('opened-wrong'),
      wrong.map(({ question }) => question),
    ),
  ];
}

function reUse(page: FormPage, file: AnswerFile): Child {
  const { say, form, draft } = page;
  const { taken, changed, kept, elsewhere, values } = takenOver(form, draft.values, file);
  const earlier: Record<string, Earlier> = { ...draft.earlier };
  for (const id of taken) earlier[id] = { kind: 'taken', was: file.values[id] ?? null };
  for (const id of changed) earlier[id] = { kind: 'changed', was: file.values[id] ?? null };
  page.change({
    values,
    earlier,
    supplier: draft.supplier || file.supplier,
    name: draft.name || (file.declaration?.name ?? ''),
    role: draft.role || (file.declaration?.role ?? ''),
  });
  return [
    h('p', null, say('re-used', { n: taken.length, title: file.form.title, edition: file.form.edition })),
    list(page, say('re-used-changed'), changed, true),
    list(page, say('re-used-kept'), kept),
    elsewhere > 0 && h('p', null, say('not-asked', { n: elsewhere })),
    list(page, say('re-used-taken'), taken),
  ];
}

/** Questions as links to their fields, folded under their number. */
function list(page: FormPage, title: string, questions: readonly string[], open = false): Child {
  return (
    questions.length > 0 &&
    h(
      'details',
      { class: 'fold', open },
      h('summary', null, `${title} (${questions.length})`),
      h(
        'ul',
        { class: 'links' },
        questions.map((id) => h('li', null, questionLink(page, id))),
      ),
    )
  );
}

export function questionLink(page: FormPage, id: string, after: Child = null): HTMLElement {
  return h(
    'button',
    { type: 'button', class: 'link', 'data-key': `to-${id}`, onclick: () => page.focusQuestion(id) },
    questionName(page, id),
    after,
  );
}
