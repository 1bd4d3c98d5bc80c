import { type Facts, holds, type Orders } from './condition.ts';
import type { Context, Departure } from './context.ts';
import { cheapestCover } from './cover.ts';
import { ordersOf } from './facts.ts';
import { factsOfContext } from './purchase-facts.ts';
import { LEVEL_OF, type RatedRisk, rateRisks } from './rate.ts';
import { LEVELS, type Level, RATINGS, type Rating } from './scales.ts';
import type { Asked, Catalogue, Requirement } from './schema.ts';
import { sharesOf } from './shares.ts';

/** Why a requirement is in: a need of a risk, a law, the scope of a standard, or the organisation's own wish. */
export type Reason =
  /** `only`: of what was chosen, nothing else answers this need. */
  | { kind: 'risk'; risk: string; need: string; rating: Rating; only: boolean }
  | { kind: 'law'; law: string; ref: string; level: Level }
  | { kind: 'standard'; standard: string }
  /** The organisation asks for it in purchases of these types; null: in every purchase. */
  | { kind: 'own'; types: string[] | null }
  | { kind: 'added' };

/** Why a requirement is out. */
export type Exclusion =
  | { kind: 'not-applicable'; because: 'kind' | 'condition' }
  /** Its risks are absent, or rated lower than the rating from which they call for it. */
  | { kind: 'no-need'; risks: { risk: string; rating: Rating | null; from: Rating }[] }
  | { kind: 'answered-otherwise'; by: string[] }
  /** The organisation's own, and asked for in purchases of these types only; null: only where somebody adds it. */
  | { kind: 'not-asked'; types: string[] | null }
  | { kind: 'left-out'; departure: number };

export interface Demanded {
  id: string;
  level: Level;
  /** Thousandths of the whole; all weights add up to 1000. */
  weight: number;
  knockout: boolean;
  parameters: Record<string, number>;
  reasons: Reason[];
  notes: Note[];
  /** Indices into the context's departures that shaped it. */
  departures: number[];
}

/** On proportion: ids of messages that say it in words. */
export type Note =
  | { kind: 'capped-by-value'; from: Level }
  | { kind: 'law-parameter'; law: string; parameter: string; value: number };

export interface Demand {
  schema: 'proviso.demand/1';
  catalogue: { edition: string; hash: string };
  context: Context;
  laws: string[];
  risks: (RatedRisk & { needs: { id: string; answeredBy: string[] }[] })[];
  requirements: Demanded[];
  excluded: { id: string; exclusion: Exclusion }[];
  /** Entries of the standards list whose functional scope the purchase falls in. */
  standards: string[];
  /** Needs that nothing in the demand answers: what a departure, or the catalogue, leaves open. */
  open: { risk: string; need: string; rating: Rating }[];
  /** False only where the search for the smallest set was stopped early. */
  smallest: boolean;
}

interface ActiveNeed {
  risk: RatedRisk;
  need: string;
  answers: string[];
}

/**
 * From a purchase's context to the smallest set of requirements that answers its risks, with a reason for everything that is in and
 * everything that is out. Pure: the same context and catalogue give the same demand.
 */
