import { readFile } from 'node:fs/promises';
import { type Catalogue, loadCatalogue } from '@proviso/catalogue';
import { UsageError } from '../exit.ts';

/**
 * The catalogue with what an organisation asks beside it, from a file as the workbench exports it.
 * @throws UsageError that names the file, and each requirement that cannot stand
 */
export async function catalogueWith(path: string): Promise<Catalogue> {
  const { OwnFileError, readOwnFile, withOwn } = await import('@proviso/catalogue/check');
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${path} cannot be read: ${error.message}.`);
  });
  try {
    const { catalogue, faults } = withOwn(loadCatalogue(), readOwnFile(text));
    if (faults.length === 0) return catalogue;
    throw new UsageError(
      `${path} holds requirements that this catalogue cannot take:`,
      faults.map(({ id, where, message }) => `${id} ${where}: ${message}`),
    );
  } catch (error) {
    if (!(error instanceof OwnFileError)) throw error;
    throw new UsageError(`${path} holds no requirements of an organisation's own:`, [...error.faults]);
  }
}
