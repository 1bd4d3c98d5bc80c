import { stripBlanks } from './blanks.ts';

/** Folding white space (RFC 6376 section 2.8). */
const BLANKS = ' \t\r\n';

/** One `name=value` of a tag list, white space around both taken off. */
export interface Tag {
  /** In lower case only where the list says so; DKIM and DMARC compare names as written (RFC 6376 section 3.2). */
  name: string;
  value: string;
  /** Offset of the name in the text. */
  at: number;
}

export interface TagList {
  tags: Tag[];
  problems: { code: 'not-a-tag' | 'duplicate' | 'character'; at: number; text: string }[];
}

/**
 * Reads the tag list of DKIM, DMARC, MTA-STS and TLSRPT records (RFC 6376 section 3.2): tags between semicolons, a last one allowed.
 * A tag that stands twice is a problem; its first value counts for a reader who goes on.
 */
export function readTags(text: string): TagList {
  const list: TagList = { tags: [], problems: [] };
  let at = 0;
  for (const piece of text.split(';')) {
    const trimmed = stripBlanks(piece, BLANKS);
    const start = at + Math.max(piece.indexOf(trimmed), 0);
    at += piece.length + 1;
    if (trimmed === '') continue;
    const [, name, value = ''] = /^([A-Za-z][A-Za-z0-9_]*)[ \t\r\n]*=[ \t\r\n]*(.*)$/s.exec(trimmed) ?? [];
    if (name === undefined) list.problems.push({ code: 'not-a-tag', at: start, text: trimmed });
    else if (/[^\t\r\n -~]/.test(value)) list.problems.push({ code: 'character', at: start, text: trimmed });
    else if (list.tags.some((tag) => tag.name === name))
      list.problems.push({ code: 'duplicate', at: start, text: trimmed });
    else list.tags.push({ name, value, at: start });
  }
  return list;
}

/** The value of a tag, or null. */
export function tagValue(list: TagList, name: string): string | null {
  return list.tags.find((tag) => tag.name === name)?.value ?? null;
}
