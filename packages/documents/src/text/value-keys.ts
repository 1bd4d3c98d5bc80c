/** Keys under which data files keep the name, the number and the text of a thing, in the languages catalogues are written in. */

const NAME =
  /^(?:title|name|label|heading|headline|subject|titel|titre|nom|naam|bezeichnung|überschrift|thema|titolo|nome|titulo|título|nombre|nimetus|nimi|pealkiri|otsikko|navn|namn|tytuł|nazwa|rubrik|controltitle|groupname|legal_?name)$/i;
const NUMBER =
  /^(?:nr|no|num|number|nummer|numero|número|numéro|id|code|key|ref|reference|identifier|kood|tunnus|kennung|anforderung_?id|req_?id|control_?id)$/i;
/** Ids of data formats, not of clauses. */
const MACHINE =
  /^(?:@?id|uri|url|href|link|uid|uuid|guid|ocid|hash|sha\d*|checksum|\$schema|\$ref|\$id|@context|@type|xmlns|permalink|slug|version|scheme|schemeid|format|mime_?type|iri)$/i;

export function isName(key: string): boolean {
  return NAME.test(key);
}

export function isNumber(key: string): boolean {
  return NUMBER.test(key);
}

export function isMachine(key: string): boolean {
  return MACHINE.test(key);
}

/** `procurementMethodDetails`, `award_criteria` as words. */
export function words(key: string): string {
  return key
    .replace(
      /([\p{Ll}\d])(\p{Lu})(?=\p{Ll})/gu,
      (_all, before: string, upper: string) => `${before} ${upper.toLowerCase()}`,
    )
    .replace(/[_]+/g, ' ')
    .replace(/(?<=\p{L})-(?=\p{L})/gu, ' ')
    .trim();
}

/** A value that only a program reads: an address, a hash, a time stamp, an identifier. */
export function isMachineValue(value: string): boolean {
  return (
    /^(?:https?|ftp|mailto|urn|data|file|git):\S*$/i.test(value) ||
    /^[\da-f]{16,}$/i.test(value) ||
    /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i.test(value) ||
    /^[A-Za-z\d+/]{80,}={0,2}$/.test(value)
  );
}

/** Sentences rather than a label: so many words, or more than one line. */
export function isProse(value: string): boolean {
  return value.includes('\n') || value.length > 60 || value.split(/\s+/).length > 7;
}
