export { offerFormOf } from './form-of-file.ts';
export { type MarginOptions, type MarkedDocument, marginNotes } from './margin-notes.ts';
export { offlineForm } from './offline-form/offline-form.ts';
