export { type AnnexOptions, annexDocx } from './annex/annex.ts';
export { clausesDocx } from './clauses/clauses.ts';
export { offerFormOf } from './form-of-file.ts';
export { justificationDocx } from './justification/justification.ts';
export { type MarginOptions, type MarkedDocument, marginNotes } from './margin-notes.ts';
export { offlineForm } from './offline-form/offline-form.ts';
export { TemplateError } from './paper/word-template.ts';
export { type Tool, toolkit } from './toolkit/toolkit.ts';
