import { createWriteStream, statSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { UsageError, unwritten } from '../exit.ts';
import { printableData } from '../terminal.ts';

/** Where answers go. */
export interface Output {
  /** @throws UsageError when the file cannot be written at all; OutputError when the disk is full or fails. */
  write(content: string | Uint8Array): Promise<void>;
  /** Ends it: a file now stands under its name. Throws as `write` does. */
  close(): Promise<void>;
  /** Ends it without a file. */
  abandon(): Promise<void>;
}

export interface OutputOptions {
  /** Made for people, so that its own styles go to a terminal as they are. */
  styled?: boolean;
}

/**
 * Standard output, or a file that appears under its name only when it is whole. What was made for programs is shown on a terminal
 * without anything it would obey. @throws UsageError when the name is a folder's.
 */
export function openOutput(file: string | undefined, { styled = false }: OutputOptions = {}): Output {
  if (file === undefined) {
    const shown = (content: string | Uint8Array): string | Uint8Array =>
      process.stdout.isTTY && !styled && typeof content === 'string' ? printableData(content) : content;
    return {
      write: (content) => writeTo(process.stdout, shown(content)),
      close: async () => {},
      abandon: async () => {},
    };
  }
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`${file} is a folder; name a file.`);
  const draft = `${file}.part`;
  const stream = createWriteStream(draft);
  let opened = false;
  let broken: Error | undefined;
  stream.once('open', () => {
    opened = true;
  });
  stream.on('error', (error) => {
    broken ??= unwritten(file, error, opened);
  });
  const finish = async (): Promise<void> => {
    stream.end();
    await finished(stream).catch(() => {});
  };
  return {
    write: async (content) => {
      await writeTo(stream, content);
      if (broken) throw broken;
    },
    close: async () => {
      await finish();
      if (broken) throw broken;
      await rename(draft, file).catch((error: unknown) => {
        throw unwritten(file, error, false);
      });
    },
    abandon: async () => {
      await finish();
      await rm(draft, { force: true });
    },
  };
}

/** All of an output at once; a file that could not be written leaves nothing behind. Throws as `Output` does. */
export async function writeOutput(
  file: string | undefined,
  content: string | Uint8Array,
  options: OutputOptions = {},
): Promise<void> {
  const output = openOutput(file, options);
  try {
    await output.write(content);
    await output.close();
  } catch (error) {
    await output.abandon();
    throw error;
  }
}

/** The folder that files are about to be written to, with those above it. @throws UsageError, OutputError as `Output` does. */
export async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw unwritten(folder, error, false);
  });
}

/** Ends when the content is taken or the stream is broken; which of them, the stream's `error` event says. */
function writeTo(stream: NodeJS.WritableStream, content: string | Uint8Array): Promise<void> {
  if (content.length === 0) return Promise.resolve();
  return new Promise((done) => {
    stream.write(content, () => done());
  });
}
