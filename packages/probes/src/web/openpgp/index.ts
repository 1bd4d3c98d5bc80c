export { checkSignature, type SignatureFound, type SignatureState } from './check.ts';
