export { isPublicAddress } from './public-address.ts';
export { isPublicName } from './public-name.ts';
