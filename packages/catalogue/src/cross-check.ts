import { factsOf } from './condition.ts';
import { BOOLEAN_FACTS, FACT_LISTS, NUMBER_FACTS } from './facts.ts';
import { LANGUAGES, RATINGS } from './scales.ts';
import type { Catalogue, Condition, Requirement, Risk, Text } from './schema.ts';
import type { Path } from './source-file.ts';
import { marksOf } from './template.ts';
import { isText } from './text.ts';

/** Hears of a fault: the entry that has it, where in it, and what is expected. */
export type Report = (entry: object, path: Path, message: string) => void;

/** Everything a schema cannot see: references, duplicate ids, marks in texts, conditions, reach in both directions. */
export function crossCheck(catalogue: Catalogue, at: Report, knows: (id: string) => boolean): void {
  const { requirements, risks, standards, laws, vocabulary } = catalogue;
  const ids = {
    requirement: new Set(requirements.map(({ id }) => id)),
    standard: new Set(standards.map(({ id }) => id)),
    source: new Set(catalogue.sources.map(({ id }) => id)),
    check: new Set(catalogue.checks.map(({ id }) => id)),
    domain: new Set(vocabulary.domains.map(({ id }) => id)),
    services: new Set(vocabulary.services.map(({ id }) => id)),
    assets: new Set(vocabulary.assets.map(({ id }) => id)),
    causes: new Set(vocabulary.causes.map(({ id }) => id)),
    law: new Set(laws.map(({ id }) => id)),
  };
  const refer = (entry: object, kind: keyof typeof ids, id: string, path: Path): void => {
    if (!ids[kind].has(id)) at(entry, path, `there is no ${kind} "${id}"`);
  };

  for (const list of [
    requirements,
    risks,
    standards,
    laws,
    catalogue.sources,
    catalogue.checks,
    catalogue.explainReasons,
  ])
    duplicates<{ id: string }>(list);

  for (const one of requirements) {
    refer(one, 'domain', one.id.slice(0, one.id.indexOf('-')), ['id']);
    one.standards.forEach((id, i) => {
      refer(one, 'standard', id, ['standards', i]);
    });
    one.checks.forEach((id, i) => {
      refer(one, 'check', id, ['checks', i]);
    });
    one.crosswalk.forEach(({ source }, i) => {
      refer(one, 'source', source, ['crosswalk', i, 'source']);
    });
    conditionOf(one, one.when, ['when']);
    if ((one.origin.kind === 'own') !== (one.own !== undefined)) at(one, ['origin'], 'the origin "own" goes with own');
    if (Array.isArray(one.own?.asked)) conditionOf(one, { types: one.own.asked }, ['own', 'asked']);
    question(one);
    parameters(one);
  }
  for (const one of risks) {
    for (const key of ['services', 'assets', 'causes'] as const)
      one[key].forEach((id, i) => {
        refer(one, key, id, [key, i]);
      });
    conditionOf(one, one.when, ['when']);
    for (const side of ['likelihood', 'impact'] as const)
      one[side].factors.forEach(({ when }, i) => {
        conditionOf(one, when, [side, 'factors', i, 'when']);
      });
    needs(one);
    texts(one, new Set());
  }
  for (const one of standards) {
    refer(one, 'requirement', one.requirement, ['requirement']);
    one.checks.forEach((id, i) => {
      refer(one, 'check', id, ['checks', i]);
    });
    conditionOf(one, one.when, ['when']);
    one.specifications.forEach((id, i) => {
      if (!knows(id))
        at(one, ['specifications', i], `the registry of standards has no "${id}"; try: proviso standards list`);
    });
    texts(one, new Set());
  }
  for (const one of laws) {
    conditionOf(one, one.when, ['when']);
    if (!knows(one.citation)) at(one, ['citation'], `the registry of standards has no "${one.citation}"`);
    one.requires.forEach((duty, i) => {
      refer(one, 'requirement', duty.requirement, ['requires', i, 'requirement']);
      conditionOf(one, duty.when, ['requires', i, 'when']);
      for (const name of Object.keys(duty.parameters ?? {})) {
        const target = requirements.find(({ id }) => id === duty.requirement);
        if (target && !target.parameters.some(({ id }) => id === name))
          at(one, ['requires', i, 'parameters', name], `${duty.requirement} has no parameter "${name}"`);
      }
    });
  }
  reach();

  function duplicates<T extends { id: string }>(list: readonly T[]): void {
    const seen = new Set<string>();
    for (const entry of list) {
      if (seen.has(entry.id)) at(entry, ['id'], `the id "${entry.id}" is used twice`);
      seen.add(entry.id);
    }
  }

  function conditionOf(entry: object, condition: Condition | undefined, path: Path): void {
    for (const [fact, value] of factsOf(condition)) {
      const list = FACT_LISTS[fact];
      if (list) {
        if (!vocabulary[list].some(({ id }) => id === value))
          at(entry, path, `vocabulary.yaml has no ${fact} "${value}"`);
      } else if (fact === 'laws') {
        refer(entry, 'law', String(value), path);
      } else if (BOOLEAN_FACTS.includes(fact)) {
        if (typeof value !== 'boolean') at(entry, path, `${fact} is compared with true or false`);
      } else if (NUMBER_FACTS.includes(fact)) {
        if (typeof value !== 'number') at(entry, path, `${fact} is compared with a number`);
      } else if (fact === 'country') {
        if (!/^[A-Z]{2}$/.test(String(value))) at(entry, path, 'a country is two capital letters, as NL');
      } else at(entry, path, `there is no fact "${fact}" to compare`);
    }
  }

  function question(one: Requirement): void {
    const { answer, choices } = one.question;
    if ((answer === 'choice') !== (choices !== undefined))
      at(one, ['question'], 'choices go with answer: choice, and with no other');
    if (choices) {
      const seen = new Set<string>();
      choices.forEach(({ id }, i) => {
        if (seen.has(id)) at(one, ['question', 'choices', i, 'id'], `the choice "${id}" stands twice`);
        seen.add(id);
      });
      if (!choices.some(({ meets }) => meets === 'none'))
        at(one, ['question', 'choices'], 'no choice says that the requirement is not met');
      if (!choices.some(({ meets }) => meets === 'advanced'))
        at(one, ['question', 'choices'], 'no choice meets the advanced level');
    }
    if (answer === 'number') {
      const unit = one.question.unit;
      if (!unit || !one.parameters.some(({ id }) => id === unit))
        at(one, ['question'], 'a number is measured against a parameter: name it in unit');
      if (!one.question.better) at(one, ['question'], 'say whether a higher or a lower number is better');
    }
  }

  function parameters(one: Requirement): void {
    const known = new Set(one.parameters.map(({ id }) => id));
    one.parameters.forEach(({ range: [least, most], values }, i) => {
      if (least > most) at(one, ['parameters', i, 'range'], 'the range runs from the least to the greatest value');
      for (const [level, value] of Object.entries(values))
        if (value < least || value > most)
          at(one, ['parameters', i, 'values', level], `${value} is outside the range ${least} to ${most}`);
    });
    texts(one, known);
  }

  /** Marks must lead somewhere, and each language must hold the same ones. */
  function texts(entry: object, parameterIds: ReadonlySet<string>): void {
    for (const [path, text] of textsIn(entry)) {
      const wanted = new Set(marksOf(text.en).map(({ kind, name }) => `${kind} ${name}`));
      for (const language of LANGUAGES) {
        const marks = marksOf(text[language]);
        for (const { kind, name } of marks) {
          if (kind === 'standard' && !knows(name))
            at(entry, [...path, language], `the registry of standards has no "${name}"`);
          if (kind === 'value' && name !== 'level' && !parameterIds.has(name))
            at(entry, [...path, language], `there is no parameter "${name}"`);
          if (kind === 'value' && name === 'level' && path[0] !== 'clause')
            at(entry, [...path, language], '{level} stands in clauses only');
        }
        const own = new Set(marks.map(({ kind, name }) => `${kind} ${name}`));
        for (const mark of wanted)
          if (!own.has(mark)) at(entry, [...path, language], `${language} leaves out {${mark}} that en has`);
        for (const mark of own)
          if (!wanted.has(mark)) at(entry, [...path, language], `${language} has {${mark}} that en lacks`);
      }
    }
  }

  function needs(one: Risk): void {
    const seen = new Set<string>();
    one.needs.forEach((need, i) => {
      if (seen.has(need.id)) at(one, ['needs', i, 'id'], `the need "${need.id}" stands twice`);
      seen.add(need.id);
      conditionOf(one, need.when, ['needs', i, 'when']);
      need.answers.forEach((id, j) => {
        refer(one, 'requirement', id, ['needs', i, 'answers', j]);
      });
      for (const id of need.answers) {
        const target = requirements.find((other) => other.id === id);
        if (target?.retired) at(one, ['needs', i, 'answers'], `${id} is retired`);
      }
    });
    if (!one.needs.some(({ from, when }) => from === RATINGS[0] && when === undefined))
      at(
        one,
        ['needs'],
        'no need holds from the rating low and in every purchase, so that the risk could go unanswered',
      );
  }

  /** No requirement may be unreachable: some need, law or standard must lead to it. */
  function reach(): void {
    const reached = new Set([
      ...risks.flatMap(({ needs: list }) => list.flatMap(({ answers }) => answers)),
      ...laws.flatMap(({ requires }) => requires.map(({ requirement }) => requirement)),
      ...standards.map(({ requirement }) => requirement),
    ]);
    for (const one of requirements)
      if (!one.retired && !reached.has(one.id)) at(one, ['id'], `no risk, law or standard leads to ${one.id}`);
  }
}

function* textsIn(value: unknown, path: (string | number)[] = []): Generator<[path: (string | number)[], text: Text]> {
  if (typeof value !== 'object' || value === null) return;
  if (isText(value) && path[0] !== 'reviewed') {
    yield [path, value];
    return;
  }
  for (const [key, inner] of Object.entries(value))
    yield* textsIn(inner, [...path, Array.isArray(value) ? Number(key) : key]);
}
