import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse as parseYaml, stringify } from 'yaml';
import { ROOT } from '../measure.ts';
import { type Host, markdownHost, plant, readHosts, seededRandom } from './hosts.ts';
import { type Finding, lint } from './lint.ts';
import { overlaps, type Place, placesOf } from './locate.ts';
import { EU_KINDS, EXPECTED, type Fault, type Seeds, tenderText } from './seeds.ts';

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
  /** Whether what is bought is said for the whole tender, instead of guessed from its words. */
  described: boolean;
}

/** Where faults of a kind may be planted. */
interface Ground {
  hosts: readonly Host[];
  buyer: string;
  folder: string;
}

interface Planted {
  fault: Fault;
  files: { path: string; places: Place[] }[];
  hosts: string[];
}

/** Plants the faults of a language, lints, and says which were found. */
export async function measureFaults(seeds: Seeds, options: MeasureOptions): Promise<Measured> {
  const folder = join(options.scratch, seeds.language);
  mkdirSync(folder, { recursive: true });
  const near = [...(await readHosts(options.docs, seeds.hosts)), markdownHost('complete.md', tenderText(seeds))];
  const all = [...(await readHosts(options.docs, seeds.hostsElsewhere)), ...near];
  const context = writeContext(seeds, folder);
  const planted: Planted[] = [];
  for (let round = 0; round < options.repeat; round++)
    for (const fault of seeds.faults.filter(({ remove }) => !remove)) {
      const hosts = EU_KINDS.has(fault.kind) ? near : all;
      planted.push(await plantFault(fault, { hosts, buyer: seeds.buyer, folder }, round));
    }
  const paths = ({ files }: Planted): string[] => files.map(({ path }) => path);
  const single = planted.filter(({ files }) => files.length === 1);
  const alone = byFile(lint(single.flatMap(paths), { each: true, context }).flat());
  const outcomes = planted.map((one) =>
    judge(
      one,
      one.files.length === 1
        ? paths(one).flatMap((path) => alone.get(basename(path)) ?? [])
        : lint(paths(one), { each: false, context }).flat(),
    ),
  );
  return { language: seeds.language, ...absences(seeds, folder, options.described ? context : undefined, outcomes) };
}

/** What a portal is, under the law of the language's country, so that rules of EU law apply whatever the host is. */
function writeContext({ language, country }: Seeds, folder: string): string {
  const file = join(folder, 'context.yaml');
  const portal = parseYaml(readFileSync(join(ROOT, 'examples/contexts/municipal-portal.yaml'), 'utf8')) as object;
  writeFileSync(file, stringify({ ...portal, language, country }));
  return file;
}

async function plantFault(fault: Fault, { hosts, buyer, folder }: Ground, round: number): Promise<Planted> {
  const random = seededRandom(`${fault.id}/${round}`);
  const passages = fault.pair ? fault.pair.map((one) => [one]) : [[fault.insert ?? []].flat()];
  const first = Math.floor(random() * hosts.length);
  const chosen = passages.map((_, i) => hosts[(first + i) % hosts.length] as Host);
  const files: Planted['files'] = [];
  for (const [i, host] of chosen.entries()) {
    const path = join(folder, `${fault.id}-${round}-${i}${host.extension}`);
    files.push({ path, places: await plantVisibly(path, host, buyer, passages[i] ?? [], random) });
  }
  return { fault, files, hosts: chosen.map(({ name }) => basename(name)) };
}

/** Tries other places until the reader sees the passages. @throws Error where it never does. */
async function plantVisibly(
  path: string,
  host: Host,
  buyer: string,
  passages: readonly string[],
  random: () => number,
): Promise<Place[]> {
  for (let tried = 0; tried < 20; tried++) {
    writeFileSync(path, plant(host, buyer, passages, random));
    const places = await placesOf(path, passages);
    if (places) return places;
  }
  throw new Error(`${host.name}: the reader does not see "${passages.join('", "')}" anywhere in it`);
}

function judge({ fault, files, hosts }: Planted, findings: readonly Finding[]): Outcome {
  const heard = new Set<string>();
  for (const { path, places } of files)
    for (const finding of findings)
      if (basename(finding.path) === basename(path) && places.some((place) => overlaps(place, finding)))
        heard.add(finding.rule);
  const found = (EXPECTED[fault.kind] ?? []).some((rule) => heard.has(rule));
  const planted = [fault.insert ?? fault.pair ?? []].flat();
  return { id: fault.id, kind: fault.kind, found, planted, hosts, heard: [...heard] };
}

function byFile(findings: readonly Finding[]): Map<string, Finding[]> {
  return Map.groupBy(findings, ({ path }) => basename(path));
}

/** The duties left out of the whole tender one at a time, beside what was planted. */
function absences(
  seeds: Seeds,
  folder: string,
  context: string | undefined,
  inserted: readonly Outcome[],
): Omit<Measured, 'language'> {
  const write = (name: string, text: string): string => {
    const file = join(folder, `${name}.md`);
    writeFileSync(file, text);
    return file;
  };
  const left = seeds.faults.filter(({ remove }) => remove);
  const whole = write('complete', tenderText(seeds));
  const files = left.map(({ id, remove, instead }) =>
    write(id, tenderText(seeds, { duties: [remove ?? []].flat(), instead })),
  );
  const findings = byFile(lint([whole, ...files], { each: true, context }).flat());
  const onWhole = findings.get(basename(whole)) ?? [];
  const before = new Set(onWhole.map(({ rule }) => rule));
  const outcomes = left.map(({ id, kind, remove, instead }, i): Outcome => {
    const now = new Set((findings.get(basename(files[i] ?? '')) ?? []).map(({ rule }) => rule));
    const heard = [...now].filter((rule) => !before.has(rule));
    const found = (EXPECTED[kind] ?? []).some((rule) => heard.includes(rule));
    const planted = [`without ${[remove ?? []].flat().join(', ')}${instead ? `; instead: ${instead}` : ''}`];
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
