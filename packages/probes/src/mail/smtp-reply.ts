/** A whole reply of an SMTP server (RFC 5321 section 4.2). */
export interface SmtpReply {
  code: number;
  /** Text of each line, code and separator taken off. */
  lines: string[];
}

/** What stands at the start of some bytes. `used` is how many the reply took. */
export type ReplyRead =
  | { kind: 'reply'; reply: SmtpReply; used: number }
  | { kind: 'incomplete' }
  | { kind: 'malformed'; at: number };

/** A reply may have this many lines, and a line this many bytes: four times what RFC 5321 section 4.5.3.1.5 lets one line have. */
const MOST_LINES = 200;
const LONGEST_LINE = 2048;

/**
 * Reads one reply, over several lines where its separator is a dash. A line may end in a bare LF, as many servers write; all lines
 * must have one code.
 */
export function readReply(bytes: Uint8Array): ReplyRead {
  const lines: string[] = [];
  let code: string | null = null;
  for (let start = 0; lines.length < MOST_LINES; ) {
    const end = bytes.indexOf(10, start);
    if (end < 0) return bytes.length - start > LONGEST_LINE ? { kind: 'malformed', at: start } : { kind: 'incomplete' };
    if (end - start > LONGEST_LINE) return { kind: 'malformed', at: start };
    const line = Buffer.from(bytes.subarray(start, end)).toString('latin1').replace(/\r$/, '');
    const [, digits = '', separator = '', text = ''] = /^([2-5]\d\d)(?:([ -])(.*))?$/s.exec(line) ?? [];
    if (digits === '' || (code !== null && digits !== code)) return { kind: 'malformed', at: start };
    code = digits;
    lines.push(text);
    start = end + 1;
    if (separator !== '-') return { kind: 'reply', reply: { code: Number(code), lines }, used: start };
  }
  return { kind: 'malformed', at: 0 };
}

/** The keywords that an EHLO reply offers, in capitals, with their parameters (RFC 5321 section 4.1.1.1). The first line is a greeting. */
export function capabilities(reply: SmtpReply): Map<string, string> {
  const offered = new Map<string, string>();
  for (const line of reply.lines.slice(1)) {
    const [keyword = '', ...parameters] = line.trim().split(/[ \t]+/);
    if (keyword !== '') offered.set(keyword.toUpperCase(), parameters.join(' '));
  }
  return offered;
}
