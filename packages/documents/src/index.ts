export { DocumentBuilder } from './builder.ts';
export type * from './model.ts';
