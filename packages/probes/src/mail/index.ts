export { type Address, parseAddress, reverseName, sameAddress } from './address.ts';
export { type DeclaredSelectors, type DkimKey, dkimCheck, parseDkimKey } from './dkim.ts';
export { dmarcCheck } from './dmarc/check.ts';
export { type Discovery, discoverDmarc } from './dmarc/discover.ts';
export { type DmarcPolicy, type DmarcRecord, isDmarc, parseDmarc, policiesOf } from './dmarc/record.ts';
export { type LookupCheck, type LookupEvidence, lookupCheck, saw } from './judgement.ts';
export {
  type Answer,
  canonical,
  type Dialogue,
  type DriveOptions,
  drive,
  isQueryable,
  type Lookup,
  type LookupType,
  lookupSchema,
  type Question,
  type RecordOf,
  type Resolver,
  replay,
} from './lookup.ts';
export { type ExchangerTls, type FetchOnce, type MtaStsEvidence, mtaStsCheck, policyUrl } from './mta-sts.ts';
export { matchesMx, parseStsPolicy, type StsPolicy } from './mta-sts-policy.ts';
export { findRoute, type MailRoute, mxCheck, mxIpv6Check } from './mx.ts';
export { type MailProfile, mailProfileSchema, mailProfiles, readMailProfile } from './profile.ts';
export { type DeclaredAddresses, reverseCheck } from './reverse.ts';
export { capabilities, readReply, type SmtpReply } from './smtp-reply.ts';
export { type DeclaredSenders, spfCheck, spfSendersCheck } from './spf/checks.ts';
export { checkHost, type SpfClient, type SpfOptions, type SpfOutcome, type SpfResult } from './spf/evaluate.ts';
export { lintSpf, type SpfReport } from './spf/lint.ts';
export { parseSpf, type SpfRecord, spfRecords } from './spf/record.ts';
export {
  readConversation,
  type StartTlsEvidence,
  startTlsCheck,
  startTlsIn,
  type Turn,
} from './starttls.ts';
export { tlsRptCheck } from './tls-rpt.ts';