export function derive(context: Context, catalogue: Catalogue): Demand {
  const orders = ordersOf(catalogue);
  const laws = lawsOf(context, catalogue, orders);
  const facts = factsOfContext(context, laws);
  const left = new Map<string, number>();
  context.departures.forEach((one, i) => {
    if (one.kind === 'leave-out') left.set(one.requirement, i);
  });
  const added = context.departures.filter(({ kind }) => kind === 'add').map(({ requirement }) => requirement);
  const hurdles = new Map(catalogue.requirements.map((one) => [one.id, hurdleOf(one, added, facts, orders)]));
  const able = (id: string): boolean => hurdles.get(id) === null;
  const usable = catalogue.requirements.filter(({ id }) => able(id) && !left.has(id));
  const index = new Map(usable.map(({ id }, i) => [id, i]));

  const risks = rateRisks(catalogue, facts, orders);
  const needs = activeNeeds(catalogue, risks, able, facts, orders);
  const duties = lawDuties(catalogue, laws, facts, orders);
  const scoped = catalogue.standards.filter(({ when }) => holds(when, facts, orders));

  const forced = [
    ...duties.map(({ requirement }) => requirement),
    ...scoped.map(({ requirement }) => requirement),
    ...added,
    ...usable.filter(({ own }) => own).map(({ id }) => id),
  ]
    .map((id) => index.get(id))
    .filter((at) => at !== undefined);
  const { chosen, proven } = cheapestCover({
    costs: usable.map(({ burden }) => burden),
    needs: needs.map(({ answers }) => answers.map((id) => index.get(id)).filter((at) => at !== undefined)),
    forced,
  });
  const picked = new Set(chosen.map((at) => usable[at]?.id ?? ''));

  const demanded = chosen.map((at) => {
    const requirement = usable[at] as Requirement;
    return demandedOf(requirement, { context, facts, needs, duties, scoped, added, picked });
  });
  const weights = sharesOf(
    demanded.map((one) => worth(one, needs, picked)),
    1000,
  );
  return {
    schema: 'proviso.demand/1',
    catalogue: { edition: catalogue.edition.edition, hash: catalogue.hash },
    context,
    laws,
    risks: risks.map((risk) => ({
      ...risk,
      needs: needs
        .filter((need) => need.risk === risk)
        .map(({ need, answers }) => ({ id: need, answeredBy: answers.filter((id) => picked.has(id)) })),
    })),
    requirements: demanded.map((one, i) => ({ ...one, weight: weights[i] ?? 0 })),
    excluded: catalogue.requirements
      .filter(({ id, retired }) => !picked.has(id) && !retired)
      .map((one) => ({ id: one.id, exclusion: exclusionOf(one) })),
    standards: scoped.map(({ id }) => id),
    open: needs
      .filter(({ answers }) => !answers.some((id) => picked.has(id)))
      .map(({ risk, need }) => ({ risk: risk.id, need, rating: risk.rating })),
    smallest: proven,
  };

  function exclusionOf(one: Requirement): Exclusion {
    const departure = left.get(one.id);
    if (departure !== undefined) return { kind: 'left-out', departure };
    const because = hurdles.get(one.id) ?? null;
    if (because === 'not-asked') return { kind: 'not-asked', types: typesOf(one) };
    if (because !== null) return { kind: 'not-applicable', because };
    const by = new Set(
      needs
        .filter(({ answers }) => answers.includes(one.id))
        .flatMap(({ answers }) => answers.filter((id) => picked.has(id))),
    );
    if (by.size > 0) return { kind: 'answered-otherwise', by: [...by].sort() };
    return {
      kind: 'no-need',
      risks: catalogue.risks.flatMap((risk) =>
        risk.needs
          .filter(({ answers }) => answers.includes(one.id))
          .map(({ from }) => ({
            risk: risk.id,
            rating: risks.find(({ id }) => id === risk.id)?.rating ?? null,
            from,
          })),
      ),
    };
  }
}

/** Laws presumed to apply, with those the buyer adds and without those it takes out. */
function lawsOf(context: Context, catalogue: Catalogue, orders: Orders): string[] {
  const facts = factsOfContext(context, []);
  return catalogue.laws
    .filter(({ id, when }) => context.laws.add.includes(id) || holds(when, facts, orders))
    .map(({ id }) => id)
    .filter((id) => !context.laws.remove.includes(id));
}

/** Null where a requirement can apply to the purchase, else what keeps it out. */
function hurdleOf(
  one: Requirement,
  added: readonly string[],
  facts: Facts,
  orders: Orders,
): 'kind' | 'condition' | 'not-asked' | null {
  if (one.retired) return 'condition';
  if (!holds({ kinds: one.applies }, facts)) return 'kind';
  if (!holds(one.when, facts, orders)) return 'condition';
  return one.own === undefined || isAsked(one.own.asked, facts) || added.includes(one.id) ? null : 'not-asked';
}

/** Does the organisation ask for it in such a purchase by itself? */
function isAsked(asked: Asked, facts: Facts): boolean {
  return asked === 'always' || (asked !== 'by-hand' && holds({ types: asked }, facts));
}

const typesOf = ({ own }: Requirement): string[] | null => (Array.isArray(own?.asked) ? own.asked : null);

function activeNeeds(
  catalogue: Catalogue,
  risks: readonly RatedRisk[],
  able: (requirement: string) => boolean,
  facts: Facts,
  orders: Orders,
): ActiveNeed[] {
  return risks.flatMap((risk) => {
    const entry = catalogue.risks.find(({ id }) => id === risk.id);
    return (
      (entry?.needs ?? [])
        .filter(({ from, when }) => RATINGS.indexOf(risk.rating) >= RATINGS.indexOf(from) && holds(when, facts, orders))
        // A need that nothing in this kind of purchase can answer (signed firmware of a consultant) is no need of it.
        .filter(({ answers }) => answers.some(able))
        .map(({ id, answers }) => ({ risk, need: id, answers: answers.filter(able) }))
    );
  });
}

interface Duty {
  law: string;
  requirement: string;
  ref: string;
  level: Level;
  parameters: Record<string, number>;
}

function lawDuties(catalogue: Catalogue, laws: readonly string[], facts: Facts, orders: Orders): Duty[] {
  return catalogue.laws
    .filter(({ id }) => laws.includes(id))
    .flatMap(({ id, requires }) =>
      requires
        .filter(({ when }) => holds(when, facts, orders))
        .map(({ requirement, ref, level, parameters = {} }) => ({ law: id, requirement, ref, level, parameters })),
    );
}

