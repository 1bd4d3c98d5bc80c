import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isPublicName } from '@proviso/addresses';
import {
  BundleError,
  createProber,
  FormatError,
  openBundle,
  type ProbeLanguage,
  type ProbeOutcome,
  type ProbeProfile,
  type ProberOptions,
  profileHash,
  replayBundle,
  type Signer,
  sealBundle,
  type Verdict,
  worstOf,
} from '@proviso/probes';
import { EXIT, UsageError, unwritten } from '../exit.ts';
import { type ProbeFormat, probeFormatter } from '../format/probe-formatter.ts';
import { type MessageId, messages, type Say } from '../messages.ts';
import { languageOf } from '../person-language.ts';
import { makeFolder, type Output, openOutput } from '../run/output.ts';
import { InOrder, LineAppender, probeAll } from '../run/probe-all.ts';
import { defaultKeyFile, loadSigner } from '../run/probe-key.ts';
import { listedNames, nameIn, ResultFile } from '../run/probe-names.ts';
import { declaredIn, familiesIn, profileIn, resolverIn, rootsIn, tablesIn } from '../run/probe-options.ts';
import { Progress } from '../run/progress.ts';
import { printable, wantsColour } from '../terminal.ts';
import { VERSION } from '../version.ts';

export interface ShownOptions {
  format?: ProbeFormat;
  json?: boolean;
  out?: string;
  lang?: ProbeLanguage;
  all?: boolean;
  failOn?: 'warn' | 'inconclusive' | 'fail';
}

export interface ProbeOptions extends ShownOptions {
  list?: string;
  results?: string;
  families?: string;
  profile: string;
  resolver: string;
  allowPrivate?: boolean;
  bundle?: string;
  key?: string;
  jobs: number;
  timeout: number;
  most: number;
  pause: number;
  dkim?: string;
  senders?: string;
  service?: string[];
  roots?: string;
  vrps?: string;
  routes?: string;
  place?: string;
  quiet?: boolean;
}

/** What became of a run. */
interface Tally {
  worst: Verdict;
  /** Names of which nothing could be found out, and lines that are no names. */
  open: number;
}

/**
 * `proviso probe`: sets the process's exit code; see `proviso probe --help` for what it says. `world`: the network and clock, where a test
 * has its own.
 */
export async function probeCommand(
  words: string[],
  options: ProbeOptions,
  world: Partial<ProberOptions> = {},
): Promise<void> {
  if (words.length === 0 && options.list === undefined)
    throw new UsageError('probe: name a host or domain, as in "proviso probe example.org", or a file with --list.');
  const allowPrivate = world.allowPrivate ?? options.allowPrivate === true;
  // Told at once: nothing would be found out of them, check by check.
  const mayProbe = (name: string): boolean => allowPrivate || isPublicName(name);
  const given = words.map((word) => {
    const name = nameIn(word);
    if (name === null) throw new UsageError(`probe: "${word}" is no name of a host or domain.`);
    if (!mayProbe(name))
      throw new UsageError(
        `probe: "${name}" is not on the public internet. Say --allow-private to look at it all the same.`,
      );
    return name;
  });
  const profile = await profileIn(options.profile);
  const declared = declaredIn(options);
  const families = familiesIn(options.families, declared.services);
  const tables = await tablesIn(options.vrps, options.routes);
  const store = await rootsIn(options.roots);
  const prober = createProber({
    profile,
    families,
    resolver: resolverIn(options.resolver),
    allowPrivate,
    declared,
    program: `proviso ${VERSION}`,
    place: options.place ?? '',
    timeout: options.timeout * 1000,
    most: options.most * 1000,
    pause: options.pause,
    ...(tables ? { tables } : {}),
    ...(store ? { store } : {}),
    ...world,
  });
  const say = messages(options.lang ?? languageOf(process.env));
  const seal = options.bundle === undefined ? null : await sealer(options.bundle, options, say);
  const file = options.results === undefined ? null : await resultFile(options.results, profile, families);
  const run = new Run({ given, mayProbe, file, options, profile, say });
  await run.perform(async (name, signal) => {
    const { outcome, evidence } = await prober.probe(name, signal);
    if (seal && !signal.aborted) await seal({ outcome, evidence, profile });
    return outcome;
  });
}

const resultFile = (path: string, profile: ProbeProfile, families: readonly string[]): Promise<ResultFile> =>
  ResultFile.open(path, { profile: { id: profile.id, sha256: profileHash(profile) }, families });

type Sealed = Parameters<typeof sealBundle>[0];

