/** Which records of a body's catalogue are kept, and what is said of them beyond its own facts. The rules are in data/selection.yaml. */
import { parse } from 'yaml';
import { editionIn, familyOf } from './id-parts.ts';
import type { RecordLine } from './records.ts';
import type { Status } from './types.ts';

/** What the rules look at. */
export interface Catalogued {
  id: string;
  title?: string;
  /** Committee, where the body has such. */
  tc?: string;
}

type Pattern = Partial<Record<keyof Catalogued, string>>;
interface CoreRule {
  default: boolean;
  true?: Pattern[];
  false?: Pattern[];
}
interface Rules {
  take: Record<string, Pattern[]>;
  drop: Record<string, Pattern[]>;
  core: Record<string, CoreRule>;
  topics: { topic: string; title: string }[];
}

const matcher = (patterns: Pattern[] = []) => {
  const compiled = patterns.map((pattern) =>
    Object.entries(pattern).map(([key, source]) => {
      // `(?i:` is not in every engine; a leading one means the whole expression.
      const folded = /^\(\?i:(.*)\)$/s.exec(source);
      return [key as keyof Pattern, folded ? new RegExp(folded[1] ?? '', 'iu') : new RegExp(source, 'u')] as const;
    }),
  );
  return (item: Catalogued) => compiled.some((keys) => keys.every(([key, regex]) => regex.test(item[key] ?? '')));
};

export interface Selection {
  /** Named by the rules of this file (`rfc`, `iso` …). A file without rules takes everything. */
  wanted(file: string, item: Catalogued): boolean;
  /** Never kept, whoever points to it. */
  dropped(file: string, item: Catalogued): boolean;
  /** What the file's header says of `core`. */
  coreByDefault(file: string): boolean;
  /** `core` where it differs from the header, topics, family and edition. */
  describe(file: string, item: Catalogued): Pick<RecordLine, 'core' | 'topics' | 'family' | 'edition' | 'kind'>;
}

/** Compiles the rules. Throws on YAML or an expression that cannot be read. */
export function readSelection(yaml: string): Selection {
  const rules = parse(yaml) as Rules;
  const topics = rules.topics.map(({ topic, title }) => ({ topic, regex: new RegExp(title, 'u') }));
  const memo = new Map<string, (item: Catalogued) => boolean>();
  const compiled = (key: string, patterns: Pattern[] | undefined) => {
    const found = memo.get(key) ?? matcher(patterns);
    memo.set(key, found);
    return found;
  };
  const coreByDefault = (file: string) => rules.core[file]?.default ?? false;
  return {
    wanted: (file, item) => rules.take[file] === undefined || compiled(`take ${file}`, rules.take[file])(item),
    dropped: (file, item) => compiled(`drop ${file}`, rules.drop[file])(item),
    coreByDefault,
    describe(file, item) {
      const rule = rules.core[file];
      const core = compiled(`not ${file}`, rule?.false)(item)
        ? false
        : compiled(`core ${file}`, rule?.true)(item) || coreByDefault(file);
      const found = topics.filter(({ regex }) => regex.test(item.title ?? '')).map(({ topic }) => topic);
      const [family, edition] = [familyOf(item.id), editionIn(item.id)];
      return {
        ...(core === coreByDefault(file) ? {} : { core }),
        ...(found.length > 0 ? { topics: found } : {}),
        ...(family === undefined ? {} : { family }),
        ...(edition === undefined ? {} : { edition }),
        ...(item.id.startsWith('BCP') ? { kind: 'guideline' as const } : {}),
      };
    },
  };
}

/** How the bodies' words for the state of a document become ours. See data/status-words.yaml. */
export interface StatusWords {
  /** Word of a catalogue → ours, with a note that keeps the body's. */
  words: Record<string, { status: Status; note: string }>;
  /** W3C stages. */
  stages: Record<string, Status>;
}

/** Reads data/status-words.yaml. */
export function readStatusWords(yaml: string): StatusWords {
  const { stages, ...words } = parse(yaml) as StatusWords['words'] & { stages: StatusWords['stages'] };
  return { words, stages } as unknown as StatusWords;
}
