import {
  checkIds,
  checkWords,
  internetNlDomain,
  internetNlVersion,
  type ProbeLanguage,
  type ProbeOutcome,
  type ProbeProfile,
  sentenceOf,
  type Verdict,
} from '@proviso/probes';
import { VERSION } from '../version.ts';
import { probeHtml } from './probe-html.ts';
import { probePretty } from './probe-pretty.ts';
import { SARIF_HEAD } from './sarif.ts';

export const PROBE_FORMATS = ['pretty', 'json', 'ndjson', 'sarif', 'html', 'internetnl', 'internetnl-mail'] as const;
export type ProbeFormat = (typeof PROBE_FORMATS)[number];

export interface ProbePage {
  color: boolean;
  width: number;
  language: ProbeLanguage;
  profile: ProbeProfile;
  /** Show what passed too. */
  all: boolean;
  /** When the run began (ISO 8601). */
  started: string;
}

/** Turns outcomes into one output, one after the other, so that a hundred thousand need no more memory than one. */
export interface ProbeFormatter {
  begin(): string;
  one(outcome: ProbeOutcome): string;
  end(): string;
}

/** The formatter of a format; each is for one run. */
export function probeFormatter(format: ProbeFormat, page: ProbePage): ProbeFormatter {
  switch (format) {
    case 'pretty':
      return probePretty(page);
    case 'html':
      return probeHtml(page);
    case 'ndjson':
      return { begin: () => '', one: (outcome) => `${JSON.stringify(outcome)}\n`, end: () => '' };
    case 'json':
      return listed(
        `{"schema":"proviso.probes/1","program":"proviso ${VERSION}","outcomes":[`,
        (outcome) => [JSON.stringify(outcome)],
        ']}\n',
      );
    case 'sarif':
      return probeSarif(page);
    case 'internetnl':
    case 'internetnl-mail':
      return internetNl(format === 'internetnl' ? 'web' : 'mail', page.started);
  }
}

/** A list of JSON values between a head and a tail, each on a line of its own. */
function listed(head: string, each: (outcome: ProbeOutcome) => string[], tail: string): ProbeFormatter {
  let first = true;
  return {
    begin: () => head,
    one: (outcome) =>
      each(outcome)
        .map((value) => {
          const lead = first ? '\n' : ',\n';
          first = false;
          return `${lead}${value}`;
        })
        .join(''),
    end: () => `\n${tail}`,
  };
}

/** What the batch API of Internet.nl answers for a request that is done. */
function internetNl(kind: 'web' | 'mail', started: string): ProbeFormatter {
  const request = {
    request_id: '',
    name: 'proviso',
    request_type: kind,
    status: 'done',
    submit_date: started,
    finished_date: started,
  };
  const head = JSON.stringify({ api_version: internetNlVersion(), request }).slice(0, -1);
  return listed(
    `${head},"domains":{`,
    (outcome) => [`${JSON.stringify(outcome.subject)}:${JSON.stringify(internetNlDomain(outcome, kind))}`],
    '}}\n',
  );
}

const LEVELS: Partial<Record<Verdict, string>> = { fail: 'error', warn: 'warning', inconclusive: 'note' };

/** SARIF 2.1.0 (OASIS): a rule for each check, a result for each that is not in order. The place is a name, as there is no file. */
function probeSarif({ language }: ProbePage): ProbeFormatter {
  const ids = checkIds();
  const rules = ids.map((id) => {
    const { title, why, todo } = checkWords(id, language);
    return { id, shortDescription: { text: title }, fullDescription: { text: why }, help: { text: todo } };
  });
  const driver = { name: 'Proviso', semanticVersion: VERSION, rules };
  const head = `{${SARIF_HEAD},"runs":[{"tool":${JSON.stringify({ driver })},"results":[`;
  const each = ({ subject, results }: ProbeOutcome): string[] =>
    results.flatMap((result) => {
      const level = LEVELS[result.verdict];
      if (level === undefined) return [];
      const { title, todo } = checkWords(result.check, language);
      const seen = result.observations
        .filter(({ verdict }) => verdict === result.verdict)
        .map((one) => sentenceOf(result.check, one, language));
      const text = [`${title}, ${result.subject}: ${seen.slice(0, 20).join(' ')}`, level === 'note' ? '' : todo];
      return [
        JSON.stringify({
          ruleId: result.check,
          ruleIndex: ids.indexOf(result.check),
          level,
          message: { text: text.join(' ').trim() },
          locations: [
            {
              physicalLocation: { artifactLocation: { uri: encodeURIComponent(subject) } },
              logicalLocations: [{ fullyQualifiedName: result.subject }],
            },
          ],
          partialFingerprints: { 'proviso/probe': `${result.check} ${result.subject}` },
        }),
      ];
    });
  return listed(head, each, '],"invocations":[{"executionSuccessful":true}]}]}\n');
}
