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
    throw new UsageError(
      `${file} cannot be read: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`,
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
    throw new UsageError(`${command}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
