import { Readable } from 'node:stream';
import type { ReadableStream as WebStream } from 'node:stream/web';
import type { KeptFile } from '@proviso/dossier';
import { type OfferFile, openFile, SealingError } from '@proviso/sealing';
import type { FileStore } from '@proviso/store';
import { inSandbox, withFolder } from '../library/sandbox.ts';

/**
 * Opens one file of an offer into the file store. It is kept only when it is whole and the very file that the offer names. `sent`: hashes of
 * the ciphertexts that came with the offer.
 * @throws StoreError `no-file`, `damaged-file` when a ciphertext that was received is not here any more: then nothing may be opened
 */
export async function openOfferFile(
  files: FileStore,
  file: OfferFile,
  identity: string,
  sent: ReadonlySet<string>,
): Promise<KeptFile> {
  const named = { name: file.name, media: file.mediaType, bytes: file.size, sha256: file.sha256 };
  if (!sent.has(file.sealed.sha256)) return { ...named, problem: 'not-sent', kept: false };
  const sealed = Readable.toWeb(await files.get(file.sealed.sha256)) as WebStream<Uint8Array>;
  try {
    const opened = openFile(sealed as ReadableStream<Uint8Array>, identity, file);
    await files.put(opened as unknown as AsyncIterable<Uint8Array>, { limit: file.size });
    return { ...named, problem: null, kept: true };
  } catch (error) {
    if (!(error instanceof SealingError)) throw error;
    return { ...named, problem: error.code, kept: false };
  }
}

/** Has a sandboxed child try to read a kept file, and says what is wrong with it. */
export async function checkedFile(files: FileStore, file: KeptFile): Promise<KeptFile> {
  if (!file.kept) return file;
  const outcome = await withFolder(files, [{ sha256: file.sha256, as: 'evidence' }], async (folder) =>
    inSandbox({ kind: 'check', file: `${folder}/evidence`, name: file.name }),
  );
  return { ...file, problem: outcome.ok ? outcome.value.problem : outcome.problem.code };
}
