/** The number of an invitation in a text: alone, in a sentence, or in a file's name; null where there is none, or more than one. */
export function invitationIn(text: string): string | null {
  const found = text.toLowerCase().match(/(?<![0-9a-f])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f])/g);
  const each = new Set(found);
  return each.size === 1 ? ([...each][0] ?? null) : null;
}
