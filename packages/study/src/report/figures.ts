import type { KeptReading } from './around.ts';
import { type Headline, headlineOf, heatOf } from './client/count.ts';
import { chosen, FIRST_VIEW } from './client/view.ts';
import { reportDataOf } from './report-data.ts';

/** A standard and how many documents name it, also in passing; `demanded` in how many it is a must or a should. */
export interface StandardFigure {
  id: string;
  documents: number;
  demanded: number;
}

export interface ReportFigures extends Headline {
  /** Named in most documents first. */
  standards: StandardFigure[];
}

/**
 * The headline figures of a report over readings that come in portions and are not kept. Counts as the report does; of mentions, only their
 * standard, status, modality and whether they are core and versioned matter.
 */
export class FigureCount {
  readonly #headline: Headline = headlineOf([]);
  readonly #standards = new Map<string, StandardFigure>();

  /** Paths differ over all portions; what says that it is a duplicate does not count. */
  add(readings: readonly KeptReading[]): void {
    const data = reportDataOf(
      readings.filter(({ source }) => source.duplicateOf === null),
      { asOf: '', statusSince: () => null },
    );
    const documents = chosen(data, FIRST_VIEW);
    for (const [name, count] of Object.entries(headlineOf(documents))) this.#headline[name as keyof Headline] += count;
    for (const { standard, total, demanded } of heatOf(data, documents, 'country', 'any')) {
      const id = data.standards[standard]?.id ?? '';
      const sum = this.#standards.get(id) ?? { id, documents: 0, demanded: 0 };
      sum.documents += total;
      sum.demanded += demanded;
      this.#standards.set(id, sum);
    }
  }

  /** What was counted up to now, with the `most` standards named in most documents. */
  figures(most: number): ReportFigures {
    const standards = [...this.#standards.values()]
      .sort((a, b) => b.documents - a.documents || b.demanded - a.demanded || (a.id < b.id ? -1 : 1))
      .slice(0, most);
    return { ...this.#headline, standards };
  }
}
