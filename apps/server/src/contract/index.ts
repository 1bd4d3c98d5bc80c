/** What goes over the wire between the workbench, suppliers' pages and the server. Both sides take their types from here. */
export * from './catalogue.ts';
export * from './evaluating.ts';
export * from './library.ts';
export * from './offering.ts';
export * from './papers.ts';
export * from './people.ts';
export * from './proving.ts';
export * from './purchasing.ts';
export * from './wire.ts';
