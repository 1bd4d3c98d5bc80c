/** A bullet, or a letter or number with a bracket, that opens a list item. */
const ITEM = /^(?:[•▪‣◦●○■□➢➔✓✔❖❑◆◇►▶*–—·-]\s|o\s+(?=\p{Lu})|\(?(?:[a-zA-Z]|[ivx]{1,5}|\d{1,2})\)\s|[a-z]\.\s)/u;

/** A clause number before a capital, a digit or a quote: `3.2.1`, `3.`, `A.5.1`. */
const NUMBER =
  /^(\d{1,3}(?:\.\d{1,3}){1,5}|[A-Z]{1,2}\.?\d{1,3}(?:\.\d{1,3}){0,4}|\d{1,2}(?=\.\s))[.)]?\s+(?:[–—-]\s+)?(?=[\p{Lu}\p{Lo}"“«(\d])/u;

/** A part of a document named with its number: `Article 7`, `Annex A`, `§ 4`. */
const NAMED =
  /^((?:[Aa]rt(?:icle|ikel|ículo|igo|icolo|\.)|ARTIC(?:LE|OLO)|ARTIKEL|ARTÍCULO|ARTIGO|[Aa]nnexe?|ANNEXE?|[Aa]nhang|ANHANG|[Aa]nlage|ANLAGE|[Bb]ijlage|BIJLAGE|[Bb]ilaga?|[Ll]iite|[Ll]isa|[Aa]ppendix|APPENDIX|[Ss]ection|SECTION|[Aa]bschnitt|[Cc]hapter|CHAPTER|[Cc]hapitre|CHAPITRE|[Kk]apitel|KAPITEL|[Hh]oofdstuk|HOOFDSTUK|[Cc]apítulo|CAPÍTULO|[Cc]apitolo|CAPITOLO|[Tt]eil|TEIL|[Dd]eel|[Ll]ot|LOT|§+)\s*(?:n°\s*)?[\dA-Z]{1,3}(?:\.\d{1,3})*[a-z]?)(?=[\s.:–—-]|$)/;

/** A number or letter with a bracket: `(a)`, `3)`. */
const BRACKET = /^(\(?(?:[a-zA-Z]|[ivx]{1,5}|\d{1,2})\))\s/;

/** Whether a line opens a list item. */
export function startsItem(text: string): boolean {
  return ITEM.test(text);
}

/** The clause number a text begins with, as printed; null where it has none. */
export function startsNumber(text: string): string | null {
  return (NUMBER.exec(text) ?? NAMED.exec(text) ?? BRACKET.exec(text))?.[1] ?? null;
}

/** A bare number before a title: `4 Security`. Only what is set as a heading may be read so. */
export function startsLoneNumber(text: string): string | null {
  return /^(\d{1,2})\s+(?=\p{Lu})/u.exec(text)?.[1] ?? null;
}

/** How deep a clause number stands: `3` is 1, `3.2` is 2; an article or a chapter is 1; null for brackets. */
export function depthOfNumber(number: string): number | null {
  if (/^\(|\)$/.test(number)) return null;
  if (/^[^\d]*\s/.test(number) || number.startsWith('§')) return 1;
  const parts = number.split('.').filter((part) => part !== '');
  // `2.0` is how some write `2`.
  while (parts.length > 1 && parts.at(-1) === '0') parts.pop();
  return parts.length;
}
