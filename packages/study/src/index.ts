export { csvCell, csvLine, csvText, parseCsv, parseCsvObjects } from './csv.ts';
export type { ReportData } from './report/data.ts';
export { REPORT_LANGUAGES, type RenderOptions, renderReport } from './report/render.ts';
export { type ReportOptions, reportDataOf } from './report/report-data.ts';
