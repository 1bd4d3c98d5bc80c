import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const MAIN = join(import.meta.dirname, '..', 'main.ts');
const CLI = join(import.meta.dirname, '..', '..', '..', 'cli', 'src', 'main.ts');

/** The server as people start it, in a process of its own. */
export interface ServerProcess {
  url: string;
  /** Of the server; of what it has started a test learns otherwise. */
  readonly pid: number;
  /** What it wrote down, the last lines last. */
  lines: string[];
  /** Starts it where it does not run, and waits until it takes requests. */
  start(): Promise<void>;
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>;
  /** Has it end by itself; gives its exit code. */
  stop(): Promise<number | null>;
}

const LINES_KEPT = 200;

/** A server that listens on a free port, the same each time it is started. */
export async function serverProcess(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<ServerProcess> {
  const port = await freePort();
  const lines: string[] = [];
  let child: ChildProcess | null = null;
  const note = (line: string): void => {
    lines.push(line);
    if (lines.length > LINES_KEPT) lines.shift();
  };
  const gone = async (signal: NodeJS.Signals): Promise<number | null> => {
    const running = child;
    child = null;
    if (running === null || running.exitCode !== null) return running?.exitCode ?? null;
    const ended = new Promise<number | null>((done) => running.once('exit', done));
    running.kill(signal);
    return await ended;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    get pid() {
      return child?.pid ?? 0;
    },
    lines,
    async start() {
      const made = spawn(process.execPath, [MAIN, '--port', String(port), '--no-open', ...args], {
        env: { ...process.env, DATABASE_URL: '', PROVISO_DATA: '', ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child = made;
      createInterface({ input: made.stderr }).on('line', note);
      await new Promise<void>((ready, failed) => {
        made.once('exit', (code) => failed(new Error(`The server ended with ${code}: ${lines.slice(-20).join('\n')}`)));
        createInterface({ input: made.stdout }).on('line', (line) => {
          note(line);
          if (/^Proviso (runs|works)/.test(line)) ready();
        });
      });
    },
    kill: async () => void (await gone('SIGKILL')),
    stop: () => gone('SIGTERM'),
  };
}

/** The command line, in a process of its own. */
export function provisoCommand(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = { ...process.env, DATABASE_URL: '', PROVISO_DATA: '' };
  return new Promise((done) => {
    execFile(process.execPath, [CLI, ...args], { env }, (error, out, err) => {
      done({ code: error ? Number(error.code) : 0, out, err });
    });
  });
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((ready) => probe.listen(0, '127.0.0.1', ready));
  const address = probe.address();
  await new Promise((closed) => probe.close(closed));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
