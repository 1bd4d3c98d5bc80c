import { type Check, type CheckResult, checkBy, type Observation } from '../check.ts';
import { decodeMessage, extendedErrors, FormatError, type Message, RCODE, type Status } from '../dns/index.ts';
import { saw } from '../mail/index.ts';
import { bodyOf, type Exchange, fieldValues, mediaType } from '../web/index.ts';
import { weighed } from '../weight.ts';
import { DNS_MESSAGE } from './doh.ts';
import type { Purpose, ResolverEvidence, ResolverExchange } from './evidence.ts';
import type { ResolverProfile } from './profile.ts';
import { isAnswer, PADDING, TYPE_SVCB } from './query.ts';

/** What a resolver said, and what our own validation says of the two names that it was asked for. */
export interface ResolverSeen {
  evidence: ResolverEvidence;
  known: { signed: Status; bogus: Status };
}

export type ResolverCheck = Check<ResolverSeen, ResolverProfile>;

const resolverCheck = checkBy<ResolverSeen, ResolverProfile>;

const exchangeFor = ({ exchanges }: ResolverEvidence, purpose: Purpose, name?: string): ResolverExchange | undefined =>
  exchanges.find((one) => one.purpose === purpose && (name === undefined || one.name === name));

/** The message of an exchange: over HTTPS only where it is said to be one. Null where none came; `malformed` where what came is none. */
function messageIn(exchange: ResolverExchange | undefined): Message | 'malformed' | null {
  if (!exchange) return null;
  const { http, received, sent } = exchange;
  const bytes = http === null ? fromText(received) : bodyIn(http);
  if (bytes === null) return null;
  try {
    const message = decodeMessage(bytes);
    // One that was cut off over a stream is not what a stream is for (RFC 7766 section 5).
    return isAnswer(message, decodeMessage(Buffer.from(sent, 'base64'))) && !message.truncated ? message : 'malformed';
  } catch (error) {
    if (error instanceof FormatError) return 'malformed';
    throw error;
  }
}

const fromText = (text: string | null): Buffer | null => (text === null ? null : Buffer.from(text, 'base64'));

function bodyIn(http: Exchange): Buffer | null {
  if (http.outcome === 'failure' || http.status !== 200 || http.truncated) return null;
  return mediaType(http)?.type === DNS_MESSAGE ? bodyOf(http) : null;
}

/** What the first answer of a way says of it. */
function answered(way: 'dot' | 'doh', exchange: ResolverExchange | undefined): Observation {
  const message = messageIn(exchange);
  if (message === null) return saw('inconclusive', `${way}.no-answer`, { reason: exchange?.failure ?? 'closed' });
  if (message === 'malformed') return saw('fail', `${way}.malformed`);
  if (message.rcode === RCODE.NOERROR && message.answer.length > 0) return saw('pass', `${way}.answers`);
  // A resolver may serve its own users alone; what it cannot find out is not this way's fault.
  return saw('inconclusive', `${way}.no-records`, { rcode: message.rcode });
}

/**
 * DNS over TLS (RFC 7858). Pass: a question over TLS is answered with records. Fail: what comes is no DNS message, or answers another question.
 * Inconclusive: no connection, no answer, or one that serves only its own users.
 */
export const overTls = resolverCheck('resolver.dot', ['RFC 7858'], ({ evidence }) => {
  if (evidence.failure !== null) return [saw('inconclusive', 'dot.no-answer', { reason: evidence.failure })];
  return [answered('dot', exchangeFor(evidence, 'signed'))];
});

/**
 * DNS over HTTPS (RFC 8484). Pass: POST and GET are answered with messages of the proper type, that say how long they may be kept. Fail: one of the
 * two is not known, the type is another, an answer may be kept for longer than its records are good. Inconclusive: no connection, no answer, not
 * found under this path, or turned away.
 */
