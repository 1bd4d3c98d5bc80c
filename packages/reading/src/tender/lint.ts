import { type Catalogue, type Context, type Demand, derive, type Language, underEuLaw } from '@proviso/catalogue';
import { loadMessages, say } from '../messages.ts';
import type { Level } from '../rules/rule.ts';
import type { Finding } from '../types.ts';
import type { Dossier, DossierFound } from './dossier/dossier-rule.ts';
import { DOSSIER_RULES } from './dossier/index.ts';
import { type Inferred, inferPurchase } from './purchase.ts';
import { asksSuppliers, type CoverageMatch, type TenderFacts } from './tender-facts.ts';

/** A finding with what a whole tender adds to it. */
export interface TenderFinding extends Finding {
  /** Path of the part it is shown in. */
  path: string;
  /** 0 to 1 where it rests on matching clauses with requirements. */
  confidence?: number;
  /** Requirement of the catalogue whose clause would mend it. */
  requirement?: string;
  /** It is about what the tender does not ask: its words are only where it is shown, and the requirement's clause may be proposed. */
  absent?: true;
}

/** A requirement that the purchase would call for, and how far the dossier asks for it. */
export interface CoverageRow {
  requirement: string;
  weight: number;
  match: (CoverageMatch & { path: string }) | null;
}

export interface DossierLint {
  findings: TenderFinding[];
  /** Empty where it cannot be told what is bought. */
  coverage: CoverageRow[];
  demand: Demand | null;
  /** What was guessed about the purchase; null where a context was given, or nothing could be told. */
  inferred: Inferred | null;
  /** Why absence was not judged, where it was not. */
  notJudged: 'unread' | 'no-procurement' | 'no-ict' | 'no-requirements' | 'language' | 'purchase-unknown' | null;
}

export interface LintContext {
  catalogue: Catalogue;
  /** What the buyer says of the purchase; inferred from the documents where it is absent. */
  purchase: Context | null;
  /** ISO 3166 alpha-2, where known. */
  country: string | null;
  language: Language;
}

/** A stated value below this is a small purchase, in euro: where the Dutch comply-or-explain duty begins. */
const SMALL_VALUE = 50_000;

/**
 * Judges several files, those that could be read, as one tender: contradictions between them, and what none of them says. Pure. Findings on single documents come
 * from `lintDocument`.
 */
export function lintDossier(parts: readonly TenderFacts[], context: LintContext): DossierLint {
  const judged = parts.filter(({ language }) => language !== null);
  const { catalogue, purchase } = context;
  const inferred = purchase ? null : inferPurchase(judged, context.country);
  const known = purchase ?? inferred?.context ?? null;
  const demand = known ? derive(known, catalogue) : null;
  const dossier = dossierOf(judged, demand, known, context);
  const eu = underEuLaw(known?.country ?? context.country ?? '');
  const findings = DOSSIER_RULES.filter(({ jurisdiction }) => jurisdiction === undefined || eu).flatMap((rule) =>
    rule.check(dossier).map((found) => findingOf(rule.id, rule.level, found, context.language)),
  );
  return {
    findings,
    coverage: (demand?.requirements ?? []).map(({ id, weight }) => {
      const best = dossier.best(id);
      if (best === null) return { requirement: id, weight, match: null };
      const { part, ...match } = best;
      return { requirement: id, weight, match: { ...match, path: part.path } };
    }),
    demand,
    inferred,
    notJudged: whyNot(parts, judged, demand),
  };
}

function dossierOf(
  parts: readonly TenderFacts[],
  demand: Demand | null,
  known: Context | null,
  { catalogue, language, purchase }: LintContext,
): Dossier {
  const best = new Map<string, CoverageMatch & { part: TenderFacts }>();
  for (const part of parts)
    for (const match of part.coverage) {
      const rival = best.get(match.requirement);
      if (!rival || rival.confidence < match.confidence) best.set(match.requirement, { ...match, part });
    }
  const unfit = new Set(
    (demand?.excluded ?? [])
      .filter(({ exclusion: { kind } }) => kind === 'not-applicable' || kind === 'left-out')
      .map(({ id }) => id),
  );
  const stated = parts.map(({ value }) => value).filter((value) => value !== null);
  return {
    parts,
    demand,
    catalogue,
    language,
    best: (id) => best.get(id) ?? null,
    applies: (id) => !unfit.has(id),
    guessed: purchase === null,
    small: stated.length > 0 ? Math.max(...stated) < SMALL_VALUE : known?.valueBand === 'small',
  };
}

function whyNot(
  parts: readonly TenderFacts[],
  judged: readonly TenderFacts[],
  demand: Demand | null,
): DossierLint['notJudged'] {
  if (parts.length === 0) return 'unread';
  if (judged.length === 0) return 'language';
  if (!judged.some(({ isProcurement }) => isProcurement)) return 'no-procurement';
  if (!judged.some(asksSuppliers)) return judged.some(({ concernsIct }) => concernsIct) ? 'no-requirements' : 'no-ict';
  return demand === null ? 'purchase-unknown' : null;
}

function findingOf(rule: string, level: Level, found: DossierFound, language: Language): TenderFinding {
  const messages = loadMessages(language);
  const values = { words: found.quote.text, ...found.values };
  return {
    rule,
    level,
    message: say(messages, rule, found.variant ?? 'message', values),
    fix: say(messages, rule, 'fix', values) || null,
    ...found.quote,
    path: found.part.path,
    ...(found.confidence === undefined ? {} : { confidence: found.confidence }),
    ...(found.requirement === undefined ? {} : { requirement: found.requirement }),
    ...(found.absent ? { absent: true } : {}),
  };
}
