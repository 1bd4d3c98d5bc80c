import { type Analysis, type Clause, hasCue, quoteAt, topicsOf } from './analysis.ts';
import { isDemand } from './features.ts';
import type { Judgement } from './judgement.ts';
import type { Strength } from './statements.ts';
import type { Quote, Reading, SecurityValue, Topic } from './types.ts';
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
    evidence: distinct(best(statements, value, statements.length).map(({ clause }) => quoteAt(analysis, clause))).slice(
      0,
      QUOTES_SHOWN,
    ),
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
  const isShown = (value: SecurityValue): boolean => statements.some((statement) => shows(statement, value));
  if (!substantive) return isShown('aspiration') ? 'aspiration' : 'passing';
  if (isShown('proof')) return 'proof';
  if (isShown('requirement')) return 'requirement';
  return isShown('process') ? 'process' : 'requirement';
}

/** Whether a statement makes a value by itself; what is said of handing in the offer never does. */
function shows({ clause, judgement }: Statement, value: SecurityValue): boolean {
  if (judgement.bidding) return false;
  const demand = isDemand(judgement);
  switch (value) {
    case 'aspiration':
      return demand && (hasCue(clause, 'vague') || judgement.modality === 'should');
    case 'process':
      return demand || hasCue(clause, 'process');
    case 'requirement':
      return demand && namesMeasure(clause);
    case 'proof':
      return demand && namesMeasure(clause) && (judgement.proof || judgement.sanction);
    default:
      return false;
  }
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

/**
 * The clauses that show the value best, best first: whoever reads one quote must see why the value was given. Equals stand in order
 * of the document.
 */
function best(statements: readonly Statement[], value: SecurityValue, most: number): Statement[] {
  return statements
    .map((statement) => ({ statement, score: scoreOf(statement, value) }))
    .sort((a, b) => b.score - a.score || a.statement.clause.start - b.statement.clause.start)
    .slice(0, most)
    .map(({ statement }) => statement);
}

/** Each wording once: a heading is often the sentence under it. */
function distinct(quotes: readonly Quote[]): Quote[] {
  const seen = new Set<string>();
  return quotes.filter(({ text }) => {
    const wording = text
      .replace(/\P{L}+/gu, ' ')
      .trim()
      .toLowerCase();
    if (seen.has(wording)) return false;
    seen.add(wording);
    return true;
  });
}

/** More than all else that a clause can score. */
const SHOWS = 12;

function scoreOf(statement: Statement, value: SecurityValue): number {
  const { clause, judgement, weight } = statement;
  const length = clause.end - clause.start;
  const strong = clause.hits.filter(({ sign }) => sign.cue === 'security' && sign.weight === 3).length;
  return (
    weight +
    Math.min(strong, 4) +
    (isDemand(judgement) ? 3 : 0) +
    (shows(statement, value) ? SHOWS : 0) +
    (namesMeasure(clause) ? 1 : 0) -
    (judgement.bidding ? 3 : 0) -
    (length < 30 || length > 500 ? 2 : length > 240 ? 1 : 0)
  );
}
