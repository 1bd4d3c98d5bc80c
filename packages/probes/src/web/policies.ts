import type { Observation } from '../check.ts';
import { stripBlanks } from '../mail/blanks.ts';
import { saw } from '../mail/judgement.ts';
import { type CspPolicy, effectiveSources, parseCsp } from './csp/parse.ts';
import { fieldValues, type Response } from './http/exchange.ts';
import type { WebProfile, Weight } from './profile.ts';

type Fields = Pick<Response, 'headers'>;

function absent(weight: Weight, code: string): Observation[] {
  return [saw(weight === 'ignore' ? 'pass' : weight, code)];
}

/** X-Content-Type-Options (Fetch Standard, "determine nosniff"): the first value counts. */
export function judgeContentTypeOptions(response: Fields, { missing }: WebProfile['contentType']): Observation[] {
  const [first] = fieldValues(response, 'x-content-type-options').flatMap((value) => value.split(','));
  if (first === undefined) return absent(missing, 'content-type.none');
  return stripBlanks(first).toLowerCase() === 'nosniff'
    ? [saw('pass', 'content-type.nosniff')]
    : [saw('fail', 'content-type.value', { value: first.slice(0, 100) })];
}

const REFERRERS = new Set([
  'no-referrer',
  'no-referrer-when-downgrade',
  'same-origin',
  'origin',
  'strict-origin',
  'origin-when-cross-origin',
  'strict-origin-when-cross-origin',
  'unsafe-url',
]);

/** Referrer-Policy (W3C Referrer Policy section 8.1): of all values the last that a browser knows counts. */
export function judgeReferrerPolicy(response: Fields, { good, missing }: WebProfile['referrer']): Observation[] {
  const tokens = fieldValues(response, 'referrer-policy').flatMap((value) =>
    value.split(',').map((one) => stripBlanks(one).toLowerCase()),
  );
  if (tokens.length === 0) return absent(missing, 'referrer.none');
  const policy = tokens.findLast((token) => REFERRERS.has(token));
  if (policy === undefined) return [saw('fail', 'referrer.unknown', { value: tokens.join(', ').slice(0, 100) })];
  return [saw((good as string[]).includes(policy) ? 'pass' : 'fail', 'referrer.policy', { policy })];
}

/** What a Permissions-Policy field says of each feature: `*`, or the origins it allows, as written; none is an empty list. */
export function parsePermissions(value: string): Map<string, string[] | '*'> | null {
  const features = new Map<string, string[] | '*'>();
  for (const member of splitMembers(value)) {
    const [, name, star, list, single] =
      /^([a-z*][a-z0-9_\-.*]*)=(?:(\*)|\(([^()]*)\)|(self|"[^"]*"))(?:;[a-z0-9*_.=;"\- ]*)?$/.exec(
        stripBlanks(member),
      ) ?? [];
    if (name === undefined) return null;
    const allowed = (list ?? single ?? '').split(/ +/).filter((one) => one !== '');
    if (!allowed.every((one) => one === 'self' || one === 'src' || one === '*' || /^"[^"]*"$/.test(one))) return null;
    features.set(name, star !== undefined || allowed.includes('*') ? '*' : allowed);
  }
  return features;
}

/** Members of a dictionary (RFC 9651 section 3.2); a comma in quotes parts nothing. */
function splitMembers(value: string): string[] {
  return (value.match(/(?:"[^"]*"|[^",])+/g) ?? []).filter((member) => stripBlanks(member) !== '');
}

/** Features through which a page that is taken over, or a frame in it, does harm. */
const POWERFUL = ['camera', 'microphone', 'geolocation', 'display-capture', 'payment', 'usb'];

/** Permissions-Policy (W3C): there, readable, and giving no powerful feature to everybody. A field that does not parse counts for nothing. */
export function judgePermissionsPolicy(response: Fields, { missing }: WebProfile['permissions']): Observation[] {
  const values = fieldValues(response, 'permissions-policy');
  if (values.length === 0) return absent(missing, 'permissions.none');
  const features = parsePermissions(values.join(', '));
  if (features === null) return [saw('fail', 'permissions.syntax')];
  const open = POWERFUL.filter((feature) => features.get(feature) === '*');
  if (open.length > 0) return open.map((feature) => saw('fail', 'permissions.open', { feature }));
  return [saw('pass', 'permissions.policy', { features: features.size })];
}

/** Who may frame the page: `frame-ancestors`, which browsers prefer (CSP Level 3 section 6.4.2), or X-Frame-Options (RFC 7034). */
export function judgeFraming(response: Fields, { missing }: WebProfile['framing']): Observation[] {
  const policies = parseCsp(fieldValues(response, 'content-security-policy')).filter((policy) =>
    policy.directives.has('frame-ancestors'),
  );
  if (policies.length > 0) {
    const open = policies.every((policy) => framesAnyone(policy));
    return [saw(open ? 'fail' : 'pass', open ? 'framing.anyone' : 'framing.ancestors')];
  }
  const values = new Set(
    fieldValues(response, 'x-frame-options').flatMap((value) =>
      value.split(',').map((one) => stripBlanks(one).toLowerCase()),
    ),
  );
  const [value] = values;
  if (value === undefined) return absent(missing, 'framing.none');
  // Several that differ: browsers block, older ones ignore them; RFC 7034 section 2.1 has no list.
  const good = values.size === 1 && (value === 'deny' || value === 'sameorigin');
  return [
    saw(good ? 'pass' : 'fail', good ? 'framing.options' : 'framing.value', {
      value: [...values].join(', ').slice(0, 100),
    }),
  ];
}

function framesAnyone(policy: CspPolicy): boolean {
  return (effectiveSources(policy, 'frame-ancestors') ?? []).some(
    (source) =>
      (source.kind === 'host' && source.host === '*') || (source.kind === 'scheme' && /^https?$/.test(source.scheme)),
  );
}
