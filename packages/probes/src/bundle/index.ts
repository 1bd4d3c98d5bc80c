export { BUNDLE_SUFFIX, type Bundle, openBundle, sealBundle } from './bundle.ts';
export { BundleError, newSigner, type Signer, signerOf } from './envelope.ts';
export { type Replay, replayBundle } from './replay.ts';
