/** ISO 3166-1 alpha-2 codes; the browser knows their names. */
export const COUNTRIES: readonly string[] =
  'AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BM BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CK CL CM CN CO CR CU CV CW CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FK FM FO FR GA GB GD GE GH GI GL GM GN GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MO MR MS MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NR NZ OM PA PE PG PH PK PL PS PT PW PY QA RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VN VU WS XK YE ZA ZM ZW'.split(
    ' ',
  );

/** IANA names that the browser knows, with its own zone among them. */
export function timeZones(): string[] {
  return [...new Set([ownZone(), ...Intl.supportedValuesOf('timeZone')])].sort();
}

/** The country in which clocks go by a zone, as far as the browser knows; null where it is none or several, to be chosen. */
export function countryOfZone(zone: string): string | null {
  const found = COUNTRIES.filter((region) => zonesOf(region).includes(zone));
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** None in browsers that cannot tell yet: ECMA-402's Intl Locale Info. */
function zonesOf(region: string): readonly string[] {
  const locale: Intl.Locale & { getTimeZones?(): string[] | undefined } = new Intl.Locale('und', { region });
  return locale.getTimeZones?.() ?? [];
}

export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
