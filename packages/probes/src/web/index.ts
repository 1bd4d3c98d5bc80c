export * from './checks.ts';
export { type Cookie, parseCookie } from './cookies.ts';
export { judgeCsp } from './csp/judge.ts';
export { type CspPolicy, effectiveSources, parseCsp, parseSource, type Source } from './csp/parse.ts';
export { type Hsts, type HstsProblem, parseHsts } from './hsts.ts';
export { type FollowOptions, failedAt, follow, type GetOptions, get, type Visit, webUrl } from './http/client.ts';
export {
  type Connection,
  connectionOver,
  DialError,
  type Dialer,
  type DialerOptions,
  nodeDialer,
  reasonOf,
  type SecureDialer,
  type Target,
} from './http/dialer.ts';
export {
  bodyOf,
  type Exchange,
  exchangeSchema,
  type Failure,
  fieldValues,
  mediaType,
  type Response,
  type TlsFacts,
} from './http/exchange.ts';
export { type ByteReader, byteReader } from './http/reader.ts';
export { readWebProfile, type WebProfile, type Weight, webProfileSchema, webProfiles } from './profile.ts';
export { parseSecurityTxt, type SecurityTxt, type SecurityTxtProblem } from './security-txt.ts';
export { type Family, findAddresses, gatherSite, pageOf, type Site, type SiteOptions, siteSchema } from './site.ts';
export { parseAltSvc } from './transport.ts';
