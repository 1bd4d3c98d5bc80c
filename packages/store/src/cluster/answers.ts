import { open } from 'node:fs/promises';
import { connect } from 'node:net';
import { basename, dirname, join } from 'node:path';

/** Bytes of a socket's path that every system takes (unix(7)). */
const LONGEST = 100;
const PATIENCE_MS = 2_000;

/**
 * Whether somebody listens on a Unix socket. Unlike a process number this can be told from another container on the same volume, since the
 * kernel finds the listener by the file.
 */
export async function answers(socket: string): Promise<boolean> {
  return await withShortPath(
    socket,
    (path) =>
      new Promise((done) => {
        const client = connect({ path });
        const end = (heard: boolean): void => {
          client.destroy();
          done(heard);
        };
        client.once('connect', () => end(true));
        client.once('error', () => end(false));
        // A listener that is too busy to take us is one all the same.
        client.setTimeout(PATIENCE_MS, () => end(true));
      }),
  );
}

/** Works with a name for the socket that is short enough; on Linux a folder that is open has one under /proc. */
export async function withShortPath<Result>(socket: string, work: (path: string) => Promise<Result>): Promise<Result> {
  if (Buffer.byteLength(socket) <= LONGEST || process.platform !== 'linux') return await work(socket);
  const folder = await open(dirname(socket), 'r').catch(() => null);
  if (folder === null) return await work(socket);
  try {
    return await work(join('/proc/self/fd', String(folder.fd), basename(socket)));
  } finally {
    await folder.close();
  }
}
