export { offerFormOf } from './form-of-file.ts';
