import { type Check, type CheckResult, checkBy, type Observation, resultOf } from '../check.ts';
import { saw } from '../mail/index.ts';
import { factsOf, type TlsEvidence } from '../tls/index.ts';
import { weighed } from '../weight.ts';
import type { NtsEvidence } from './evidence.ts';
import { FIELD, type Field, NtpError, type NtpPacket, openAuthenticator, readPacket } from './ntp.ts';
import type { TimeProfile } from './profile.ts';
import { AES_SIV_CMAC_256, type KeAnswer, KeError, NTPV4, readAnswer } from './records.ts';

export type TimeCheck = Check<NtsEvidence, TimeProfile>;

const timeCheck = checkBy<NtsEvidence, TimeProfile>;

const bytesOf = (text: string): Buffer => Buffer.from(text, 'base64');

/** Error codes of a server that are about itself and not about the request (RFC 8915 section 4.1.3). */
const INTERNAL = 2;

/**
 * Key establishment gives what a client needs: NTPv4, the algorithm that every server must have, cookies (RFC 8915 section 4). Fail: it answers
 * something else. Inconclusive: it does not answer, or breaks off.
 */
export const keyEstablishment = timeCheck('time.nts-ke', ['RFC 8915'], ({ ke }, profile) => {
  const { ended, alpn, keys } = ke;
  if (alpn !== 'ntske/1' && (ended === 'answered' || alpn !== null))
    return [saw('fail', 'nts-ke.other-protocol', { protocol: alpn ?? '–' })];
  if (keys === null || ended !== 'answered') return [saw('inconclusive', 'nts-ke.no-answer', { reason: ended })];
  const answer = answerOf(ke);
  if ('fault' in answer) return [saw('fail', 'nts-ke.malformed', { problem: answer.fault })];
  const [error] = answer.errors;
  if (error !== undefined) return [saw(error === INTERNAL ? 'inconclusive' : 'fail', 'nts-ke.error', { code: error })];
  const [unknown] = answer.unknownCritical;
  if (unknown !== undefined) return [saw('fail', 'nts-ke.unknown-critical', { type: unknown })];
  if (answer.protocols?.join() !== String(NTPV4)) return [saw('fail', 'nts-ke.no-ntp')];
  if (answer.aead?.join() !== String(AES_SIV_CMAC_256))
    return [saw('fail', 'nts-ke.algorithm', { algorithms: answer.aead?.join(', ') || '–' })];
  return [...answer.warnings.map((code) => saw('warn', 'nts-ke.warning', { code })), ...cookiesOf(answer, profile)];
});

function answerOf({ received }: NtsEvidence['ke']): KeAnswer | { fault: string } {
  try {
    return readAnswer(bytesOf(received));
  } catch (error) {
    if (error instanceof KeError) return { fault: error.message };
    throw error;
  }
}

function cookiesOf({ cookies }: KeAnswer, { cookies: wanted, cookieTwice }: TimeProfile): Observation[] {
  if (cookies.length === 0) return [saw('fail', 'nts-ke.no-cookie')];
  const distinct = new Set(cookies.map((one) => one.toString('latin1'))).size;
  return [
    saw('pass', 'nts-ke.good', { cookies: cookies.length }),
    ...(cookies.length < wanted.least
      ? weighed(wanted.fewer, 'nts-ke.few-cookies', { cookies: cookies.length, wanted: wanted.least })
      : []),
    ...(distinct < cookies.length ? weighed(cookieTwice, 'nts-ke.cookie-twice') : []),
  ];
}

/**
 * The time that comes is authenticated by the keys of key establishment, and answers this very request (RFC 8915 section 5.7). Fail: plain or
 * forged time, or none though the server made the cookie. Inconclusive: no answer, or a request to come less often.
 */
