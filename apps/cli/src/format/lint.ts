import { type Catalogue, loadCatalogue } from '@proviso/catalogue';
import { type MessageLanguage, ruleDescriptions } from '@proviso/reading';
import type { LintedTender } from '../run/lint-tender.ts';
import { wantsColour } from '../terminal.ts';
import { VERSION } from '../version.ts';
import { lintPretty } from './lint-pretty.ts';
import { type SarifReading, sarif } from './sarif.ts';

export interface LintPage {
  format: 'pretty' | 'json' | 'sarif' | 'html';
  language: MessageLanguage;
  asOf: string;
  /** That tenders were judged by; null for the one that came. */
  catalogue: Catalogue | null;
  /** Whether it goes to the terminal. */
  toTerminal: boolean;
}

/** What `proviso lint` writes, in one of its formats. */
export async function renderLint(
  tenders: readonly LintedTender[],
  { format, language, asOf, toTerminal, ...given }: LintPage,
): Promise<string> {
  const catalogue = given.catalogue ?? loadCatalogue();
  if (format === 'pretty') {
    const color = toTerminal && wantsColour(process.stdout);
    const page = { color, width: process.stdout.columns ?? 100, language, catalogue };
    return tenders.map((tender) => lintPretty(tender, page)).join('\n');
  }
  if (format === 'sarif') return sarif(tenders.flatMap(sarifReadings), ruleDescriptions(language, 'tender'), VERSION);
  if (format === 'html') {
    const { marginNotes } = await import('@proviso/publishing');
    return marginNotes(
      tenders.flatMap((tender) =>
        tender.readings.map((reading) => ({
          path: reading.source.path,
          title: reading.source.title,
          language: reading.source.language,
          text: reading.text ?? '',
          blocks: tender.layouts.get(reading.source.path) ?? [],
          findings: tender.findings.filter(({ path }) => path === reading.source.path),
          problems: reading.problems,
        })),
      ),
      { language, asOf, rules: ruleDescriptions(language, 'tender') },
    );
  }
  return `${JSON.stringify(jsonOf(tenders, asOf, catalogue), null, 2)}\n`;
}

/** What `--format json` writes; see docs/lint.md. */
function jsonOf(tenders: readonly LintedTender[], asOf: string, catalogue: Catalogue): object {
  return {
    schema: 'proviso.lint/1',
    asOf,
    catalogue: { edition: catalogue.edition.edition, hash: catalogue.hash },
    tenders: tenders.map((tender) => ({
      files: tender.readings.map(({ source, problems }) => ({ ...source, problems })),
      findings: tender.findings,
      setAside: tender.setAside,
      coverage: tender.coverage,
      purchase: tender.demand?.context ?? null,
      inferred: tender.inferred?.types ?? null,
      notJudged: tender.notJudged,
    })),
  };
}

function sarifReadings(tender: LintedTender): SarifReading[] {
  return tender.readings.map((reading) => ({
    ...reading,
    findings: [
      ...tender.findings,
      ...tender.setAside.map(({ finding, reason }) => ({ ...finding, suppressed: reason })),
    ].filter(({ path }) => path === reading.source.path),
  }));
}
