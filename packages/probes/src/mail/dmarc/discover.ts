import { ask, canonical, type Dialogue, isQueryable, texts } from '../lookup.ts';
import { type DmarcRecord, isDmarc, isNearlyDmarc, parseDmarc } from './record.ts';

/** What one name of the walk said. */
export interface WalkStep {
  domain: string;
  kind: 'record' | 'none' | 'several' | 'error';
  record: DmarcRecord | null;
  /** A text that was meant as a record and is none. */
  nearly: string | null;
  reason?: string;
}

export interface Discovery {
  /** Each name in the order asked, at most eight. */
  steps: WalkStep[];
  /** The domain under one owner; null where an answer is missing that could change it. */
  organizational: string | null;
  /** The record that governs, where it is and how it came to be chosen. */
  governing: { record: DmarcRecord; domain: string; source: 'own' | 'organizational' | 'public-suffix' } | null;
}

/**
 * The names of a tree walk (RFC 9989 section 4.10): the domain, then its parents down to the top label; of a name with eight labels or
 * more, only the last seven and what is above them, so that eight questions are enough.
 */
export function walkNames(domain: string): string[] {
  const labels = canonical(domain).split('.');
  const names = [labels.join('.')];
  for (let kept = Math.min(labels.length - 1, 7); kept >= 1; kept -= 1) names.push(labels.slice(-kept).join('.'));
  return names;
}

/** Walks up from a domain until a record says where the owner's domain ends (RFC 9989 section 4.10). */
export function* discoverDmarc(domain: string): Dialogue<Discovery> {
  const steps: WalkStep[] = [];
  for (const name of walkNames(domain)) {
    const step = yield* stepAt(name);
    steps.push(step);
    if (step.record !== null && step.record.psd !== 'u') break;
  }
  const organizational = organizationalOf(canonical(domain), steps);
  return { steps, organizational, governing: governingOf(canonical(domain), organizational, steps) };
}

function* stepAt(domain: string): Dialogue<WalkStep> {
  const step = (kind: WalkStep['kind'], record: DmarcRecord | null = null): WalkStep => ({
    domain,
    kind,
    record,
    nearly: null,
  });
  if (!isQueryable(`_dmarc.${domain}`)) return step('none');
  const answer = yield* ask(`_dmarc.${domain}`, 'TXT');
  if (answer.status === 'error') return { ...step('error'), reason: answer.reason ?? 'error' };
  const all = texts(answer);
  const [first, second] = all.filter(isDmarc);
  if (second !== undefined) return step('several');
  const nearly = all.find(isNearlyDmarc) ?? null;
  return { ...(first === undefined ? step('none') : step('record', parseDmarc(first))), nearly };
}

/** RFC 9989 section 4.10.2. A step without an answer might have held the record that decides. */
function organizationalOf(start: string, steps: readonly WalkStep[]): string | null {
  if (steps.some((step) => step.kind === 'error')) return null;
  const found = steps.filter((step) => step.record !== null);
  const stop = found.find((step) => step.record?.psd === 'n' || (step.record?.psd === 'y' && step.domain !== start));
  if (stop?.record?.psd === 'n') return stop.domain;
  if (stop !== undefined)
    return start
      .split('.')
      .slice(-(stop.domain.split('.').length + 1))
      .join('.');
  return found.at(-1)?.domain ?? start;
}

/** RFC 9989 section 4.10.1: the domain's own record, else that of its organizational domain, else that of the public suffix above it. */
function governingOf(start: string, organizational: string | null, steps: readonly WalkStep[]): Discovery['governing'] {
  const at = (domain: string | null | undefined, source: 'own' | 'organizational' | 'public-suffix') => {
    const record = steps.find((step) => step.domain === domain)?.record;
    return record && domain ? { record, domain, source } : null;
  };
  const suffix = steps.find((step) => step.record?.psd === 'y' && step.domain !== start)?.domain;
  if (steps[0]?.kind === 'error') return null;
  return (
    at(start, 'own') ??
    at(organizational, 'organizational') ??
    (organizational === null ? null : at(suffix, 'public-suffix'))
  );
}
