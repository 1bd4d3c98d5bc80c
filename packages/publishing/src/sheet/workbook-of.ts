import type { Workbook } from '@cj-tech-master/excelts';

/** A new workbook with a fixed date, so that the same demand gives the same bytes. The library is loaded at first use: it is large. */
export async function newWorkbook(title: string, day: string): Promise<Workbook> {
  const { Workbook } = await import('@cj-tech-master/excelts');
  const workbook = new Workbook();
  const date = new Date(/^\d{4}-\d{2}-\d{2}$/.test(day) ? `${day}T00:00:00Z` : '2000-01-01T00:00:00Z');
  workbook.created = date;
  workbook.modified = date;
  workbook.creator = 'Proviso';
  workbook.lastModifiedBy = 'Proviso';
  workbook.title = title;
  return workbook;
}

export async function bytesOf(workbook: Workbook): Promise<Uint8Array> {
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}