async function sealer(folder: string, options: ProbeOptions, say: Say): Promise<(seen: Sealed) => Promise<void>> {
  const path = options.key ?? defaultKeyFile(process.env);
  const { signer, made } = await loadSigner(path);
  if (made && !options.quiet)
    process.stderr.write(`${say('probeKeyMade', { file: printable(path), id: signer.id })}\n`);
  await makeFolder(folder);
  return (seen) => writeBundle(folder, seen, signer);
}

async function writeBundle(folder: string, seen: Sealed, signer: Signer): Promise<void> {
  const { name, text } = sealBundle(seen, signer);
  const path = join(folder, name);
  await writeFile(path, text).catch((error: unknown) => {
    throw unwritten(path, error, true);
  });
}

/** One run over names: progress, Ctrl-C, where outcomes go, the exit code. */
class Run {
  private readonly given: readonly string[];
  private readonly mayProbe: (name: string) => boolean;
  private readonly file: ResultFile | null;
  private readonly options: ProbeOptions;
  private readonly profile: ProbeProfile;
  private readonly say: Say;
  private readonly tally: Tally = begun();

  constructor(parts: {
    given: readonly string[];
    mayProbe(name: string): boolean;
    file: ResultFile | null;
    options: ProbeOptions;
    profile: ProbeProfile;
    say: Say;
  }) {
    this.given = parts.given;
    this.mayProbe = parts.mayProbe;
    this.file = parts.file;
    this.options = parts.options;
    this.profile = parts.profile;
    this.say = parts.say;
  }

  async perform(probe: (name: string, signal: AbortSignal) => Promise<ProbeOutcome>): Promise<void> {
    const { options, file } = this;
    const stop = new AbortController();
    const onInterrupt = (): void => {
      if (stop.signal.aborted) process.exit(EXIT.interrupted);
      stop.abort();
    };
    process.on('SIGINT', onInterrupt);
    const quiet = options.quiet === true;
    const progress = new Progress({
      out: process.stderr,
      quiet,
      now: () => performance.now(),
      unit: this.say('probeUnit'),
    });
    const shown = file === null ? new Shown(this.profile, options) : null;
    const sink = file === null ? null : new LineAppender(file.path);
    try {
      progress.expect(await this.count(), 0);
      await shown?.begin();
      const ordered = new InOrder(async (outcome) => {
        progress.clear();
        await shown?.one(outcome);
      });
      let place = 0;
      await probeAll(this.names(), { jobs: options.jobs, signal: stop.signal }, async (name) => {
        const mine = place++;
        const outcome = await probe(name, stop.signal).catch((error: unknown) => {
          if (error instanceof FormatError) return this.unusable(name);
          throw error;
        });
        progress.advance(1, name);
        const kept = stop.signal.aborted ? null : outcome;
        if (kept) tallyOne(this.tally, kept);
        if (kept && sink) await sink.add(JSON.stringify(kept));
        await ordered.put(mine, kept);
      });
      await sink?.close();
      progress.clear();
      if (file !== null && !stop.signal.aborted) await this.showFile(file);
      await shown?.end();
    } catch (error) {
      await shown?.abandon();
      throw error;
    } finally {
      progress.clear();
      process.off('SIGINT', onInterrupt);
    }
    if (stop.signal.aborted) process.exitCode = EXIT.interrupted;
    else setExit(this.tally, options);
  }

  private unusable(name: string, why: MessageId = 'probeNoName'): null {
    this.tally.open += 1;
    process.stderr.write(`${this.say(why, { name: printable(name).slice(0, 100) })}\n`);
    return null;
  }

  /** All names, each once, but for those that are done. */
  private async *names(): AsyncGenerator<string> {
    const seen = this.file === null ? new Set<string>() : new Set(this.file.done);
    const isNew = (name: string): boolean => !seen.has(name) && seen.add(name).size > 0;
    yield* this.given.filter(isNew);
    if (this.options.list === undefined) return;
    for await (const line of listedNames(this.options.list)) {
      const name = nameIn(line);
      if (name === null) this.unusable(line);
      else if (!this.mayProbe(name)) this.unusable(name, 'probeNotPublic');
      else if (isNew(name)) yield name;
    }
  }

  /** How many names there are to do, for the progress line. */
  private async count(): Promise<number> {
    const { list } = this.options;
    let count = this.given.length;
    if (list !== undefined && list !== '-') for await (const _ of listedNames(list)) count += 1;
    return Math.max(0, count - (this.file?.done.size ?? 0));
  }

