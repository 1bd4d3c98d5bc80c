/** A bullet, or a letter or number with a bracket, that opens a list item. */
const ITEM = /^(?:[•▪‣◦●○■□➢➔✓✔❖❑◆◇►▶*–—·-]\s|o\s+(?=\p{Lu})|\(?(?:[a-zA-Z]|[ivx]{1,5}|\d{1,2})\)\s|[a-z]\.\s)/u;

/** A clause number: `3.2.1`, `3.`, `A.5.1`, `§ 4`, `Article 7`, `(a)`; followed by a capital, a digit word or a quote. */
const NUMBER =
  /^(?:(?<plain>\d{1,3}(?:\.\d{1,3}){1,5}|[A-Z]{1,2}\.?\d{1,3}(?:\.\d{1,3}){0,4}|\d{1,2}(?=\.\s))[.)]?\s+(?=[\p{Lu}\p{Lo}"“«(\d])|(?<word>(?:art(?:icle|ikel|ículo|igo|icolo|\.)|annex|annexe|anhang|anlage|bijlage|bilaga|bilag|liite|lisa|appendix|section|abschnitt|chapter|chapitre|kapitel|hoofdstuk|capítulo|capitolo|part|teil|deel|lot|§+)\s*[\dA-Z]{1,3}(?:\.\d{1,3})*[a-z]?)(?=[\s.:–—-]|$)|(?<bracket>\(?(?:[a-zA-Z]|[ivx]{1,5}|\d{1,2})\))\s)/iu;

/** Whether a line opens a list item. */
export function startsItem(text: string): boolean {
  return ITEM.test(text);
}

/** The clause number a text begins with, as printed; null where it has none. */
export function startsNumber(text: string): string | null {
  const match = NUMBER.exec(text);
  if (match === null) return null;
  const { plain, word, bracket } = match.groups ?? {};
  return plain ?? word ?? bracket ?? null;
}

/** How deep a clause number stands: `3` is 1, `3.2` is 2; an article or a chapter is 1; null for brackets. */
export function depthOfNumber(number: string): number | null {
  if (/^\(|\)$/.test(number)) return null;
  if (/^[^\d]*\s/.test(number) || number.startsWith('§')) return 1;
  return number.split('.').filter((part) => part !== '').length;
}
