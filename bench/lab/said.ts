import { spawn } from 'node:child_process';

interface Way {
  env?: NodeJS.ProcessEnv;
  /** What it is told, and how long it is left to hear more: openssl ends with its input. */
  input?: string;
  open?: number;
  /** When it is stopped. */
  milliseconds?: number;
}

/** What a program said on standard output and error, and how it ended; -1 where it was stopped. Never rejects. */
export function said(
  command: string,
  args: readonly string[],
  { env = {}, input = '', open = 0, milliseconds = 10_000 }: Way = {},
): Promise<{ code: number; text: string }> {
  return new Promise((done) => {
    const child = spawn(command, args, { env: { ...process.env, ...env }, timeout: milliseconds });
    let text = '';
    const more = (bytes: Buffer) => {
      text += bytes.toString('latin1');
    };
    child.stdout.on('data', more);
    child.stderr.on('data', more);
    child.on('error', () => done({ code: -1, text }));
    child.on('close', (code) => done({ code: code ?? -1, text }));
    child.stdin.on('error', () => {});
    child.stdin.write(input);
    setTimeout(() => child.stdin.end(), open);
  });
}