export const overHttps = resolverCheck('resolver.doh', ['RFC 8484'], ({ evidence }, profile) => {
  if (evidence.failure !== null) return [saw('inconclusive', 'doh.no-answer', { reason: evidence.failure })];
  const [post, byGet] = [exchangeFor(evidence, 'signed'), exchangeFor(evidence, 'signed-get')];
  const responses = [
    { method: 'POST', exchange: post },
    { method: 'GET', exchange: byGet },
  ];
  const seen = responses.flatMap(({ method, exchange }) => judgeMethod(method, exchange));
  const version = [post, byGet].flatMap((one) => (one?.http?.outcome === 'response' ? [one.http.version] : [])).at(0);
  return [
    ...seen,
    ...(version?.startsWith('HTTP/1') ? weighed(profile.http.version1, 'doh.version', { version }) : []),
    ...kept(byGet, profile),
  ];
});

/** Both methods must be known (RFC 8484 section 4.1). */
function judgeMethod(method: string, exchange: ResolverExchange | undefined): Observation[] {
  const http = exchange?.http;
  if (!exchange || !http || http.outcome === 'failure')
    return [saw('inconclusive', 'doh.no-answer', { reason: http?.outcome === 'failure' ? http.failure : 'closed' })];
  const { status } = http;
  if ([405, 415, 501].includes(status)) return [saw('fail', 'doh.method', { method, status })];
  // 404 may mean another path than the one that was tried, the rest that we are not welcome.
  if (status !== 200) return [saw('inconclusive', 'doh.status', { method, status })];
  const type = mediaType(http)?.type ?? '–';
  if (type !== DNS_MESSAGE) return [saw('fail', 'doh.type', { method, type: type.slice(0, 100) })];
  if (http.truncated) return [saw('inconclusive', 'doh.no-answer', { reason: 'limit' })];
  return [answered('doh', exchange)];
}

/** An answer is kept for no longer than its shortest record is good (RFC 8484 section 5.1), and says so. */
function kept(exchange: ResolverExchange | undefined, { http: wanted }: ResolverProfile): Observation[] {
  const message = messageIn(exchange);
  if (message === null || message === 'malformed' || exchange?.http?.outcome !== 'response') return [];
  if (message.answer.length === 0) return [];
  const least = Math.min(...message.answer.map(({ ttl }) => ttl));
  const directives = fieldValues(exchange.http, 'cache-control').join(',').toLowerCase();
  if (/(?:^|[,\s])no-(?:store|cache)(?:[,\s]|$)/.test(directives)) return [];
  const age = /(?:^|[,\s])max-age="?(\d+)"?(?:[,\s]|$)/.exec(directives)?.[1];
  if (age === undefined) return weighed(wanted.keptUnsaid, 'doh.kept-unsaid');
  // Time that it was kept on the way counts (RFC 9111 section 5.1).
  const already = Number(/^\d{1,10}$/.exec(fieldValues(exchange.http, 'age')[0] ?? '')?.[0] ?? 0);
  return Number(age) - already > least
    ? weighed(wanted.keptTooLong, 'doh.kept-too-long', { age: Number(age), ttl: least })
    : [];
}

/** Reasons that a validator gives for not answering (RFC 8914 section 4: 6 to 12). */
const isOfValidation = (message: Message): boolean =>
  extendedErrors(message).some(({ code }) => code >= 6 && code <= 12);

/**
 * The resolver validates (RFC 4035 section 5). Pass: a name whose signatures are wrong gets no answer unless checking is switched off, and one that is
 * signed well gets AD. Fail: what is wrong is answered. What the two names are is validated here too, so that a name that was repaired proves nothing.
 */
