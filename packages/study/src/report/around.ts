import type { Mention, Reading } from '@proviso/reading';

/** The rest of the sentence on both sides of a mention. */
export interface Around {
  before?: string;
  after?: string;
}

/** A reading to keep: in place of its text only the words around each mention, in the order of the mentions. */
export interface KeptReading extends Reading {
  around?: Around[];
}

/** Characters kept on each side. */
const LENGTH = 140;

/** Lets go of the text, which may be large, and keeps of it what the report shows. A reading without text comes back as it is. */
export function withoutText(reading: KeptReading): KeptReading {
  const { text, ...rest } = reading;
  if (text === undefined) return reading;
  return { ...rest, around: reading.standards.mentions.map((mention) => aroundOf(mention, text)) };
}

/** The rest of the line and sentence, at a word's edge. */
function aroundOf(mention: Mention, text: string): Around {
  const from = Math.max(0, mention.start - LENGTH);
  const to = Math.min(text.length, mention.end + LENGTH);
  let before = text.slice(from, mention.start);
  let after = text.slice(mention.end, to);
  const opening = Math.max(before.lastIndexOf('\n'), before.search(/[.;!?。](?=\s+\S[^.;!?。]*$)/));
  if (opening >= 0) before = before.slice(opening + 1);
  else if (from > 0) before = `… ${before.slice(before.indexOf(' ') + 1)}`;
  const closing = after.search(/\n|[.;!?](?=\s)|。/);
  if (closing >= 0) after = after.slice(0, after[closing] === '\n' ? closing : closing + 1);
  else if (to < text.length) after = `${after.slice(0, Math.max(after.lastIndexOf(' '), 0))} …`;
  return { before: before.trimStart(), after: after.trimEnd() };
}
