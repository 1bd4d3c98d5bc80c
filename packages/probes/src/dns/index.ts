export {
  type Dress,
  type Enquiry,
  type Failure,
  messageOf,
  type Question,
  type Reply,
  type Server,
} from './ask/ask.ts';
export { type DriveOptions, drive, replay, type Source } from './ask/drive.ts';
export { type DnsRecording, dnsRecording, Recording } from './ask/recording.ts';
export { caa, findCaa } from './checks/caa.ts';
export { consistency } from './checks/consistency.ts';
export { dane, findTlsa, parseService, type Service, type TlsaFound } from './checks/dane.ts';
export { delegation } from './checks/delegation.ts';
export { denialSettings } from './checks/denial-settings.ts';
export { edns } from './checks/edns.ts';
export {
  type DnsCheck,
  type DnsEvidence,
  dnsEvidence,
  evidenceOf,
  gather,
  recordingOf,
  validateOptions,
} from './checks/evidence.ts';
export { expiry } from './checks/expiry.ts';
export { inspectZone } from './checks/inspect.ts';
export { nameServers } from './checks/name-servers.ts';
export type { Code as DnsCode } from './checks/observe.ts';
export { type DnsProfile, dnsProfile } from './checks/profile.ts';
export { algorithms, signed } from './checks/signing.ts';
export { type Match, matchTlsa, type Unusable, unusable } from './checks/tlsa.ts';
export { ROOT_ANCHORS, type TrustAnchor, trustAnchor } from './dnssec/anchors.ts';
export { believe } from './dnssec/believe.ts';
export type { Link, ValidateOptions } from './dnssec/context.ts';
export type { Reason, ReasonCode, Status } from './dnssec/reason.ts';
export { type Validation, validate } from './dnssec/validate.ts';
export type { SignatureCache, WorkLimits } from './dnssec/work.ts';
export { forwardingSource } from './resolve/forward.ts';
export { type IterateOptions, Iteration, ROOT_HINTS } from './resolve/iterate.ts';
export type { Delegation } from './resolve/referral.ts';
export { type ClientOptions, DnsClient } from './transport/client.ts';
export { Queue } from './transport/queue.ts';
export { sockets } from './transport/sockets.ts';
export { overStream } from './transport/stream.ts';
export type { Exchange, Transport } from './transport/transport.ts';
export { FormatError } from './wire/format-error.ts';
export { decodeMessage, encodeQuery, extendedErrors, type Message } from './wire/message.ts';
export { isWithin, type Name, parentOf, parseName } from './wire/name.ts';
export {
  type Caa,
  readAddress,
  readCaa,
  readEach,
  readMx,
  readSoa,
  readTarget,
  readTlsa,
  readTxt,
  type Tlsa,
} from './wire/rdata.ts';
export { type DnsRecord, findRRset, type RRset } from './wire/record.ts';
export { RCODE, TYPE, type TypeName, typeName } from './wire/types.ts';
