/** Words that may stand between a name and the word for its edition, in every language of the rules: "RGS, dans sa version 1.0". */
const BETWEEN =
  'in|its|the|dans|en|au|sa|son|la|le|à|der|die|den|de|het|seiner|ihrer|haar|zijn|référentiel|norme|standard|norm|catalogue';
const APART = new RegExp(
  `^[ \\u00a0]?[,(]?[ \\u00a0]?(?:(?:${BETWEEN})[ \\u00a0]){0,3}(?:version|edition|édition|versie|editie|uitgave|Fassung|Ausgabe)[ \\u00a0](?:(?:of|de|von|van)[ \\u00a0])?v?(\\d{1,4}(?:\\.\\d{1,3}){0,2})(?!\\p{L}|[.\\d]*\\d)`,
  'iu',
);
/** Characters behind a name in which its edition may stand apart. */
export const APART_REACH = 60;

/** An edition that is said of a name in words of its own: "the OWASP Top 10, in its 2021 edition" is none, "… in its edition 2021" is. */
export function editionApart(after: string): { edition: string; end: number } | null {
  const match = APART.exec(after);
  return match ? { edition: match[1] ?? '', end: match[0].length } : null;
}
