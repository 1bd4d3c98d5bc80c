import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Finding, fingerprintsOf, type Reading, type RuleDescription } from '@proviso/reading';

/** A finding as SARIF shows it: with what it is known by, and why it is set aside. */
export interface SarifFinding extends Finding {
  fingerprint?: string;
  confidence?: number;
  /** Reason for which it is not reported any more. */
  suppressed?: string;
}

/** A document with its findings. */
export type SarifReading = Omit<Reading, 'findings'> & { findings: readonly SarifFinding[] };

const SARIF_SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** How every log begins, for one that is written piece by piece. */
export const SARIF_HEAD = `"$schema":"${SARIF_SCHEMA}","version":"2.1.0"`;

/**
 * SARIF 2.1.0 (OASIS) for pipelines. Every rule is declared, found or not, so that a finding that is gone closes. Places are
 * character offsets into the text as Proviso reads it, with the page where there is one.
 */
export function sarif(readings: readonly SarifReading[], rules: readonly RuleDescription[], version: string): string {
  const index = new Map(rules.map((rule, i) => [rule.id, i]));
  const log = {
    $schema: SARIF_SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Proviso',
            semanticVersion: version,
            rules: rules.map((rule) => ({
              id: rule.id,
              shortDescription: { text: rule.meaning },
              fullDescription: { text: rule.why },
              defaultConfiguration: { level: rule.level },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        artifacts: readings.map(({ source }) => ({
          location: { uri: uriOf(source.path) },
          length: source.bytes,
          ...(source.sha256 ? { hashes: { 'sha-256': source.sha256 } } : {}),
        })),
        results: readings.flatMap((reading, at) => resultsOf(reading, at, index)),
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: readings.flatMap((reading, at) =>
              reading.problems.map((problem) => ({
                level: problem.fatal ? 'error' : 'warning',
                message: { text: problem.message },
                descriptor: { id: problem.code },
                locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(reading.source.path), index: at } } }],
              })),
            ),
          },
        ],
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function resultsOf({ findings, source }: SarifReading, at: number, index: ReadonlyMap<string, number>): object[] {
  const prints = fingerprintsOf(findings.map((finding) => ({ ...finding, path: source.path })));
  return findings.map((finding, i) => ({
    ruleId: finding.rule,
    ruleIndex: index.get(finding.rule) ?? -1,
    level: finding.level,
    message: { text: finding.fix ? `${finding.message} ${finding.fix}` : finding.message },
    locations: [locationOf(finding, source.path, at)],
    partialFingerprints: { 'proviso/v2': finding.fingerprint ?? prints[i] },
    ...(finding.confidence === undefined ? {} : { rank: Math.round(finding.confidence * 100) }),
    ...(finding.suppressed === undefined
      ? {}
      : { suppressions: [{ kind: 'external', status: 'accepted', justification: finding.suppressed }] }),
  }));
}

function locationOf(finding: Finding, path: string, index: number): object {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(path), index },
      region: {
        charOffset: finding.start,
        charLength: finding.end - finding.start,
        snippet: { text: finding.text },
        ...(finding.page === null ? {} : { properties: { page: finding.page } }),
      },
    },
    ...(finding.section ? { logicalLocations: [{ fullyQualifiedName: finding.section }] } : {}),
  };
}

function uriOf(name: string): string {
  const path = name.toWellFormed();
  return isAbsolute(path)
    ? pathToFileURL(path).href
    : encodeURI(path.replaceAll('\\', '/')).replaceAll('#', '%23').replaceAll('?', '%3F');
}
