import { Temporal } from 'temporal-polyfill';
import table from '../data/due.json' with { type: 'json' };
import { linesOfLot, notApplicableIn } from './guards.ts';
import type { Dropped, Obligation } from './purchase/contract.ts';
import type { DemandLine } from './purchase/demand.ts';
import type { Purchase } from './purchase/purchase.ts';
import { dayIn, endOfDay, isLate } from './time/deadline.ts';

export interface Signing {
  lot: string;
  offer: string;
  from: string;
  to: string;
  /** Who answers for an obligation that `owners` does not name. */
  owner: string;
  owners: readonly { requirement: string; owner: string }[];
  dropped: readonly { requirement: string; reason: string }[];
}

/**
 * The obligations of which something is still to be shown, the next first. Once the contract has ended nothing is repeated any more: what was
 * due by then is owed, and the duties at the end.
 */
export function owedObligations({ obligations, ended, description }: Purchase): Obligation[] {
  const last = ended && dayIn(ended.at, description.zone);
  return obligations
    .filter(({ state, kind, due }) => state === 'open' && (last === null || kind === 'exit' || due <= last))
    .toSorted((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
}

/** Has the day passed on which an obligation was to be shown? The day itself is in time, to its end in the purchase's zone. */
export function isOverdue({ description }: Purchase, { state, due }: Obligation, at: string): boolean {
  return state === 'open' && isLate(at, endOfDay(due, description.zone));
}

type Repeat = NonNullable<Obligation['every']>;
const DATE_UNITS = ['days', 'weeks', 'months', 'years'] as const;

/**
 * What a contract makes of its lot's demand: an obligation for each clause, one more for a duty at the end, and a list of what was demanded
 * once and is no clause, with why. `demanded` holds all requirements, those that a corrigendum took out too.
 */
export function obligationsOf(
  purchase: Purchase,
  signing: Signing,
): { obligations: Obligation[]; dropped: Dropped[]; demanded: string[] } {
  const { lot, offer } = signing;
  const lines = linesOfLot(purchase, lot);
  const contents = purchase.offers.find(({ id }) => id === offer)?.opened?.contents ?? null;
  const obligations: Obligation[] = [];
  const dropped: Dropped[] = [];
  const drop = (requirement: string, because: Dropped['because'], reason: string): void => {
    dropped.push({ lot, offer, requirement, because, reason });
  };
  const standing = new Set((purchase.demand?.lines ?? []).map(({ id }) => id));
  const gone = new Map<string, string>();
  for (const { removed, reason } of purchase.corrigenda)
    for (const id of removed) if (!standing.has(id)) gone.set(id, reason);
  for (const [id, reason] of gone) drop(id, 'changed-by-corrigendum', reason);
  for (const line of lines) {
    const left = signing.dropped.find(({ requirement }) => requirement === line.id);
    const out = notApplicableIn(purchase, lot).find((one) => one.requirement === line.id);
    const deviation = purchase.deviations.find((one) => one.offer === offer && one.requirement === line.id);
    if (left) drop(line.id, 'dropped-at-signing', left.reason);
    else if (out) drop(line.id, 'not-applicable', out.reason);
    else {
      // What was demanded is shown as dropped; what was agreed instead is an obligation all the same.
      const instead =
        deviation?.status === 'agreed'
          ? deviation.counter
          : deviation?.status === 'accepted'
            ? deviation.proposal
            : null;
      if (instead !== null) drop(line.id, 'deviation-accepted', deviation?.steps.at(-1)?.reason ?? '');
      const offered = contents?.offered.find(({ requirement }) => requirement === line.id)?.value ?? null;
      for (const one of obligationsFor(bound(line, instead === null ? offered : null), signing, instead))
        obligations.push({ id: `${line.id}.${purchase.obligations.length + obligations.length + 1}`, ...one });
    }
  }
  return { obligations, dropped, demanded: [...lines.map(({ id }) => id), ...gone.keys()] };
}

/**
 * A line with the offered value where it is better than the demanded one: the answers of an offer are part of the contract. One that makes no
 * time any more (less than one of its unit) leaves the demanded time, so that a better offer never ends in a lesser obligation.
 */
function bound(line: DemandLine, offered: number | null): DemandLine {
  const { measure } = line;
  if (measure === null || offered === null) return line;
  return {
    ...line,
    parameters: line.parameters.map((one) => {
      if (one.id !== measure.parameter) return one;
      const value = measure.better === 'lower' ? Math.min(one.value, offered) : Math.max(one.value, offered);
      const better = { ...one, value };
      const isTime = repeatOf(line.id, one) !== null || lengthOf(one) !== null;
      return isTime && (repeatOf(line.id, better) ?? lengthOf(better)) === null ? one : better;
    }),
  };
}

function obligationsFor(line: DemandLine, signing: Signing, instead: string | null): Omit<Obligation, 'id'>[] {
  const { lot, offer, owner, owners, from, to } = signing;
  const base = {
    lot,
    offer,
    requirement: line.id,
    owner: owners.find(({ requirement }) => requirement === line.id)?.owner ?? owner,
    evidence: line.evidence,
    instead,
    state: 'open' as const,
    history: [],
  };
  const made: Omit<Obligation, 'id'>[] = [];
  for (const one of line.parameters) {
    const every = repeatOf(line.id, one);
    if (every) made.push({ ...base, kind: 'kept', due: nextDue(from, every, to), every, from: one.id });
  }
  const once = line.parameters.filter((one) => table.within.includes(`${line.id}.${one.id}`));
  for (const one of once) {
    const length = lengthOf(one);
    if (length) made.push({ ...base, kind: 'once', due: nextDue(from, length, to), every: null, from: one.id });
  }
  if (made.length === 0 && line.phases.includes('operation')) {
    const every: Repeat = { count: table.otherwise.months, unit: 'months' };
    made.push({ ...base, kind: 'kept', due: nextDue(from, every, to), every, from: null });
  } else if (made.length === 0 && !line.exit) {
    // Shown at delivery, or at the latest when the contract begins.
    made.push({ ...base, kind: 'once', due: from, every: null, from: null });
  }
  if (line.exit) {
    const ahead = line.parameters.find((one) => table.beforeEnd.includes(`${line.id}.${one.id}`));
    const length = ahead ? lengthOf(ahead) : null;
    const due = length ? before(to, length, from) : to;
    made.push({ ...base, kind: 'exit', due, every: null, from: length && ahead ? ahead.id : null });
  }
  return made;
}

/** After which time a parameter makes its proof due again; null where it is no such time. Which are, is data. */
function repeatOf(requirement: string, parameter: DemandLine['parameters'][number]): Repeat | null {
  const name = `${requirement}.${parameter.id}`;
  if (table.perYear.includes(name) && parameter.value >= 1)
    return { count: Math.max(1, Math.floor(365 / parameter.value)), unit: 'days' };
  return table.every.includes(name) ? lengthOf(parameter) : null;
}

function lengthOf({ value, unit }: DemandLine['parameters'][number]): Repeat | null {
  const known = DATE_UNITS.find((one) => one === unit);
  return known && value >= 1 ? { count: Math.min(Math.floor(value), LONGEST[known]), unit: known } : null;
}

/** A hundred years: longer than any contract, and within every calendar. */
const LONGEST = { days: 36_500, weeks: 5200, months: 1200, years: 100 };

/** The day on which a proof is due next: that long after `day`, or for the last time at the end of the contract. */
export function nextDue(day: string, { count, unit }: Repeat, end: string): string {
  const next = Temporal.PlainDate.from(day).add({ [unit]: count });
  // Not as texts: a year of five digits sorts before all others.
  return Temporal.PlainDate.compare(next, end) < 0 ? next.toString() : end;
}

function before(day: string, { count, unit }: Repeat, notBefore: string): string {
  const at = Temporal.PlainDate.from(day).subtract({ [unit]: count });
  return Temporal.PlainDate.compare(at, notBefore) < 0 ? notBefore : at.toString();
}
