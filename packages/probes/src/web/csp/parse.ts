import { stripBlanks } from '../../mail/blanks.ts';

/** A source expression (CSP Level 3 section 2.3.1). */
export type Source =
  | {
      kind:
        | 'none'
        | 'self'
        | 'unsafe-inline'
        | 'unsafe-eval'
        | 'unsafe-hashes'
        | 'strict-dynamic'
        | 'wasm-unsafe-eval'
        | 'report-sample';
      text: string;
    }
  | { kind: 'nonce'; text: string; value: string }
  | { kind: 'hash'; text: string }
  | { kind: 'scheme'; text: string; scheme: string }
  | { kind: 'host'; text: string; scheme: string | null; host: string }
  | { kind: 'invalid'; text: string };

export interface CspPolicy {
  text: string;
  /** Directives by name in lower case; of one that stands twice the first counts (CSP Level 3 section 2.2.1). */
  directives: Map<string, string[]>;
  problems: {
    code: 'duplicate-directive' | 'unknown-directive' | 'invalid-source' | 'none-beside-others' | 'characters';
    text: string;
  }[];
}

/** Directives whose value is a list of sources. */
const SOURCE_LISTS = new Set([
  'default-src',
  'child-src',
  'connect-src',
  'font-src',
  'frame-src',
  'img-src',
  'manifest-src',
  'media-src',
  'object-src',
  'script-src',
  'script-src-elem',
  'script-src-attr',
  'style-src',
  'style-src-elem',
  'style-src-attr',
  'worker-src',
  'fenced-frame-src',
  'prefetch-src',
  'base-uri',
  'form-action',
  'frame-ancestors',
  'navigate-to',
]);
const OTHERS = new Set([
  'sandbox',
  'report-uri',
  'report-to',
  'upgrade-insecure-requests',
  'block-all-mixed-content',
  'require-trusted-types-for',
  'trusted-types',
  'plugin-types',
  'webrtc',
  'require-sri-for',
]);
const KEYWORDS = new Set([
  'none',
  'self',
  'unsafe-inline',
  'unsafe-eval',
  'unsafe-hashes',
  'strict-dynamic',
  'wasm-unsafe-eval',
  'report-sample',
]);
/** ASCII white space. */
const SPACE = ' \t\n\f\r';
/** What a policy may hold before the rest is left unread. */
const MOST_DIRECTIVES = 100;
const MOST_SOURCES = 500;

/** Reads all policies of some field values; a comma parts two (CSP Level 3 section 2.2.2). */
export function parseCsp(values: readonly string[]): CspPolicy[] {
  return values
    .flatMap((value) => value.split(','))
    .map((text) => stripBlanks(text, SPACE))
    .filter((text) => text !== '')
    .map(parsePolicy);
}

function parsePolicy(text: string): CspPolicy {
  const policy: CspPolicy = { text, directives: new Map(), problems: [] };
  if (/[^\t\n\f\r -~]/.test(text)) policy.problems.push({ code: 'characters', text: text.slice(0, 100) });
  for (const piece of text.split(';').slice(0, MOST_DIRECTIVES)) {
    const [name = '', ...values] = stripBlanks(piece, SPACE)
      .split(/[\t\n\f\r ]+/)
      .slice(0, MOST_SOURCES + 1);
    if (name === '') continue;
    const directive = name.toLowerCase();
    if (policy.directives.has(directive))
      policy.problems.push({ code: 'duplicate-directive', text: directive.slice(0, 100) });
    else policy.directives.set(directive, values);
    if (!SOURCE_LISTS.has(directive) && !OTHERS.has(directive))
      policy.problems.push({ code: 'unknown-directive', text: directive.slice(0, 100) });
  }
  for (const [directive, values] of policy.directives) {
    if (!SOURCE_LISTS.has(directive)) continue;
    const sources = values.map(parseSource);
    for (const { kind, text: written } of sources)
      if (kind === 'invalid') policy.problems.push({ code: 'invalid-source', text: written.slice(0, 100) });
    if (sources.length > 1 && sources.some((source) => source.kind === 'none'))
      policy.problems.push({ code: 'none-beside-others', text: directive });
  }
  return policy;
}

/** Reads one source expression. A keyword without its quotes would be a host by the grammar; it is told as invalid, since nobody means that. */
export function parseSource(text: string): Source {
  const lower = text.toLowerCase();
  const quoted = /^'(.*)'$/.exec(text)?.[1];
  if (quoted !== undefined) {
    const keyword = quoted.toLowerCase();
    if (KEYWORDS.has(keyword)) return { kind: keyword, text } as Source;
    const [, value] = /^nonce-([A-Za-z0-9+/_-]+={0,2})$/i.exec(quoted) ?? [];
    if (value !== undefined) return { kind: 'nonce', text, value };
    return /^sha(?:256|384|512)-[A-Za-z0-9+/_-]+={0,2}$/i.test(quoted)
      ? { kind: 'hash', text }
      : { kind: 'invalid', text };
  }
  if (KEYWORDS.has(lower)) return { kind: 'invalid', text };
  const [, only] = /^([a-z][a-z0-9+.-]*):$/.exec(lower) ?? [];
  if (only !== undefined) return { kind: 'scheme', text, scheme: only };
  const [, scheme = null, host] =
    /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\*|(?:\*\.)?[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?)(?::(?:\d+|\*))?(?:\/[^;,?#]*)?$/.exec(
      lower,
    ) ?? [];
  return host === undefined ? { kind: 'invalid', text } : { kind: 'host', text, scheme, host };
}

/** Where a directive's list comes from when it is not there itself (CSP Level 3 section 6.8.3). */
const FALLBACKS: Record<string, readonly string[]> = {
  'script-src-elem': ['script-src', 'default-src'],
  'script-src-attr': ['script-src', 'default-src'],
  'style-src-elem': ['style-src', 'default-src'],
  'style-src-attr': ['style-src', 'default-src'],
  'worker-src': ['child-src', 'script-src', 'default-src'],
  'frame-src': ['child-src', 'default-src'],
  ...Object.fromEntries(
    [
      'script-src',
      'style-src',
      'object-src',
      'img-src',
      'connect-src',
      'font-src',
      'media-src',
      'manifest-src',
      'child-src',
    ].map((name) => [name, ['default-src']]),
  ),
};

/** The list that governs a directive, or null where anything goes. */
export function effectiveSources(policy: CspPolicy, directive: string): Source[] | null {
  const name = [directive, ...(FALLBACKS[directive] ?? [])].find((one) => policy.directives.has(one));
  return name === undefined ? null : (policy.directives.get(name) ?? []).map(parseSource);
}
