import table from '../data/procedures.json' with { type: 'json' };

export type ProcedureId = 'open' | 'restricted' | 'negotiated' | 'framework' | 'call-off';
export const PROCEDURES = ['open', 'restricted', 'negotiated', 'framework', 'call-off'] as const;
export type Stage = 'selection' | 'tender';
/** What shortens a period; each needs its own ground in law. */
export type Circumstance = 'electronic' | 'prior-information' | 'urgent';

export interface Period {
  when: Circumstance[];
  days: number;
  source: string;
  confidence: string;
}

export interface Procedure {
  id: ProcedureId;
  source: string;
  confidence: string;
  stages: Stage[];
  /** May offers be negotiated and handed in again? */
  rounds: boolean;
  leastCandidates: { count: number; source: string; confidence: string } | null;
  mostMonths: { count: number; source: string; confidence: string } | null;
  periods: { selection?: Period[]; tender: Period[]; round?: Period[] };
  /** False where the directive lets a contract follow at once, and only where national law does so too. */
  standstill: boolean;
}

export const procedures = table.procedures as Procedure[];
export const standstill = table.standstill;
/** Last moment for answers before the closing: Directive 2014/24/EU, Article 47(3)(a). */
export const answerDays = (urgent: boolean): number => table.answers[urgent ? 'urgent' : 'normal'].days;
export const SIGNIFICANCE = ['minor', 'significant', 'fundamental'] as const;
export type Significance = (typeof SIGNIFICANCE)[number];

/** @throws Error for an id that the table does not hold: a purchase's is checked when it is read. */
export function procedureOf(id: ProcedureId): Procedure {
  const found = procedures.find((one) => one.id === id);
  if (!found) throw new Error(`There is no procedure ${id}.`);
  return found;
}

/** The shortest period that the circumstances allow, in calendar days, with the article that says so. */
export function leastPeriod(
  procedure: Procedure,
  stage: Stage | 'round',
  circumstances: readonly Circumstance[],
): Period {
  const open = (procedure.periods[stage] ?? procedure.periods.tender).filter(({ when }) =>
    when.every((one) => circumstances.includes(one)),
  );
  return open.reduce((least, one) => (one.days < least.days ? one : least));
}

/** Days that a corrigendum of this weight leaves suppliers at least, counted from its publication; the share is in the data. */
export function daysAfterCorrigendum(period: Period, significance: Significance): number {
  return Math.ceil(period.days * table.corrigendum[significance].share);
}
