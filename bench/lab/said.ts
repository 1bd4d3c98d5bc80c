import { spawn } from 'node:child_process';

/** What a program said on standard output and error, and how it ended; -1 where it was stopped. Never rejects. */
export function said(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  input = '',
  milliseconds = 10_000,
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
    // openssl waits for an answer only as long as there may be more to send.
    if (command === 'openssl') setTimeout(() => child.stdin.end(), 400);
    else child.stdin.end();
  });
}
