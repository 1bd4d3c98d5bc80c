import { spawn } from 'node:child_process';
import { afterEach, describe, expect, test } from 'vitest';
import { createPool, type Pool } from './pool.ts';

interface Job {
  do: string;
  value?: unknown;
}

const OBEDIENT = new URL('./fixtures/pool/obedient.ts', import.meta.url);
const BROKEN = new URL('./fixtures/pool/broken.ts', import.meta.url);
let pool: Pool<Job, unknown>;

function open(
  options: Partial<{ module: URL; size: number; timeoutMs: number; memoryMb: number }> = {},
): Pool<Job, unknown> {
  pool = createPool<Job, unknown>({ module: OBEDIENT, size: 1, timeoutMs: 10_000, memoryMb: 400, ...options });
  return pool;
}

afterEach(() => pool.close());

describe('a pool', () => {
  test('answers many jobs with few children, each with its own answer', async () => {
    open({ size: 2 });
    const outcomes = await Promise.all(Array.from({ length: 50 }, (_, value) => pool.run({ do: 'echo', value })));
    expect(outcomes).toEqual(Array.from({ length: 50 }, (_, value) => ({ ok: true, value })));
    const pids = await Promise.all(Array.from({ length: 20 }, () => pool.run({ do: 'pid' })));
    expect(new Set(pids.map((outcome) => outcome.ok && outcome.value)).size).toBeLessThanOrEqual(2);
  });

  test('hands values over whole: bytes, maps, undefined', async () => {
    open();
    const value = { bytes: new Uint8Array([1, 2]), map: new Map([['a', undefined]]) };
    expect(await pool.run({ do: 'echo', value })).toEqual({ ok: true, value });
  });

  test.each([
    ['loop', 'too-slow', { timeoutMs: 300 }],
    ['wait', 'too-slow', { timeoutMs: 300 }],
    ['eat', 'too-much-memory', { memoryMb: 250 }],
    ['exit', 'crashed', {}],
    ['throw', 'crashed', {}],
  ])('%s ends as %s and the next job is answered', async (what, code, limits) => {
    open(limits);
    const [bad, good] = await Promise.all([pool.run({ do: what }), pool.run({ do: 'echo', value: 1 })]);
    expect(bad).toMatchObject({ ok: false, problem: { code, fatal: true } });
    expect(good).toEqual({ ok: true, value: 1 });
  });

  test('says what a job threw', async () => {
    const outcome = await open().run({ do: 'throw' });
    expect(outcome.ok ? '' : outcome.problem.message).toContain('TypeError: no such thing');
  });

  test('a killed job takes no other with it', async () => {
    open({ size: 2, timeoutMs: 1500 });
    const slow = pool.run({ do: 'loop' });
    const others = await Promise.all(Array.from({ length: 10 }, (_, value) => pool.run({ do: 'late', value })));
    expect(others.every((outcome) => outcome.ok)).toBe(true);
    expect(await slow).toMatchObject({ ok: false });
  });

  test('a module that cannot be loaded fails its jobs, not the parent', async () => {
    open({ module: BROKEN });
    const outcomes = await Promise.all([pool.run({ do: 'echo' }), pool.run({ do: 'echo' })]);
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ ok: false, problem: { code: 'crashed' } });
      expect(outcome.ok ? '' : outcome.problem.message).toContain('this module cannot be loaded');
    }
  });

  test('an aborted signal stops waiting and running jobs', async () => {
    open();
    const stop = new AbortController();
    const jobs = [pool.run({ do: 'wait' }, stop), pool.run({ do: 'echo' }, stop)];
    stop.abort();
    for (const outcome of await Promise.all(jobs)) expect(outcome.ok).toBe(false);
    expect(await pool.run({ do: 'echo', value: 2 })).toEqual({ ok: true, value: 2 });
  });

  test('closes cleanly with jobs under way, and runs none afterwards', async () => {
    open({ size: 2 });
    const jobs = [pool.run({ do: 'wait' }), pool.run({ do: 'wait' }), pool.run({ do: 'echo' })];
    await pool.close();
    for (const outcome of await Promise.all(jobs)) expect(outcome.ok).toBe(false);
    expect((await pool.run({ do: 'echo' })).ok).toBe(false);
  });

  test.skipIf(process.platform === 'win32')('children die with the parent, even in an endless loop', async () => {
    open();
    const script = `
      import { createPool } from ${JSON.stringify(new URL('./pool.ts', import.meta.url).href)};
      const pool = createPool({ module: new URL(${JSON.stringify(OBEDIENT.href)}), size: 1, timeoutMs: 60000, memoryMb: 400 });
      console.log((await pool.run({ do: 'pid' })).value);
      pool.run({ do: 'loop' });
      setInterval(() => {}, 1000);
    `;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const pid = Number(
      await new Promise<string>((resolve) => parent.stdout.once('data', (data) => resolve(String(data)))),
    );
    expect(alive(pid)).toBe(true);
    parent.kill('SIGKILL');
    await expect.poll(() => alive(pid), { timeout: 10_000, interval: 100 }).toBe(false);
  });
});

/** A zombie nobody has reaped yet counts as dead. */
function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return true;
}
