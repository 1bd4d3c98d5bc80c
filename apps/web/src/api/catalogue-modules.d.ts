declare module 'virtual:vocabulary/*' {
  const vocabulary: import('./build/content.ts').Vocabulary;
  export default vocabulary;
}
declare module 'virtual:catalogue/*' {
  const catalogue: import('./build/content.ts').CatalogueContent;
  export default catalogue;
}
