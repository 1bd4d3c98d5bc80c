import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import {
  type Catalogue,
  type Context,
  type DemandFile,
  demandFileOf,
  derive,
  diffDemands,
  type Language,
  loadCatalogue,
} from '@proviso/catalogue';
import { ContextError, contextOf } from '@proviso/catalogue/check';
import { stringify } from 'yaml';
import { UsageError } from '../exit.ts';
import { demandPretty } from '../format/demand-pretty.ts';
import { diffPretty } from '../format/diff-pretty.ts';
import { messages } from '../messages.ts';
import { languageOf } from '../person-language.ts';
import { interview } from '../run/interview.ts';
import { makeFolder, writeOutput } from '../run/output.ts';
import { readContext, readDemand } from '../run/purchase-files.ts';
import { printable, wantsColour } from '../terminal.ts';
import { today } from '../today.ts';

export interface DemandOptions {
  context?: string[];
  out?: string;
  lang?: Language;
  template?: string;
  diff?: string;
  json?: boolean;
  force?: boolean;
}

/** `proviso demand`: from a purchase's context to a folder of files; see `proviso demand --help`. */
export async function demandCommand(options: DemandOptions): Promise<void> {
  const catalogue = loadCatalogue();
  const template = options.template ? await readTemplate(options.template) : undefined;
  const contexts = options.context
    ? await Promise.all(
        options.context.map(async (file) => ({ name: nameOf(file), context: await readContext(file, catalogue) })),
      )
    : [{ name: 'purchase', context: await askForContext(catalogue, options) }];
  for (const { name, context } of contexts) {
    const file = demandFileOf(derive(context, catalogue), catalogue);
    const language = options.lang ?? context.language;
    if (options.diff) await showDiff(options.diff, file, language, options.json === true);
    else if (options.json) await writeOutput(undefined, `${JSON.stringify(file.demand, null, 2)}\n`);
    else
      await writeOutput(undefined, demandPretty(file, { color: wantsColour(process.stdout), language }), {
        styled: true,
      });
    if (options.out) {
      const folder = contexts.length > 1 ? join(options.out, name) : options.out;
      const written = await writeFolder(folder, file, language, { template, force: options.force === true });
      const say = messages(language);
      process.stderr.write(`${say('demandWritten', { folder: printable(folder), files: written.join(', ') })}\n`);
    }
  }
}

const nameOf = (file: string): string => basename(file, extname(file));

async function askForContext(catalogue: Catalogue, options: DemandOptions): Promise<Context> {
  const language = options.lang ?? languageOf(process.env);
  const answers = await interview(catalogue, language, messages(language), {
    input: process.stdin,
    output: process.stderr,
  });
  if (answers === null)
    throw new UsageError(
      'demand: the questions were not all answered, so nothing was made. Describe the purchase with --context FILE.',
    );
  try {
    return contextOf(answers, catalogue);
  } catch (error) {
    if (error instanceof ContextError)
      throw new UsageError('demand: the answers do not describe a purchase:', error.faults);
    throw error;
  }
}

async function readTemplate(file: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(file));
  } catch {
    throw new UsageError(`demand: the template ${file} cannot be read.`);
  }
}

async function showDiff(old: string, now: DemandFile, language: Language, json: boolean): Promise<void> {
  const before = await readDemand(old, 'demand');
  const diff = diffDemands(before, now);
  await writeOutput(undefined, json ? `${JSON.stringify(diff, null, 2)}\n` : diffPretty(diff, before, now, language));
}

/** Files of a demand, by name; each made only when it is written. */
async function writeFolder(
  folder: string,
  file: DemandFile,
  language: Language,
  { template, force }: { template: Uint8Array | undefined; force: boolean },
): Promise<string[]> {
  const kept = join(folder, 'demand.json');
  const json = `${JSON.stringify(file, null, 1)}\n`;
  if (existsSync(kept) && !force && (await readFile(kept, 'utf8')) !== json)
    throw new UsageError(
      `demand: ${folder} holds another demand, which is a decision on record. Name another folder, see the difference with --diff ${kept}, or replace it with --force.`,
    );
  await makeFolder(folder);
  const make = await import('@proviso/publishing');
  const profile = make.oscalProfile(file, language);
  const files: [name: string, content: string | Uint8Array][] = [
    ['demand.json', json],
    ['context.yaml', stringify(file.demand.context)],
    ['annex.docx', await annexFile()],
    ['clauses.docx', await make.clausesDocx(file, language)],
    ['justification.docx', await make.justificationDocx(file, language)],
    ['questionnaire.xlsx', await make.questionnaireXlsx(file, language)],
    ['matrix.xlsx', await make.matrixXlsx(file, language)],
    ['form.html', make.offlineForm(file, language)],
    ['oscal-catalog.json', `${JSON.stringify(make.oscalCatalog(file, language), null, 1)}\n`],
    ...(profile ? [['oscal-profile.json', `${JSON.stringify(profile, null, 1)}\n`] as [string, string]] : []),
    ['ocds.json', `${JSON.stringify(make.ocdsRequirements(file, language, today()), null, 1)}\n`],
  ];
  for (const [name, content] of files) await writeOutput(join(folder, name), content);
  return files.map(([name]) => name);

  async function annexFile(): Promise<Uint8Array> {
    try {
      return await make.annexDocx(file, language, template ? { template } : {});
    } catch (error) {
      throw error instanceof make.TemplateError ? new UsageError(`demand: ${error.message}`) : error;
    }
  }
}
