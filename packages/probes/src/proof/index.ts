export { whyNotProbed } from './deciders.ts';
export {
  type Accepted,
  type CheckProof,
  type Deciding,
  PROVED,
  type Proved,
  provedBy,
  provedTogether,
} from './proved-by.ts';
