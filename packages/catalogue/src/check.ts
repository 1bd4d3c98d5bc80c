/** What needs the schema library: reading a context, an organisation's own requirements, the JSON Schemas. Apart, so that who only derives or lints does not load it. */
export { type Context, ContextError, contextOf, type Departure } from './context.ts';
export { catalogueSchemas } from './json-schemas.ts';
export { type KeptOwn, type OwnFault, readOwnEntry, withOwn } from './own.ts';
export { LONGEST, MOST_OWN, type OwnEntry, type OwnFaultCode, ownEntry, type Spoken } from './own-entry.ts';
export { OwnFileError, ownFileText, readOwnFile } from './own-file.ts';
