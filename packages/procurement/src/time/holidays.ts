/**
 * Public holidays of a country, apart from the rest because the data are large: the server and the publish page load it, a supplier's
 * form does not.
 */
import Holidays from 'date-holidays';
import type { Calendar } from './calendar.ts';

/** Years a calendar remembers; hostile dates must not fill the memory. */
const MOST_YEARS = 64;

/**
 * The legal holidays of a country (`BE`) or a part of it (`DE`, `BY`). Only days of the type "public" count: Regulation (EEC, Euratom)
 * No 1182/71, Article 2(1), leaves the list to each Member State. Days that fall on a weekend change nothing.
 * @throws RangeError for a country or region that the data do not hold, so that no period is counted without its holidays.
 */
export function holidaysOf(country: string, region: string | null = null): Calendar {
  const source = new Holidays();
  if (!Object.hasOwn(source.getCountries(), country)) throw new RangeError(`No holidays are known of ${country}.`);
  if (region !== null && !Object.hasOwn(source.getStates(country) ?? {}, region))
    throw new RangeError(`No holidays are known of ${country}-${region}.`);
  if (region === null) source.init(country);
  else source.init(country, region);
  const kept = new Map<string, ReadonlySet<string>>();
  return (day) => {
    const year = day.slice(0, 4);
    let days = kept.get(year);
    if (!days) {
      const all = source.getHolidays(Number(year)) ?? [];
      days = new Set(all.filter(({ type }) => type === 'public').map(({ date }) => date.slice(0, 10)));
      if (kept.size >= MOST_YEARS) kept.clear();
      kept.set(year, days);
    }
    return days.has(day);
  };
}
