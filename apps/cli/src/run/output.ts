import { createWriteStream, statSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { UsageError } from '../exit.ts';

/** Where answers go. */
export interface Output {
  write(text: string): Promise<void>;
  /** Ends it: a file now stands under its name. @throws UsageError when it cannot be written. */
  close(): Promise<void>;
  /** Ends it without a file. */
  abandon(): Promise<void>;
}

/** Standard output, or a file that appears under its name only when it is whole. @throws UsageError when the name is a folder's. */
export function openOutput(file: string | undefined): Output {
  if (file === undefined) {
    return {
      write: (text) => writeTo(process.stdout, text),
      close: async () => {},
      abandon: async () => {},
    };
  }
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`${file} is a folder; name a file.`);
  const draft = `${file}.part`;
  const stream = createWriteStream(draft);
  const opened = new Promise<void>((done, fail) => {
    stream.once('open', () => done());
    stream.once('error', () =>
      fail(
        new UsageError(`${file} cannot be written. Name a file in a folder that is there and that you may write to.`),
      ),
    );
  });
  opened.catch(() => {});
  const finish = async (): Promise<void> => {
    stream.end();
    await finished(stream);
  };
  return {
    write: async (text) => {
      await opened;
      await writeTo(stream, text);
    },
    close: async () => {
      await opened;
      await finish();
      await rename(draft, file);
    },
    abandon: async () => {
      await finish();
      await rm(draft, { force: true });
    },
  };
}

function writeTo(stream: NodeJS.WritableStream, text: string): Promise<void> {
  if (text === '') return Promise.resolve();
  return new Promise((done) => {
    if (stream.write(text)) done();
    else stream.once('drain', () => done());
  });
}
