/** Characters after vague words within which the text may go on to say what they mean. */
const REACH = 60;
const NAMES =
  /^[^.;]{0,40}?(?::|\b(?:including|such as|namely|e\.g|see|listed in|defined in|notamment|tels? que|telles? que|voir|comme|zoals|waaronder|namelijk|zie|nämlich|wie etwa|z\.\s?B|siehe|insbesondere|unter anderem)\b)/iu;

/** Whether words such as "relevant standards" are followed by what they stand for, or by where it stands. */
export function namedAfter(text: string, end: number): boolean {
  return NAMES.test(text.slice(end, end + REACH));
}