export const answer = timeCheck('time.nts-answer', ['RFC 8915', 'RFC 5905'], ({ ke, ntp }, profile) => {
  if (ntp === null || ke.keys === null) return [saw('inconclusive', 'nts-answer.not-asked')];
  if (ntp.address === null) return [saw('inconclusive', 'nts-answer.no-address', { server: ntp.server })];
  const honest = ntp.exchanges.filter(({ kind }) => kind === 'honest');
  const exchange = honest.find(({ received }) => received !== null);
  if (!exchange) return [saw('inconclusive', 'nts-answer.none', { reason: honest.at(-1)?.failure })];
  try {
    return judgeAnswer(exchange, ke, profile);
  } catch (error) {
    if (error instanceof NtpError) return [saw('fail', 'nts-answer.malformed', { problem: error.message })];
    throw error;
  }
});

type NtpExchange = NonNullable<NtsEvidence['ntp']>['exchanges'][number];

function judgeAnswer(exchange: NtpExchange, ke: NtsEvidence['ke'], profile: TimeProfile): Observation[] {
  const bytes = bytesOf(exchange.received ?? '');
  const packet = readPacket(bytes);
  const asked = readPacket(bytesOf(exchange.sent));
  const fault = isReply(packet, exchange) ? null : 'mode';
  if (fault) return [saw('fail', 'nts-answer.malformed', { problem: fault })];
  const covering = packet.fields.find(({ type }) => type === FIELD.authenticator);
  // What stands behind it may be anybody's.
  const covered = packet.fields.filter(({ at }) => covering === undefined || at < covering.at);
  const isOurs = identifierOf(covered)?.equals(identifierOf(asked.fields) ?? Buffer.alloc(0)) === true;
  if (packet.stratum === 0 && covering === undefined) return [kissed(packet, isOurs)];
  if (covering === undefined) return [saw('fail', 'nts-answer.plain')];
  if (!isOurs) return [saw('fail', 'nts-answer.other-request')];
  const inside = openAuthenticator(bytesOf(ke.keys?.serverToClient ?? ''), bytes, covering);
  if (inside === null) return [saw('fail', 'nts-answer.forged')];
  if (packet.leap === 3 || packet.stratum === 0 || packet.stratum > 15)
    return [saw('fail', 'nts-answer.unset', { stratum: packet.stratum })];
  return [
    saw('pass', 'nts-answer.authenticated', { stratum: packet.stratum }),
    ...freshCookie(inside, ke, profile),
    ...apart(packet, exchange, profile),
  ];
}

/** Mode 4 of version 4, and the random time that was sent. */
function isReply({ mode, version, origin }: NtpPacket, { sent }: NtpExchange): boolean {
  return mode === 4 && version === 4 && origin.equals(bytesOf(sent).subarray(40, 48));
}

const identifierOf = (fields: readonly Field[]): Buffer | undefined =>
  fields.find(({ type }) => type === FIELD.uniqueIdentifier)?.body;

/** Instead of time, a reason (RFC 5905 section 7.4). Nobody vouches for it, so only one with our number in it counts against the server. */
function kissed({ reference }: NtpPacket, isOurs: boolean): Observation {
  const code = reference.replace(/[^A-Za-z0-9]/g, '?');
  return code === 'NTSN' && isOurs
    ? saw('fail', 'nts-answer.cookie-refused')
    : saw('inconclusive', 'nts-answer.kiss', { code });
}

/** Each answer brings a new cookie, so that none is used twice (RFC 8915 section 5.7). */
function freshCookie(inside: readonly Field[], ke: NtsEvidence['ke'], { cookieTwice }: TimeProfile): Observation[] {
  const fresh = inside.filter(({ type }) => type === FIELD.cookie).map(({ body }) => body.toString('latin1'));
  if (fresh.length === 0) return [saw('warn', 'nts-answer.no-cookie')];
  const answered = answerOf(ke);
  const known = 'fault' in answered ? [] : answered.cookies.map((one) => one.toString('latin1'));
  return fresh.some((one) => known.includes(one)) ? weighed(cookieTwice, 'nts-answer.cookie-twice') : [];
}

