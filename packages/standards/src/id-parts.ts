/** What an id's own form tells: its family and its edition. The rules of each body, read off how it numbers. */

interface Rule {
  /** Groups: 1 the family, 2 the edition. */
  form: RegExp;
}

const RULES: readonly Rule[] = [
  // ISO/IEC 27001:2022 and its amendments stand apart: an amendment is no edition.
  { form: /^((?:ISO|IEC|CISPR|IWA|EN|CC)[^:]*?):(\d{4})$/ },
  // NIST SP 800-53 Rev. 5; NIST SP 800-53A Rev. 5
  { form: /^(NIST .+?) Rev\. (\d+)$/ },
  // NIST SP 800-63-4, NIST SP 800-63B-4: only the 63 suite counts with a hyphen.
  { form: /^(NIST SP 800-63[ABC]?)-(\d)$/ },
  // FIPS 140-3
  { form: /^(NIST FIPS (?:140|180|186|201|198|46|81))-(\d)$/ },
  // IEEE 802.11-2024
  { form: /^((?:ANSI\/)?IEEE [^/]*?)-((?:19|20)\d{2})$/ },
];

/** Family id by the id's form; undefined where the form tells none. */
export function familyOf(id: string): string | undefined {
  for (const { form } of RULES) {
    const family = form.exec(id)?.[1];
    if (family !== undefined) return family;
  }
  return undefined;
}

/** `2022`, `Rev. 5`, `3`: the edition in the id. */
export function editionIn(id: string): string | undefined {
  for (const { form } of RULES) {
    const found = form.exec(id);
    if (found?.[2] !== undefined) return id.includes(' Rev. ') ? `Rev. ${found[2]}` : found[2];
  }
  return undefined;
}
