import type { Workbook } from '@cj-tech-master/excelts';
import { calculateFormulas } from '@cj-tech-master/excelts/formula';

/** Works out the formulas of a workbook, as a program does that opens it. */
export function recalculate(book: Workbook): void {
  // The library's two descriptions of a workbook differ in optional fields only.
  calculateFormulas(book as unknown as Parameters<typeof calculateFormulas>[0]);
}