/** How far the server's clock is from ours, by the four times of an exchange (RFC 5905 section 8). */
function apart(
  { received, transmitted }: NtpPacket,
  { sentAt, receivedAt }: NtpExchange,
  { apart: wanted }: TimeProfile,
): Observation[] {
  const seconds = Math.abs((received - sentAt + (transmitted - receivedAt)) / 2) / 1000;
  return seconds > wanted.most
    ? weighed(wanted.more, 'nts-answer.apart', { seconds: Math.round(seconds * 1000) / 1000, most: wanted.most })
    : [];
}

/**
 * A request whose authenticator is wrong gets no time (RFC 8915 section 5.7). Pass: the server says NTSN. Fail: it gives time all the same.
 * Inconclusive: silence, which the RFC allows and which a lost datagram looks like.
 */
export const forgedRequest = timeCheck('time.nts-forged', ['RFC 8915'], ({ ntp }) => {
  const exchange = ntp?.exchanges.find(({ kind }) => kind === 'forged');
  if (!exchange) return [saw('inconclusive', 'nts-forged.not-asked')];
  if (exchange.received === null) return [saw('inconclusive', 'nts-forged.silent', { reason: exchange.failure })];
  try {
    const packet = readPacket(bytesOf(exchange.received));
    if (!isReply(packet, exchange)) return [saw('inconclusive', 'nts-forged.strange')];
    if (packet.stratum !== 0) return [saw('fail', 'nts-forged.answered')];
    // Who says no must hand out nothing that is authenticated.
    if (packet.fields.some(({ type }) => type === FIELD.authenticator)) return [saw('fail', 'nts-forged.answered')];
    return packet.reference === 'NTSN'
      ? [saw('pass', 'nts-forged.refused')]
      : [saw('inconclusive', 'nts-forged.strange')];
  } catch (error) {
    if (error instanceof NtpError) return [saw('inconclusive', 'nts-forged.strange')];
    throw error;
  }
});

/** What is judged from what a time server said, in the order in which a person reads it. */
export const TIME_CHECKS: readonly TimeCheck[] = [keyEstablishment, answer, forgedRequest];

/**
 * `time.nts-tls`: key establishment speaks TLS 1.3 and nothing older (RFC 8915 section 3). It is judged from what the prober of TLS saw of that
 * port. Fail: an older version is agreed to, or TLS 1.3 is not. Inconclusive: what could not be seen.
 */
export const ntsTls: Check<TlsEvidence, TimeProfile> = {
  id: 'time.nts-tls',
  standards: ['RFC 8915', 'TLS 1.3'],
  judge: (evidence, _, subject) => {
    const versions = Object.entries(factsOf(evidence).versions);
    const names = (wanted: string, older: boolean) =>
      versions.filter(([name, state]) => (name !== 'TLS 1.3') === older && state === wanted).map(([name]) => name);
    const seen: Observation[] = [];
    const old = names('yes', true);
    if (old.length > 0) seen.push(saw('fail', 'nts-tls.old', { names: old.join(', ') }));
    const open = [...names('unknown', false), ...names('unknown', true)];
    if (open.length > 0) seen.push(saw('inconclusive', 'nts-tls.unknown', { names: open.join(', ') }));
    if (names('no', false).length > 0)
      // Where nothing of TLS was agreed to, nothing is known to speak it.
      seen.push(old.length > 0 ? saw('fail', 'nts-tls.none') : saw('inconclusive', 'nts-tls.unspoken'));
    else if (open.length === 0 && old.length === 0) seen.push(saw('pass', 'nts-tls.good'));
    return resultOf('time.nts-tls', subject, seen);
  },
};

/** All that is judged of one time server. `tls`: what was seen of its key establishment port at the same address. */
export function judgeTime(evidence: NtsEvidence, tls: readonly TlsEvidence[], profile: TimeProfile): CheckResult[] {
  const { host, address, port } = evidence;
  const subject = `${host}:${port} (${address}, nts)`;
  const own = tls.find(
    (one) => one.service === 'nts' && one.host === host && one.address === address && one.port === port,
  );
  return [
    ...TIME_CHECKS.map((check) => check.judge(evidence, profile, subject)),
    ...(own ? [ntsTls.judge(own, profile, subject)] : []),
  ];
}
