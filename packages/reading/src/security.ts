import { type Analysis, type Clause, hasCue, quoteAt, topicsOf } from './analysis.ts';
import { isDemand } from './features.ts';
import type { Judgement } from './judgement.ts';
import type { Strength } from './statements.ts';
import type { Reading, SecurityValue, Topic } from './types.ts';
import { TOPICS } from './types.ts';

const QUOTES_SHOWN = 6;
const QUOTES_PER_TOPIC = 3;

interface Statement {
  clause: Clause;
  judgement: Judgement;
  weight: number;
}

/**
 * The second answer. `any` and `substantive` are the classifier's; the clauses say which value, and are its evidence. A value
 * without a clause to show is lowered to `none`.
 */
export function securityAnswer(
  analysis: Analysis,
  judgements: readonly Judgement[],
  strength: readonly Strength[],
  verdict: { any: boolean; substantive: boolean },
): Reading['security'] {
  const nothing: Reading['security'] = { value: 'none', topics: [], sections: [], evidence: [] };
  if (!verdict.any) return nothing;
  const statements = statementsOf(analysis, judgements, strength);
  if (statements.length === 0) return nothing;
  const value = securityValue(statements, verdict.substantive);
  return {
    value,
    topics: topicsIn(analysis, statements),
    sections: sectionsOf(analysis, statements),
    evidence: best(statements, value, QUOTES_SHOWN).map(({ clause }) => quoteAt(analysis, clause)),
  };
}

const WEIGHT: Record<Strength, number> = { none: 0, near: 1, word: 2, strong: 3 };

function statementsOf(
  analysis: Analysis,
  judgements: readonly Judgement[],
  strength: readonly Strength[],
): Statement[] {
  const statements: Statement[] = [];
  for (const clause of analysis.clauses) {
    const weight = WEIGHT[strength[clause.index] as Strength];
    if (weight > 0) statements.push({ clause, judgement: judgements[clause.index] as Judgement, weight });
  }
  return statements;
}

function securityValue(statements: readonly Statement[], substantive: boolean): SecurityValue {
  const own = statements.filter(({ judgement }) => !judgement.bidding);
  if (!substantive) {
    return own.some(
      ({ clause, judgement }) => isDemand(judgement) && (hasCue(clause, 'vague') || judgement.modality === 'should'),
    )
      ? 'aspiration'
      : 'passing';
  }
  const demands = own.filter(({ judgement }) => isDemand(judgement));
  const measures = demands.filter(({ clause }) => namesMeasure(clause));
  if (measures.length === 0)
    return demands.length > 0 || own.some(({ clause }) => hasCue(clause, 'process')) ? 'process' : 'requirement';
  const proven = measures.some(({ judgement }) => judgement.proof || judgement.sanction);
  return proven ? 'proof' : 'requirement';
}

/** Topics whose strong words name a thing to do or to have, and not a duty to think about it. */
const MEASURE_TOPICS: ReadonlySet<Topic> = new Set<Topic>(
  TOPICS.filter((topic) => topic !== 'other' && topic !== 'audit-compliance'),
);

function namesMeasure(clause: Clause): boolean {
  return clause.hits.some(
    ({ sign }) => sign.cue === 'security' && sign.weight === 3 && MEASURE_TOPICS.has(sign.topic as Topic),
  );
}

/**
 * Topics that carry weight in the document: one demand or heading, or two other clauses. `other` stands only where there is no
 * other topic.
 */
function topicsIn(analysis: Analysis, statements: readonly Statement[]): Reading['security']['topics'] {
  const byTopic = new Map<Topic, { statements: Statement[]; weight: number }>();
  let total = 0;
  for (const statement of statements) {
    const kind = analysis.document.blocks[statement.clause.block]?.kind;
    const weight = isDemand(statement.judgement) || kind === 'heading' || kind === 'title' ? 2 : 1;
    total += weight;
    for (const topic of new Set(topicsOf(statement.clause))) {
      const strong = statement.clause.hits.some(({ sign }) => sign.topic === topic && sign.weight === 3);
      if (!strong && !(statement.clause.section.security && isDemand(statement.judgement))) continue;
      const entry = byTopic.get(topic) ?? { statements: [], weight: 0 };
      entry.statements.push(statement);
      entry.weight += strong ? weight : weight / 2;
      byTopic.set(topic, entry);
    }
  }
  const needed = Math.min(LEAST_TOPIC_WEIGHT, total);
  const carried = TOPICS.filter((topic) => topic !== 'other' && (byTopic.get(topic)?.weight ?? 0) >= needed);
  const first: Topic = [...byTopic.keys()][0] ?? 'other';
  return (carried.length > 0 ? carried : [first]).map((topic) => ({
    topic,
    evidence: best(byTopic.get(topic)?.statements ?? statements, 'requirement', QUOTES_PER_TOPIC).map(({ clause }) =>
      quoteAt(analysis, clause),
    ),
  }));
}

/** One demand, or two clauses that ask nothing. */
const LEAST_TOPIC_WEIGHT = 1.5;

/** Headings about security, and headings over several security clauses, in order of the document. */
function sectionsOf(analysis: Analysis, statements: readonly Statement[]): Reading['security']['sections'] {
  const counts = new Map<number, number>();
  for (const { clause, weight } of statements) {
    if (clause.section.block >= 0)
      counts.set(clause.section.block, (counts.get(clause.section.block) ?? 0) + (weight >= 3 ? 2 : 1));
  }
  const sections: Reading['security']['sections'] = [];
  for (const [block, count] of [...counts].sort((a, b) => a[0] - b[0])) {
    const section = analysis.sections.get(block);
    if (!section || (count < 2 && !section.security)) continue;
    const { start, end, page } = analysis.document.blocks[block] ?? { start: 0, end: 0 };
    sections.push({ heading: analysis.document.text.slice(start, end).replace(/\s+/g, ' '), page: page ?? null });
  }
  return sections;
}

/** The clauses that show the value best: demands first, then strong words, in order of the document. */
function best(statements: readonly Statement[], value: SecurityValue, most: number): Statement[] {
  return [...statements]
    .map((statement) => ({ statement, score: scoreOf(statement, value) }))
    .sort((a, b) => b.score - a.score || a.statement.clause.start - b.statement.clause.start)
    .slice(0, most)
    .map(({ statement }) => statement)
    .sort((a, b) => a.clause.start - b.clause.start);
}

function scoreOf({ clause, judgement, weight }: Statement, value: SecurityValue): number {
  const length = clause.end - clause.start;
  const strong = clause.hits.filter(({ sign }) => sign.cue === 'security' && sign.weight === 3).length;
  return (
    weight +
    Math.min(strong, 4) +
    (isDemand(judgement) ? 3 : 0) +
    (value === 'proof' && (judgement.proof || judgement.sanction) ? 3 : 0) +
    (namesMeasure(clause) ? 1 : 0) -
    (judgement.bidding ? 3 : 0) -
    (length < 30 || length > 500 ? 2 : 0)
  );
}
