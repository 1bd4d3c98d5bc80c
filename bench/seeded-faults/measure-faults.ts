import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse as parseYaml, stringify } from 'yaml';
import { ROOT } from '../measure.ts';
import { type Host, plant, readHosts, seededRandom } from './hosts.ts';
import { type Finding, lint } from './lint.ts';
import { overlaps, placesOf } from './locate.ts';
import { EXPECTED, type Fault, type Seeds, tenderText } from './seeds.ts';

export interface Outcome {
  id: string;
  kind: string;
  found: boolean;
  /** What was planted, or left out. */
  planted: string[];
  /** Files it was planted in. */
  hosts: string[];
  /** Rules that spoke of the planted words, expected or not. */
  heard: string[];
}

export interface Measured {
  language: string;
  outcomes: Outcome[];
  /** Findings on the whole tender by a rule that some fault is planted for: nothing is at fault there. */
  falseAlarms: Finding[];
  /** How often other rules spoke of the whole tender. */
  remarks: Record<string, number>;
}

export interface MeasureOptions {
  docs: string;
  scratch: string;
  /** Each fault is planted this many times, each time elsewhere. */
  repeat: number;
}

interface Planted {
  fault: Fault;
  files: string[];
  /** The passages of each file. */
  passages: string[][];
  hosts: string[];
}

/** Plants the faults of a language, lints, and says which were found. */
export async function measureFaults(seeds: Seeds, options: MeasureOptions): Promise<Measured> {
  const folder = join(options.scratch, seeds.language);
  mkdirSync(folder, { recursive: true });
  const hosts = await readHosts(options.docs, seeds.hosts, tenderText(seeds));
  const context = writeContext(seeds, folder);
  const planted = Array.from({ length: options.repeat }, (_, round) =>
    seeds.faults.filter(({ remove }) => !remove).map((fault) => plantFault(fault, hosts, folder, round)),
  ).flat();
  const single = planted.filter(({ files }) => files.length === 1);
  const alone = byFile(
    lint(
      single.flatMap(({ files }) => files),
      { each: true, context },
    ).flat(),
  );
  const outcomes: Outcome[] = [];
  for (const one of planted) {
    const findings =
      one.files.length === 1
        ? one.files.flatMap((file) => alone.get(basename(file)) ?? [])
        : lint(one.files, { each: false, context }).flat();
    outcomes.push(await judge(one, findings));
  }
  return { language: seeds.language, ...absences(seeds, folder, outcomes) };
}

/** What a portal is, under the law of the language's country, so that rules of EU law apply whatever the host is. */
function writeContext({ language, country }: Seeds, folder: string): string {
  const file = join(folder, 'context.yaml');
  const portal = parseYaml(readFileSync(join(ROOT, 'examples/contexts/municipal-portal.yaml'), 'utf8')) as object;
  writeFileSync(file, stringify({ ...portal, language, country }));
  return file;
}

function plantFault(fault: Fault, hosts: readonly Host[], folder: string, round: number): Planted {
  const random = seededRandom(`${fault.id}/${round}`);
  const passages = fault.pair ? fault.pair.map((one) => [one]) : [[fault.insert ?? []].flat()];
  const first = Math.floor(random() * hosts.length);
  const chosen = passages.map((_, i) => hosts[(first + i) % hosts.length] as Host);
  const files = chosen.map((host, i) => {
    const file = join(folder, `${fault.id}-${round}-${i}${host.extension}`);
    writeFileSync(file, plant(host, passages[i] ?? [], random));
    return file;
  });
  return { fault, files, passages, hosts: chosen.map(({ name }) => basename(name)) };
}

async function judge({ fault, files, passages, hosts }: Planted, findings: readonly Finding[]): Promise<Outcome> {
  const heard = new Set<string>();
  for (const [i, file] of files.entries()) {
    const places = await placesOf(file, passages[i] ?? []);
    for (const finding of findings)
      if (basename(finding.path) === basename(file) && places.some((place) => overlaps(place, finding)))
        heard.add(finding.rule);
  }
  const found = (EXPECTED[fault.kind] ?? []).some((rule) => heard.has(rule));
  return { id: fault.id, kind: fault.kind, found, planted: passages.flat(), hosts, heard: [...heard] };
}

function byFile(findings: readonly Finding[]): Map<string, Finding[]> {
  return Map.groupBy(findings, ({ path }) => basename(path));
}

/** The duties left out of the whole tender one at a time, beside what was planted. */
function absences(seeds: Seeds, folder: string, inserted: readonly Outcome[]): Omit<Measured, 'language'> {
  const write = (name: string, text: string): string => {
    const file = join(folder, `${name}.md`);
    writeFileSync(file, text);
    return file;
  };
  const left = seeds.faults.filter(({ remove }) => remove);
  const whole = write('complete', tenderText(seeds));
  const files = left.map(({ id, remove = '', instead }) => write(id, tenderText(seeds, { duty: remove, instead })));
  const findings = byFile(lint([whole, ...files], { each: true }).flat());
  const onWhole = findings.get(basename(whole)) ?? [];
  const before = new Set(onWhole.map(({ rule }) => rule));
  const outcomes = left.map(({ id, kind, remove = '', instead }, i): Outcome => {
    const now = new Set((findings.get(basename(files[i] ?? '')) ?? []).map(({ rule }) => rule));
    const heard = [...now].filter((rule) => !before.has(rule));
    const found = (EXPECTED[kind] ?? []).some((rule) => heard.includes(rule));
    const planted = [`without ${remove}${instead ? `; instead: ${instead}` : ''}`];
    return { id, kind, found, planted, hosts: ['complete.md'], heard };
  });
  const judged = new Set(Object.values(EXPECTED).flat());
  const others = onWhole.filter(({ rule }) => !judged.has(rule));
  return {
    outcomes: [...inserted, ...outcomes],
    falseAlarms: onWhole.filter(({ rule }) => judged.has(rule)),
    remarks: Object.fromEntries(
      [...Map.groupBy(others, ({ rule }) => rule)].map(([rule, { length }]) => [rule, length]),
    ),
  };
}
