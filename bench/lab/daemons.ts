import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** Servers that a bench starts in the foreground, and ends with itself. */
export class Daemons {
  private readonly folder: string;
  private readonly running: { command: string; child: ChildProcess; log: string }[] = [];

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Starts one; what it says goes to a file of the folder. */
  start(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): void {
    const log = join(this.folder, `${command}-${this.running.length}.log`);
    const file = openSync(log, 'w');
    this.running.push({
      command,
      child: spawn(command, args, { stdio: ['ignore', file, file], env: { ...process.env, ...env } }),
      log,
    });
    closeSync(file);
  }

  /** Waits until a port takes connections. @throws where a server ended first, with the last that it said, or none does in ten seconds */
  async listening(address: string, port: number): Promise<void> {
    for (let turn = 0; turn < 200; turn += 1) {
      this.alive();
      if (await accepts(address, port)) return;
      await wait(50);
    }
    throw new Error(`Nothing listens on ${address} port ${port}.`);
  }

  /** Ends all, and waits until they have. */
  async stop(): Promise<void> {
    for (const { child } of this.running) child.kill();
    await Promise.all(
      this.running.map(({ child }) => (child.exitCode === null && child.signalCode === null ? once(child, 'exit') : 0)),
    );
  }

  private alive(): void {
    const dead = this.running.find(({ child }) => child.exitCode !== null);
    if (dead)
      throw new Error(
        `${dead.command} ended with ${dead.child.exitCode}: ${readFileSync(dead.log, 'utf8').slice(-500)}`,
      );
  }
}

function accepts(address: string, port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = createConnection({ host: address, port });
    const end = (answer: boolean) => {
      socket.destroy();
      done(answer);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}
