import { readFile } from 'node:fs/promises';
import { type Catalogue, type Context, type DemandFile, readDemandFile } from '@proviso/catalogue';
import { parse as parseYaml } from 'yaml';
import { UsageError } from '../exit.ts';

/** A context file, YAML or JSON. @throws UsageError that names each field at fault. */
export async function readContext(file: string, catalogue: Catalogue): Promise<Context> {
  let content: unknown;
  try {
    content = parseYaml(await readFile(file, 'utf8'));
  } catch (error) {
    const what = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new UsageError(
      isMissing(error)
        ? `There is no file ${file}. Name one that describes a purchase in YAML, as those of examples/contexts.`
        : `${file} cannot be read: ${what.replace(/:$/, '.')}`,
    );
  }
  const { ContextError, contextOf } = await import('@proviso/catalogue/check');
  try {
    return contextOf(content, catalogue);
  } catch (error) {
    if (!(error instanceof ContextError)) throw error;
    throw new UsageError(`${file} does not describe a purchase:`, error.faults);
  }
}

/** A demand as `proviso demand` wrote it. @throws UsageError that says what the file is instead. */
export async function readDemand(file: string, command: string): Promise<DemandFile> {
  try {
    return readDemandFile(await readFile(file, 'utf8'), file);
  } catch (error) {
    const what = isMissing(error)
      ? `there is no file ${file}. Name the demand.json that "proviso demand --out" wrote.`
      : error instanceof Error
        ? error.message
        : String(error);
    throw new UsageError(`${command}: ${what}`);
  }
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';