interface Ground {
  context: Context;
  facts: Facts;
  needs: readonly ActiveNeed[];
  duties: readonly Duty[];
  scoped: readonly { id: string; requirement: string }[];
  added: readonly string[];
  picked: ReadonlySet<string>;
}

function demandedOf(requirement: Requirement, ground: Ground): Demanded {
  const { id } = requirement;
  const needs = ground.needs.filter(({ answers }) => answers.includes(id));
  const duties = ground.duties.filter((duty) => duty.requirement === id);
  const { own: ours } = requirement;
  const reasons: Reason[] = [
    ...(ours && isAsked(ours.asked, ground.facts) ? [{ kind: 'own' as const, types: typesOf(requirement) }] : []),
    ...duties.map(({ law, ref, level }) => ({ kind: 'law' as const, law, ref, level })),
    ...ground.scoped
      .filter((entry) => entry.requirement === id)
      .map((entry) => ({ kind: 'standard' as const, standard: entry.id })),
    ...needs.map(({ risk, need, answers }) => ({
      kind: 'risk' as const,
      risk: risk.id,
      need,
      rating: risk.rating,
      only: answers.filter((one) => ground.picked.has(one)).length === 1,
    })),
    ...(ground.added.includes(id) ? [{ kind: 'added' as const }] : []),
  ];
  const notes: Note[] = [];
  const departures: number[] = [];
  const own = (kind: Departure['kind']): [Departure, number][] =>
    ground.context.departures
      .map((one, i): [Departure, number] => [one, i])
      .filter(([one]) => one.requirement === id && one.kind === kind);

  let level = levelFor(needs, duties, ground.context, notes);
  for (const [one, at] of [...own('add'), ...own('set-level')]) {
    if (one.level) level = one.level;
    departures.push(at);
  }
  const parameters = parametersFor(requirement, level, duties, notes);
  for (const [{ parameter, value }, at] of own('set-parameter')) {
    if (parameter !== undefined && value !== undefined) parameters[parameter] = value;
    departures.push(at);
  }
  const weighty = duties.length > 0 || needs.some(({ risk }) => risk.rating === 'high' || risk.rating === 'critical');
  // What an organisation wrote for itself it has weighed already.
  const knockout = requirement.knockout && (weighty || ours !== undefined);
  return { id, level, weight: 0, knockout, parameters, reasons, notes, departures };
}

/** The highest level that a risk or law calls for; a small purchase of little weight is spared the highest. */
function levelFor(needs: readonly ActiveNeed[], duties: readonly Duty[], context: Context, notes: Note[]): Level {
  const highest = (levels: readonly Level[]): Level =>
    LEVELS[Math.max(0, ...levels.map((level) => LEVELS.indexOf(level)))] ?? 'basic';
  const byRisk = highest(needs.map(({ risk }) => LEVEL_OF[risk.rating]));
  const byLaw = highest(duties.map(({ level }) => level));
  const small = context.valueBand === 'small' && context.criticality !== 'vital';
  if (small && LEVELS.indexOf(byRisk) > LEVELS.indexOf('standard')) {
    notes.push({ kind: 'capped-by-value', from: byRisk });
    return highest(['standard', byLaw]);
  }
  return highest([byRisk, byLaw]);
}

/** The level's value, or the stricter one that a law fixes; which way is stricter shows in the values themselves. */
function parametersFor(
  requirement: Requirement,
  level: Level,
  duties: readonly Duty[],
  notes: Note[],
): Record<string, number> {
  const parameters: Record<string, number> = {};
  for (const { id, values, range } of requirement.parameters) {
    const lower = values.advanced < values.basic;
    let value = values[level];
    for (const { law, parameters: fixed } of duties) {
      const wanted = fixed[id];
      if (wanted === undefined) continue;
      const stricter = lower ? Math.min(value, wanted) : Math.max(value, wanted);
      if (stricter !== value) notes.push({ kind: 'law-parameter', law, parameter: id, value: stricter });
      value = stricter;
    }
    parameters[id] = Math.min(range[1], Math.max(range[0], value));
  }
  return parameters;
}

/** Each need gives its risk's score, shared among those that answer it; any other reason counts as a medium risk. */
function worth(one: Demanded, needs: readonly ActiveNeed[], picked: ReadonlySet<string>): number {
  const fromNeeds = needs
    .filter(({ answers }) => answers.includes(one.id))
    .reduce((sum, { risk, answers }) => sum + risk.score / answers.filter((id) => picked.has(id)).length, 0);
  return fromNeeds + 6 * one.reasons.filter(({ kind }) => kind !== 'risk').length;
}