  /** Shows what the whole file of results holds, if that is wanted, and takes all of it into account. */
  private async showFile(file: ResultFile): Promise<void> {
    const { options } = this;
    const wanted = options.format !== undefined || options.json || options.out !== undefined;
    const shown = wanted ? new Shown(this.profile, options) : null;
    const names = { names: 0, fail: 0, inconclusive: 0 };
    try {
      await shown?.begin();
      for await (const outcome of file.outcomes()) {
        names.names += 1;
        if (outcome.verdict === 'fail' || outcome.verdict === 'inconclusive') names[outcome.verdict] += 1;
        tallyOne(this.tally, outcome);
        await shown?.one(outcome);
      }
      await shown?.end();
    } catch (error) {
      await shown?.abandon();
      throw error;
    }
    if (!options.quiet) process.stderr.write(`${this.say('probeSummary', names)}\n`);
  }
}

const begun = (): Tally => ({ worst: 'not-applicable', open: 0 });

function tallyOne(tally: Tally, { results, verdict: worst }: ProbeOutcome): void {
  if (results.length === 0) return;
  tally.worst = worstOf([tally.worst, worst]);
  // What does not apply was not found out either: it is said of any name.
  const unseen = results.filter(({ verdict }) => verdict === 'inconclusive').length;
  const beside = results.filter(({ verdict }) => verdict === 'not-applicable').length;
  if (unseen > 0 && unseen + beside === results.length) tally.open += 1;
}

function setExit({ worst, open }: Tally, { failOn }: ShownOptions): void {
  if (failOn && worstOf([worst, failOn]) === worst) process.exitCode = EXIT.findings;
  else if (open > 0) process.exitCode = EXIT.partly;
}

/** Where outcomes are shown, in the format that was asked for. */
class Shown {
  private readonly output: Output;
  private readonly formatter: ReturnType<typeof probeFormatter>;

  constructor(profile: ProbeProfile, options: ShownOptions) {
    const format = options.json ? 'json' : (options.format ?? 'pretty');
    const forPeople = format === 'pretty' || format === 'html';
    this.output = openOutput(options.out, { styled: format === 'pretty' });
    this.formatter = probeFormatter(format, {
      color: options.out === undefined && wantsColour(process.stdout),
      width: process.stdout.columns ?? 100,
      language: options.lang ?? (forPeople ? languageOf(process.env) : 'en'),
      profile,
      all: options.all === true,
      started: new Date().toISOString(),
    });
  }

  begin = (): Promise<void> => this.output.write(this.formatter.begin());
  one = (outcome: ProbeOutcome): Promise<void> => this.output.write(this.formatter.one(outcome));
  abandon = (): Promise<void> => this.output.abandon();
  async end(): Promise<void> {
    await this.output.write(this.formatter.end());
    await this.output.close();
  }
}

export interface ReplayOptions extends ShownOptions {
  profile?: string;
  signedBy?: string;
  quiet?: boolean;
}

const JUDGED: Record<'given' | 'tree' | 'bundle', MessageId | null> = {
  given: null,
  tree: null,
  bundle: 'probeOwnProfile',
};

/** `proviso probe replay`: judges a bundle again, without a network. */
export async function replayCommand(path: string, options: ReplayOptions): Promise<void> {
  const say = messages(options.lang ?? languageOf(process.env));
  const text = await readFile(path, 'utf8').catch(() => {
    throw new UsageError(`${path} cannot be read. Name a bundle that "proviso probe --bundle" wrote.`);
  });
  const profile = options.profile === undefined ? undefined : await profileIn(options.profile);
  try {
    const bundle = openBundle(text, basename(path));
    if (options.signedBy !== undefined && options.signedBy.toLowerCase() !== bundle.keyId)
      throw new UsageError(`${path} is signed with the key ${bundle.keyId}, not with ${options.signedBy}.`);
    const { outcome, judgedBy, differences } = await replayBundle(bundle, profile);
    const shown = new Shown(profile ?? bundle.profile, options);
    await shown.begin();
    await shown.one(outcome);
    await shown.end();
    if (!options.quiet) {
      const told = [
        say('probeSignedBy', { id: bundle.keyId, seen: bundle.evidence.started }),
        ...[JUDGED[judgedBy]].flatMap((id) =>
          id === null ? [] : [say(id, { profile: printable(bundle.profile.id) })],
        ),
        differences.length === 0 ? say('probeSame') : say('probeDifferent', { n: differences.length }),
        ...differences.map(({ check, subject, before, after }) =>
          printable(`  ${check} ${subject}: ${before ?? '–'} → ${after ?? '–'}`),
        ),
      ];
      process.stderr.write(`${told.join('\n')}\n`);
    }
    const tally = begun();
    tallyOne(tally, outcome);
    setExit(tally, options);
  } catch (error) {
    if (error instanceof BundleError) throw new UsageError(`${path}: ${error.message}`);
    throw error;
  }
}
