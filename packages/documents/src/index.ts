export { DocumentBuilder } from './builder.ts';
export type * from './model.ts';
export { type ParseOptions, parse } from './parse.ts';
export { createPool, type Outcome, type Pool, type PoolOptions } from './pool.ts';
export type { Limits, Ocr, PageImage } from './reader.ts';
export { UnreadableError } from './reader.ts';
export { SimilarIndex, signatureOf } from './similar.ts';
export { isArchive, listMembers, type Member, openMember } from './text/archive.ts';
