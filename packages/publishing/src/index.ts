export { offerFormOf } from './form-of-file.ts';
export { offlineForm } from './offline-form/offline-form.ts';
