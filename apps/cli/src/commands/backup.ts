import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { backup, restore, verifyBackup } from '@proviso/store';
import { EXIT, UsageError, unwritten } from '../exit.ts';
import { told, withWorkbench } from '../run/workbench.ts';
import { printable } from '../terminal.ts';

interface BackupOptions {
  data?: string;
  json?: boolean;
}

/** `proviso backup FILE`: everything of all organisations as of one moment, while the workbench runs or not. */
export async function backupCommand(file: string, options: BackupOptions): Promise<void> {
  if ((await stat(file).catch(() => null)) !== null)
    throw new UsageError(`backup: ${file} is there already. Name another file, or remove it first.`);
  const result = await withWorkbench(options.data, async ({ store, files }) => {
    // Under another name until it is whole and on disk: what bears the name is a backup.
    const half = `${file}.half`;
    const out = createWriteStream(half, { flags: 'wx', mode: 0o600, flush: true });
    let opened = false;
    out.once('open', () => {
      opened = true;
    });
    const closed = finished(out);
    // What went wrong is said once, below.
    closed.catch(() => {});
    try {
      const made = await backup(store, files, out);
      out.end();
      await closed;
      await rename(half, file);
      return made;
    } catch (error) {
      out.destroy();
      await closed.catch(() => {});
      if (opened) await rm(half, { force: true });
      throw out.errored ? unwritten(file, out.errored, opened) : error;
    }
  });
  if (options.json) process.stdout.write(`${JSON.stringify({ file, ...result }, null, 2)}\n`);
  else process.stdout.write(`${printable(file)}: ${result.rows} rows, ${result.files} files, ${result.bytes} bytes.\n`);
  for (const { sha256, why } of result.missing)
    process.stderr.write(
      `A file is not in the backup, since the store does not give it whole: ${sha256} (${printable(why)}).\n`,
    );
  if (result.missing.length > 0) process.exitCode = EXIT.partly;
}

/** `proviso restore FILE`: puts a backup into an empty workbench, all of it or nothing; with `check` only looks whether it is whole. */
export async function restoreCommand(file: string, options: BackupOptions & { check?: boolean }): Promise<void> {
  if ((await stat(file).catch(() => null)) === null) throw new UsageError(`restore: there is no file ${file}.`);
  const read = (): AsyncIterable<Uint8Array> => createReadStream(file);
  const summary = options.check
    ? await verifyBackup(read()).catch((error: unknown) => {
        throw told(error);
      })
    : await withWorkbench(options.data, ({ store, files }) => restore(store, files, read), { restored: true });
  if (options.json) process.stdout.write(`${JSON.stringify({ file, ...summary }, null, 2)}\n`);
  else process.stdout.write(`${printable(file)} ${options.check ? 'is whole' : 'was restored'}.\n`);
}