export const validation = resolverCheck(
  'resolver.validation',
  ['RFC 4035', 'RFC 4033'],
  ({ evidence, known }, profile) => {
    const { names, authenticData } = profile;
    const [good, bad, unchecked] = (['signed', 'bogus', 'bogus-unchecked'] as const).map((purpose) =>
      messageIn(exchangeFor(evidence, purpose, purpose === 'signed' ? names.signed : names.bogus)),
    );
    if (!isMessage(good) || !isMessage(bad)) return [saw('inconclusive', 'validation.no-answer')];
    if (known.bogus !== 'bogus') return [saw('inconclusive', 'validation.unsound', { name: names.bogus })];
    if (bad.rcode === RCODE.NOERROR && bad.answer.length > 0)
      return [saw('fail', 'validation.bogus-answered', { name: names.bogus })];
    if (bad.rcode !== RCODE.SERVFAIL)
      return [saw('inconclusive', 'validation.strange', { name: names.bogus, rcode: bad.rcode })];
    // That it fails must be for its signatures: without checking, or by the resolver's own words.
    const sure =
      isOfValidation(bad) || (isMessage(unchecked) && unchecked.rcode === RCODE.NOERROR && unchecked.answer.length > 0);
    if (!sure) return [saw('inconclusive', 'validation.unsure', { name: names.bogus })];
    if (known.signed !== 'secure') return [saw('inconclusive', 'validation.unsound', { name: names.signed })];
    if (good.rcode !== RCODE.NOERROR || good.answer.length === 0)
      return [saw('inconclusive', 'validation.strange', { name: names.signed, rcode: good.rcode })];
    return [
      saw('pass', 'validation.refuses', { name: names.bogus }),
      ...(good.authenticData ? [] : weighed(authenticData, 'validation.no-ad', { name: names.signed })),
    ];
  },
);

const isMessage = (one: Message | 'malformed' | null | undefined): one is Message =>
  one !== null && one !== undefined && one !== 'malformed';

/** Answers are filled up to this many octets (RFC 8467 section 4.2.1). */
const ANSWER_BLOCK = 468;

/** Lengths tell little of what was asked: an answer to a padded question is padded (RFC 7830 section 4), best in blocks of 468 octets (RFC 8467). */
export const padding = resolverCheck('resolver.padding', ['RFC 7830', 'RFC 8467'], ({ evidence }, profile) => {
  const exchange = exchangeFor(evidence, 'signed');
  const message = messageIn(exchange);
  if (!exchange || !isMessage(message)) return [saw('inconclusive', 'padding.no-answer')];
  if (profile.padding === 'ignore') return [saw('not-applicable', 'padding.not-asked')];
  const padded = message.edns?.options.some(({ code }) => code === PADDING) === true;
  if (!padded) return [saw(profile.padding, 'padding.none')];
  const { http, received } = exchange;
  const length = http?.outcome === 'response' ? bodyOf(http).length : Buffer.from(received ?? '', 'base64').length;
  return [saw('pass', length % ANSWER_BLOCK === 0 ? 'padding.blocks' : 'padding.other', { length })];
});

/** Devices can find the encrypted ways by themselves (RFC 9462). Only told: nobody need offer it. */
export const discovery = resolverCheck('resolver.discovery', ['RFC 9462'], ({ evidence }) => {
  const message = messageIn(exchangeFor(evidence, 'discovery'));
  if (!isMessage(message)) return [saw('not-applicable', 'discovery.no-answer')];
  const count = message.answer.filter(({ type }) => type === TYPE_SVCB).length;
  return [count > 0 ? saw('pass', 'discovery.offered', { count }) : saw('not-applicable', 'discovery.none')];
});

/** Whether a way gave any answer at all: then it is there. */
export function isAnswering({ exchanges }: ResolverEvidence): boolean {
  return exchanges.some((one) => isMessage(messageIn(one)));
}

/** All checks of resolvers, in the order in which a person reads them. */
export const RESOLVER_CHECKS: readonly ResolverCheck[] = [overTls, overHttps, validation, padding, discovery];

/** All that is judged of a resolver over one way. */
export function judgeResolver(seen: ResolverSeen, profile: ResolverProfile): CheckResult[] {
  const { host, address, port, service } = seen.evidence;
  const subject = `${host}:${port} (${address}, ${service})`;
  const other = service === 'dot' ? overHttps : overTls;
  return RESOLVER_CHECKS.filter((check) => check !== other).map((check) => check.judge(seen, profile, subject));
}
