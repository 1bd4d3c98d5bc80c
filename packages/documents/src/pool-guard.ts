import { spawn } from 'node:child_process';
import { Socket } from 'node:net';

/** Reads `add PID` and `del PID` until its input ends, which it does when the parent is gone for whatever reason. */
const SCRIPT = `
trap '' INT HUP
pids=' '
while read -r what pid; do
  if [ "$what" = add ]; then pids="$pids$pid "; else pids="\${pids%% $pid *} \${pids#* $pid }"; fi
done
for pid in $pids; do kill -9 "$pid"; done
`;

/**
 * Ends children that the parent leaves behind. A child in an endless loop never hears that its parent was killed; this shell
 * does, and costs next to nothing. On Windows there is none, and only children at rest end by themselves.
 */
export class Guard {
  private readonly input: Socket | null = null;

  constructor() {
    if (process.platform === 'win32') return;
    const shell = spawn('/bin/sh', ['-c', SCRIPT], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
    shell.on('error', () => {});
    shell.unref();
    shell.stdin.on('error', () => {});
    if (shell.stdin instanceof Socket) {
      shell.stdin.unref();
      this.input = shell.stdin;
    }
  }

  watch(pid: number | undefined): void {
    if (pid !== undefined) this.input?.write(`add ${pid}\n`);
  }

  forget(pid: number | undefined): void {
    if (pid !== undefined) this.input?.write(`del ${pid}\n`);
  }

  close(): void {
    this.input?.end();
  }
}
