export { offerFormOf } from './form-of-file.ts';
export { type MarginOptions, type MarkedDocument, marginNotes } from './margin-notes.ts';
export { type Loss, type LossKind, lossText } from './sheet/losses.ts';
export { matrixXlsx } from './sheet/matrix.ts';
export { questionnaireXlsx } from './sheet/questionnaire.ts';
export { type ReturnedQuestionnaire, readQuestionnaire } from './sheet/read-questionnaire.ts';
