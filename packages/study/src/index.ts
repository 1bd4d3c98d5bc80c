export type { CollectEvent } from './collect/log.ts';
export { csvLine, parseCsvObjects } from './csv.ts';
export { type KeptReading, withoutText } from './report/around.ts';
export type { ReportAgreement, ReportData } from './report/data.ts';
export { FigureCount, type ReportFigures } from './report/figures.ts';
export { type RenderOptions, renderReport } from './report/render.ts';
export { type ReportOptions, reportDataOf } from './report/report-data.ts';
export { type StreamOptions, streamReport } from './report/stream.ts';
export {
  agreementOfStudy,
  type CollectStudyOptions,
  collectStudy,
  importCodings,
  initStudy,
  type ReadStudyOptions,
  readStudy,
  reportOfStudy,
  type StudyFile,
  sheetOfStudy,
} from './study.ts';
export { StudyError } from './study-error.ts';
