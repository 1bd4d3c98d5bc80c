/** The parts of the form, for a page that also sends what is written: one form, online and offline. For browsers. */
export { type Child, fill, h } from '@proviso/study/page/element';
export { save } from '@proviso/study/page/save';
export { createTheme } from '@proviso/study/page/theme';
export { say, type Words } from '../../say.ts';
export { beginPart } from './begin.ts';
export { missing } from './check.ts';
export { declarationPart } from './declaration.ts';
export { type Draft, draftFrom, type Earlier, EMPTY, isEmpty, keptText } from './draft.ts';
export { createForm, type Form, type FormSetting, printOnPaper, type TitledPart } from './form.ts';
export { type FormPage, questionName, type Say } from './page.ts';
export { type Embedded, embedded, startForm } from './start.ts';
export { answerText, fileName } from './written.ts';
