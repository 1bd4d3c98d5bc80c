export { DocumentBuilder } from './builder.ts';
export type * from './model.ts';
export { type ParseOptions, parse } from './parse.ts';
export { createPool, type Outcome, type Pool, type PoolOptions } from './pool.ts';
export type { FileToRead, FormatReader, Limits, Ocr, PageImage } from './reader.ts';
export { DEFAULT_LIMITS, UnreadableError } from './reader.ts';
export { groupSimilar, SimilarIndex, signatureOf, similarity } from './similar.ts';
export { formatOfName } from './sniff.ts';
export { isArchive, listMembers, type Member, openMember } from './text/archive.ts';
