import { type MessageLanguage, type Reading, ruleDescriptions } from '@proviso/reading';
import { renderReport, reportDataOf, withoutText } from '@proviso/study';
import { VERSION } from '../version.ts';
import { csvHeader, csvRow } from './csv.ts';
import { createPretty } from './pretty.ts';
import { sarif } from './sarif.ts';

export type OutputFormat = 'pretty' | 'ndjson' | 'json' | 'csv' | 'sarif' | 'html';

export interface FormatContext {
  color: boolean;
  /** Columns of the terminal. */
  width: number;
  language: MessageLanguage;
  asOf: string;
}

/** Turns readings into one output. Formats that need them all (json, sarif, html) say nothing before `end`. */
export interface Formatter {
  begin(): string;
  one(reading: Reading): string;
  end(): string | Promise<string>;
}

/** The formatter of a format; each is for one run. */
export function formatterFor(format: OutputFormat, context: FormatContext): Formatter {
  switch (format) {
    case 'pretty':
      return createPretty(context);
    case 'ndjson':
      return { begin: () => '', one: (reading) => `${JSON.stringify(reading)}\n`, end: () => '' };
    case 'csv':
      return { begin: csvHeader, one: csvRow, end: () => '' };
    case 'json':
      return gathering((readings) => `${JSON.stringify(readings, null, 2)}\n`);
    case 'sarif':
      return gathering((readings) => sarif(readings, ruleDescriptions(), VERSION));
    case 'html':
      return gathering(
        (readings) => renderReport(reportDataOf(readings, context), { language: context.language }),
        withoutText,
      );
  }
}

/** `keep` may let go of what the format does not need, so that a thousand texts are not held. */
function gathering(
  finish: (readings: Reading[]) => string | Promise<string>,
  keep: (reading: Reading) => Reading = (reading) => reading,
): Formatter {
  const readings: Reading[] = [];
  return {
    begin: () => '',
    one: (reading) => {
      readings.push(keep(reading));
      return '';
    },
    end: () => finish(readings),
  };
}
