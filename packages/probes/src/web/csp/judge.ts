import { getDomain } from 'tldts';
import type { Observation } from '../../check.ts';
import { saw } from '../../mail/judgement.ts';
import type { WebProfile, Weight } from '../profile.ts';
import { type CspPolicy, effectiveSources, parseCsp, type Source } from './parse.ts';

/** A weakness of one policy: its code, and the directive and source that make it. */
interface Weakness {
  code: string;
  weight: Weight;
  directive: string;
  source?: string;
  /** It follows from a wider one that is told already; it only matters beside another policy. */
  implied?: true;
}

/**
 * Judges the policies of one response together. All of them are enforced, so what one allows and another forbids is forbidden: a
 * weakness counts where every policy has it (CSP Level 3 section 8.1).
 * @param enforced values of Content-Security-Policy
 * @param reported values of Content-Security-Policy-Report-Only, which enforces nothing
 */
export function judgeCsp(
  enforced: readonly string[],
  reported: readonly string[],
  profile: WebProfile['csp'],
): Observation[] {
  const policies = parseCsp(enforced);
  if (policies.length === 0) {
    const code = parseCsp(reported).length > 0 ? 'csp.report-only' : 'csp.none';
    return profile.missing === 'ignore' ? [saw('pass', code)] : [saw(profile.missing, code)];
  }
  const observations = common(policies.map((policy) => weaknessesOf(policy, profile)))
    .filter((one) => one.weight !== 'ignore')
    .map(({ code, weight, directive, source }) =>
      saw(weight as 'fail' | 'warn', code, { directive, source: source?.slice(0, 200) }),
    );
  const faults = policies.flatMap((policy) =>
    policy.problems.map(({ code, text }) => saw('warn', `csp.${code}`, { text })),
  );
  return [
    ...observations,
    ...faults,
    ...(observations.some((one) => one.verdict === 'fail') ? [] : [saw('pass', 'csp.policy')]),
  ];
}

/** What every list has, told as the first policy that shows it does. */
function common(lists: readonly Weakness[][]): Weakness[] {
  const shown = new Map<string, Weakness>();
  const key = ({ code, directive }: Weakness) => `${code} ${directive}`;
  for (const one of lists.flat()) if (!one.implied && !shown.has(key(one))) shown.set(key(one), one);
  return [...shown.values()].filter((one) => lists.every((list) => list.some((other) => key(other) === key(one))));
}

const TARGETS = ['object-src', 'base-uri', 'form-action', 'frame-ancestors'];

function weaknessesOf(policy: CspPolicy, profile: WebProfile['csp']): Weakness[] {
  const found: Weakness[] = [];
  for (const [directive, weight] of Object.entries(profile.directives))
    if (effectiveSources(policy, directive) === null) found.push({ code: 'csp.missing', weight, directive });
  for (const directive of ['script-src-elem', 'script-src-attr'])
    found.push(...scriptWeaknesses(policy, directive, profile));
  for (const directive of ['style-src-elem', 'style-src-attr']) {
    const sources = effectiveSources(policy, directive);
    if (sources === null) found.push(...implied(directive, ['csp.style-inline']));
    else if (allowsInline(sources)) found.push({ code: 'csp.style-inline', weight: profile.styleInline, directive });
  }
  for (const directive of TARGETS) {
    const sources = effectiveSources(policy, directive);
    found.push(...(sources === null ? implied(directive, WIDE) : hostWeaknesses(sources, directive, profile)));
  }
  return found;
}

const WIDE = ['csp.wildcard', 'csp.plain-http', 'csp.local-host'];
const ANY_SCRIPT = [...WIDE, 'csp.unsafe-inline', 'csp.unsafe-eval', 'csp.unsafe-hashes', 'csp.short-nonce'];

function implied(directive: string, codes: readonly string[]): Weakness[] {
  return codes.map((code) => ({ code, weight: 'ignore', directive, implied: true }));
}

function scriptWeaknesses(policy: CspPolicy, directive: string, profile: WebProfile['csp']): Weakness[] {
  const sources = effectiveSources(policy, directive);
  // Without a list anything goes.
  if (sources === null) return implied(directive, ANY_SCRIPT);
  const found: Weakness[] = [];
  const has = (kind: Source['kind']) => sources.find((source) => source.kind === kind);
  const add = (code: string, weight: Weight, source?: Source) =>
    found.push({ code, weight, directive, ...(source ? { source: source.text } : {}) });
  if (allowsInline(sources)) {
    add('csp.unsafe-inline', profile.unsafeInline, has('unsafe-inline'));
    found.push(...implied(directive, ['csp.unsafe-hashes', 'csp.short-nonce']));
  }
  if (has('unsafe-eval')) add('csp.unsafe-eval', profile.unsafeEval, has('unsafe-eval'));
  if (has('unsafe-hashes')) add('csp.unsafe-hashes', profile.unsafeHashes, has('unsafe-hashes'));
  for (const source of sources)
    if (source.kind === 'nonce' && source.value.length < 22) add('csp.short-nonce', 'warn', source);
  const trusted = has('nonce') !== undefined || has('hash') !== undefined;
  // Attributes load nothing, so hosts do not matter there; with strict-dynamic they are passed over (section 6.7.2.5).
  if (directive === 'script-src-attr') return found;
  if (has('strict-dynamic')) {
    if (!trusted) add('csp.strict-dynamic-alone', 'warn', has('strict-dynamic'));
    return found;
  }
  return [...found, ...hostWeaknesses(sources, directive, profile)];
}

/** CSP Level 3 section 6.7.3.2: `'unsafe-inline'` counts only without a nonce, a hash or `'strict-dynamic'`. */
function allowsInline(sources: readonly Source[]): boolean {
  const kinds = new Set(sources.map((source) => source.kind));
  return kinds.has('unsafe-inline') && !kinds.has('nonce') && !kinds.has('hash') && !kinds.has('strict-dynamic');
}

/** Sources so wide that they name nobody, and those that anyone on the way can answer for. */
function hostWeaknesses(sources: readonly Source[], directive: string, profile: WebProfile['csp']): Weakness[] {
  return sources.flatMap((source): Weakness[] => {
    const found = (code: string, weight: Weight): Weakness[] => [{ code, weight, directive, source: source.text }];
    if (isWide(source)) return [...found('csp.wildcard', profile.wildcards), ...implied(directive, WIDE)];
    if (source.kind !== 'host') return [];
    if (source.scheme === 'http' || source.scheme === 'ws') return found('csp.plain-http', profile.plainHttp);
    return /^127\.|^localhost$/.test(source.host) ? found('csp.local-host', profile.wildcards) : [];
  });
}

/** A whole scheme, a star, or a star under a public suffix. */
function isWide(source: Source): boolean {
  if (source.kind === 'scheme') return true;
  if (source.kind !== 'host') return false;
  if (source.host === '*') return true;
  const below = source.host.startsWith('*.') ? source.host.slice(2) : null;
  return below !== null && getDomain(below, { allowPrivateDomains: true, validateHostname: false }) === null;
}
