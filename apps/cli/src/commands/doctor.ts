import { access, constants, mkdir } from 'node:fs/promises';
import { availableParallelism, freemem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { createPool } from '@proviso/documents';
import { loadRegistry } from '@proviso/standards';
import { EXIT } from '../exit.ts';
import { defaultCacheFolder } from '../run/cache.ts';
import type { ReadJob, ReadResult } from '../run/job.ts';
import { DEFAULT_MEMORY_MB } from '../run/limits.ts';
import { today } from '../today.ts';
import { VERSION } from '../version.ts';

interface Finding {
  what: string;
  ok: boolean;
  says: string;
  /** What the person can do about it. */
  do?: string;
}

/** `proviso doctor`: tries what a run needs, and says what to do where something is amiss. */
export async function doctorCommand(options: { json?: boolean }): Promise<void> {
  const findings = [node(), registry(), await readers(), await cache(), memory()];
  if (options.json) process.stdout.write(`${JSON.stringify({ version: VERSION, findings }, null, 2)}\n`);
  else {
    for (const finding of findings) {
      process.stdout.write(`${finding.ok ? 'ok  ' : 'NO  '} ${finding.what.padEnd(10)} ${finding.says}\n`);
      if (finding.do) process.stdout.write(`     ${' '.repeat(10)} ${finding.do}\n`);
    }
  }
  if (findings.some((finding) => !finding.ok)) process.exitCode = EXIT.findings;
}

function node(): Finding {
  const ok = Number(process.versions.node.split('.')[0]) >= 24;
  return {
    what: 'node',
    ok,
    says: `${process.version} on ${process.platform} ${process.arch}, ${availableParallelism()} cores`,
    ...(ok ? {} : { do: 'Run "npm ci" in the checkout, which brings Node 24 along.' }),
  };
}

function registry(): Finding {
  try {
    const loaded = loadRegistry();
    return { what: 'registry', ok: loaded.size > 0, says: `${loaded.size} standards, edition ${loaded.version}` };
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error);
    return { what: 'registry', ok: false, says, do: 'Run "npm run prepare" to compile it again.' };
  }
}

/** Reads a small file through a real child process, with its limits on. */
async function readers(): Promise<Finding> {
  const pool = createPool<ReadJob, ReadResult>({
    module: new URL('../run/worker.ts', import.meta.url),
    size: 1,
    timeoutMs: 30_000,
    memoryMb: DEFAULT_MEMORY_MB,
  });
  try {
    const file = fileURLToPath(new URL('../../package.json', import.meta.url));
    const outcome = await pool.run({
      file,
      path: 'package.json',
      members: [],
      sha256: '',
      bytes: 0,
      engine: VERSION,
      asOf: today(),
      manifest: null,
      withText: false,
      lint: 'no',
      language: 'en',
    });
    return outcome.ok
      ? { what: 'readers', ok: true, says: 'a child process starts, reads and answers' }
      : { what: 'readers', ok: false, says: outcome.problem.message, do: 'Check that this user may start processes.' };
  } finally {
    await pool.close();
  }
}

async function cache(): Promise<Finding> {
  const folder = defaultCacheFolder(process.env);
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
    return { what: 'cache', ok: true, says: folder };
  } catch {
    return {
      what: 'cache',
      ok: false,
      says: `${folder} cannot be written`,
      do: 'Set PROVISO_CACHE to a folder of yours, or use --no-cache.',
    };
  }
}

function memory(): Finding {
  const free = Math.round(freemem() / 1024 ** 2);
  const need = availableParallelism() * DEFAULT_MEMORY_MB;
  return {
    what: 'memory',
    ok: free > need,
    says: `${free} MB free; a reader may hold ${DEFAULT_MEMORY_MB} MB`,
    ...(free > need ? {} : { do: 'Read with fewer at once: proviso read --jobs 1' }),
  };
}
