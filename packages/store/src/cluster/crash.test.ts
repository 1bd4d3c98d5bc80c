import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connect } from '../connect/connect.ts';
import { withTenant } from '../connect/tenant.ts';
import { verifyLog } from '../log/log.ts';
import { readPostmasterFile } from './orphan.ts';
import { waitUntil } from './processes.ts';

const TENANT = '00000000-0000-4000-8000-00000000c4a5';
let dataDir: string;
const children: ChildProcess[] = [];
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'proviso-crash-'));
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(dataDir, { recursive: true, force: true });
});

/** Lets a writer run until it had `acks` acknowledged, then calls `end`; gives the last number acknowledged. */
async function writeUntil(first: number, acks: number, end: (child: ChildProcess) => Promise<void>): Promise<number> {
  const program = fileURLToPath(new URL('../testing/writer.ts', import.meta.url));
  const child = spawn(process.execPath, [program, dataDir, String(first)], { stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  let last = 0;
  let complaint = '';
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  child.stderr.on('data', (chunk) => {
    complaint += chunk;
  });
  let ending: Promise<void> | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('ack ')) last = Number(line.slice(4));
    if (last >= first + acks) ending ??= end(child);
  }
  await ending;
  await gone;
  if (ending === undefined) throw new Error(`The writer ended by itself: ${complaint}`);
  return last;
}

// Random, but said in the name of the test, so that a failure can be tried again.
const rounds = [
  { kill: 'the parent', acks: Math.ceil(Math.random() * 60) },
  { kill: 'PostgreSQL and the parent', acks: Math.ceil(Math.random() * 60) },
  { kill: 'the parent, then the orphaned PostgreSQL', acks: Math.ceil(Math.random() * 60) },
] as const;
let acknowledged = 0;
let next = 1;

it.each(rounds)('after kill -9 of $kill ($acks rows in) nothing acknowledged is lost', async ({ kill, acks }) => {
  const postgres = (await readPostmasterFile(join(dataDir, 'postgres')))?.pid;
  acknowledged = await writeUntil(next, acks, async (child) => {
    const pid = (await readPostmasterFile(join(dataDir, 'postgres')))?.pid ?? 0;
    expect(pid).not.toBe(postgres);
    if (kill === 'PostgreSQL and the parent') process.kill(pid, 'SIGKILL');
    child.kill('SIGKILL');
    if (kill.endsWith('orphaned PostgreSQL')) process.kill(pid, 'SIGKILL');
  });
  const said: string[] = [];
  const store = await connect({ database: { dataDir }, log: (line) => said.push(line) });
  try {
    const { numbers, verdict } = await withTenant(store.db, TENANT, async (trx) => ({
      numbers: (await trx.selectFrom('setting').select('value').execute()).map(({ value }) => Number(value)),
      verdict: await verifyLog(trx),
    }));
    numbers.sort((a, b) => a - b);
    const written = numbers.at(-1) ?? 0;
    // One may have been written whose acknowledgement nobody saw; none may be missing.
    expect(numbers).toEqual(Array.from({ length: written }, (_, n) => n + 1));
    expect([acknowledged, acknowledged + 1]).toContain(written);
    expect(verdict).toMatchObject({ intact: true, entries: written });
    if (kill === 'the parent') expect(said.join('\n')).toContain('was left running by a Proviso that was killed');
    next = written + 1;
  } finally {
    await store.close();
  }
});

it('a signal that nobody listens to stops PostgreSQL with its parent', async () => {
  await writeUntil(next, 3, async (child) => void child.kill('SIGINT'));
  expect(await waitUntil(async () => (await readPostmasterFile(join(dataDir, 'postgres'))) === null, 20_000)).toBe(
    true,
  );
});
