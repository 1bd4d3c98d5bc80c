export { type DossierView, dossierOf, knownBy } from './dossier.ts';
export { filesOf, type KeptFile, type SentOffer } from './kept.ts';
export { markup } from './markup.ts';
export { DossierError, type DossierLog, verifyDossier } from './verify.ts';
export { collectZip, safeName, type ZipFile, zipped } from './zip.ts';
