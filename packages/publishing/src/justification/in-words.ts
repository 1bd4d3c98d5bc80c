/** Reasons in words, for pages; papers have them among the rest. */
export { termsOf } from '../terms.ts';
export { reasonInWords } from './reasons.ts';
