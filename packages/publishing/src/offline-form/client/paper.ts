import { isVisible } from '@proviso/catalogue/answers';
import { type Child, h } from '@proviso/study/page/element';
import { type FormPage, standingDeclaration } from './page.ts';
import { answerText } from './written.ts';

/** The whole form with its answers as text: fields on paper would cut long ones off. */
export function paper(page: FormPage): Child {
  const { say, form, draft } = page;
  const declaration = standingDeclaration(page);
  const facts: [string, string | null][] = [
    [say('supplier'), draft.supplier || say('no-answer')],
    [
      say('signed-by'),
      declaration ? `${declaration.name}, ${declaration.role}, ${declaration.date}` : say('not-signed'),
    ],
    [say('hash'), declaration?.hash ?? null],
    [say('demand'), form.demand],
  ];
  return [
    h(
      'dl',
      { class: 'facts' },
      facts.map(([term, text]) => text && [h('dt', null, term), h('dd', null, text)]),
    ),
    form.sections.map(({ title, requirements }) => [
      h('h2', null, title),
      form.requirements
        .filter(({ id }) => requirements.includes(id))
        .map((asked) =>
          h(
            'div',
            { class: 'on-paper' },
            h('h3', null, `${asked.id} ${asked.title}`, asked.knockout && ` (${say('knockout')})`),
            h('p', null, asked.sentence),
            h(
              'dl',
              null,
              form.questions
                .filter((one) => one.requirement === asked.id && isVisible(one, draft.values))
                .map((question) => {
                  const text = answerText(question, draft.values[question.id], { say, language: form.language });
                  if (text === '' && !question.required) return null;
                  return [h('dt', null, question.label), h('dd', null, text || say('no-answer'))];
                }),
            ),
          ),
        ),
    ]),
  ];
}
