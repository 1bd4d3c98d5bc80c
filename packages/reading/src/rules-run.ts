import { underEuLaw } from '@proviso/catalogue';
import { quoteAt } from './analysis.ts';
import type { Judgement } from './judgement.ts';
import { clauseOf } from './mentions.ts';
import { loadMessages, type MessageLanguage, say } from './messages.ts';
import { RULES } from './rules/index.ts';
import type { Found, Handlers, Level, Rule, RuleContext } from './rules/rule.ts';
import { DOSSIER_RULES } from './tender/dossier/index.ts';
import { TENDER_RULES } from './tender/rules/index.ts';
import type { Finding } from './types.ts';

export interface RuleDescription {
  id: string;
  level: Level;
  /** What it finds. */
  meaning: string;
  /** Why that matters, with the source of the rule. */
  why: string;
  /** What to do. */
  fix: string;
  jurisdiction: 'eu' | null;
  good: string[];
  bad: string[];
}

/** Every rule with its words in a language, for documentation and SARIF: those of a reading, or all that lint a tender. */
export function ruleDescriptions(
  language: MessageLanguage = 'en',
  of: 'reading' | 'tender' = 'reading',
): RuleDescription[] {
  const messages = loadMessages(language);
  const dossier = DOSSIER_RULES.map(({ id, level, jurisdiction, good, bad }) => ({
    id,
    level,
    jurisdiction,
    good: good.map(asText),
    bad: bad.map(asText),
  }));
  return [...RULES, ...(of === 'tender' ? [...TENDER_RULES, ...dossier] : [])].map(
    ({ id, level, jurisdiction, good, bad }) => ({
      id,
      level,
      meaning: say(messages, id, 'meaning'),
      why: say(messages, id, 'why'),
      fix: say(messages, id, 'fix'),
      jurisdiction: jurisdiction ?? null,
      good: good.map(({ text }) => text),
      bad: bad.map(({ text }) => text),
    }),
  );
}

function asText({ files }: { files: Readonly<Record<string, string>> }): { text: string } {
  return { text: Object.values(files).join('\n') };
}

/** Walks the clauses and mentions once, for all rules; findings come in order of the document. */
export function runRules(
  context: Omit<RuleContext, 'report'>,
  language: MessageLanguage,
  rules: readonly Rule[],
): Finding[] {
  const findings: Finding[] = [];
  const eu = underEuLaw(context.country ?? '');
  const active = rules
    .filter(({ jurisdiction }) => jurisdiction === undefined || eu)
    .map((rule) => rule.create({ ...context, report: (found) => findings.push(finding(rule, found)) }));

  function finding(rule: Rule, { clause, start, end, values = {}, variant = 'message' }: Found): Finding {
    const messages = loadMessages(language);
    const quote = quoteAt(context.analysis, clause, start ?? clause.start, end ?? clause.end);
    const all = { words: quote.text, ...values };
    return {
      rule: rule.id,
      level: rule.level,
      message: say(messages, rule.id, variant, { ...all, words: quote.text }),
      fix: say(messages, rule.id, 'fix', all) || null,
      ...quote,
    };
  }

  visit(context, active);
  return findings.sort((a, b) => a.start - b.start);
}

function visit(context: Omit<RuleContext, 'report'>, active: readonly Handlers[]): void {
  const { analysis, judgements, standards } = context;
  let next = 0;
  for (const clause of analysis.clauses) {
    const judgement = judgements[clause.index] as Judgement;
    for (const handlers of active) handlers.clause?.(clause, judgement);
    for (; next < standards.mentions.length; next++) {
      const mention = standards.mentions[next];
      if (!mention || clauseOf(analysis, mention).index > clause.index) break;
      for (const handlers of active) handlers.mention?.(mention, clause, judgement);
    }
  }
  for (const handlers of active) handlers.end?.();
}
