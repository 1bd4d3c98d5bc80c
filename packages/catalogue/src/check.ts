/** What needs the schema library: reading a context, the JSON Schemas. Apart, so that who only derives or lints does not load it. */
export { type Context, ContextError, contextOf, type Departure } from './context.ts';
export { catalogueSchemas } from './json-schemas.ts';
