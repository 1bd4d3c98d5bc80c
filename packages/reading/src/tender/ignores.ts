/** A finding that the author of a document has set aside, with the reason. */
export interface Ignore {
  /** A rule, or `*` for all. */
  rule: string;
  /** Only findings whose words hold this; all where empty. */
  words: string;
  reason: string;
}

const MARK =
  /proviso-ignore\s+([\w/*-]{1,60})(?:\s+["“„«]\s*([^"”“»\n]{1,200}?)\s*["”“»])?\s*(?::\s*([^\n<]{0,300}?))?\s*(?:-->|$|<|\n)/gm;

export interface Ignores {
  ignores: Ignore[];
  /** Marks without a reason: they set nothing aside, and are said. */
  withoutReason: string[];
}

/**
 * Inline marks of a text: `proviso-ignore tender/no-exit: the data stay with us`, in a Word comment, or in a comment of HTML or Markdown.
 * Without a reason a mark does nothing.
 */
export function ignoresIn(texts: Iterable<string>): Ignores {
  const ignores: Ignore[] = [];
  const withoutReason: string[] = [];
  for (const text of texts) {
    for (const [, rule = '', words = '', reason = ''] of text.matchAll(MARK)) {
      if (reason.trim() === '') withoutReason.push(rule);
      else ignores.push({ rule, words: words.trim(), reason: reason.trim() });
    }
  }
  return { ignores, withoutReason };
}

/** The mark that sets a finding aside, if any. */
export function ignoreOf(finding: { rule: string; text: string }, ignores: readonly Ignore[]): Ignore | undefined {
  return ignores.find(
    ({ rule, words }) =>
      (rule === '*' || rule === finding.rule) &&
      (words === '' || finding.text.toLowerCase().includes(words.toLowerCase())),
  );
}
