export { type DossierView, dossierOf, knownBy } from './dossier.ts';
export { filesOf, type KeptFile, type SentOffer } from './kept.ts';
export { looksKnown } from './live-checks.ts';
export { markup } from './markup.ts';
export { DossierError, type DossierLog, type DossierProof, verifyDossier } from './verify.ts';
export { collectZip, safeName, type ZipFile, zipped } from './zip.ts';
