import type { Calendar } from '@proviso/procurement';
import { HttpProblem } from '../http/problem.ts';

const kept = new Map<string, Calendar>();

/** The legal holidays where a purchase runs. The data are large, so they are loaded with the first command. */
export async function calendarFor(country: string, region: string | null): Promise<Calendar> {
  const name = `${country}-${region ?? ''}`;
  const known = kept.get(name);
  if (known) return known;
  const { holidaysOf } = await import('@proviso/procurement/holidays');
  try {
    const made = holidaysOf(country, region);
    kept.set(name, made);
    return made;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // Only a period needs holidays: everything else, such as correcting the country, goes on.
    return () => {
      throw new HttpProblem(422, 'no-holidays', { where: 'country', values: { country: name.replace(/-$/, '') } });
    };
  }
}
