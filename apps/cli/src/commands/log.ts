import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DossierError, type DossierLog, verifyDossier } from '@proviso/dossier';
import { type Anchor, verifyLog, withTenant } from '@proviso/store';
import { EXIT, UsageError } from '../exit.ts';
import { organisations, withWorkbench } from '../run/workbench.ts';
import { printable } from '../terminal.ts';

/** Bytes of the log's files in a dossier, inflated: some four million entries. */
const LARGEST_LOG = 2 ** 30 + 2 ** 29;

/**
 * `proviso log verify`: checks the chained log of each organisation, or the one in a dossier, against heads that were kept elsewhere where
 * they are given; of a dossier also the bundles and consents of live checks, against the log. Prints the heads, to be kept for the next time. Exit code 1 where a log was tampered with.
 */
export async function verifyLogCommand(
  dossier: string | undefined,
  options: { data?: string; heads?: string; json?: boolean },
): Promise<void> {
  const kept = options.heads ? await readHeads(options.heads) : {};
  const found = dossier === undefined ? await logsOf(options.data, kept) : [await logIn(dossier, kept)];
  // A dossier is of one organisation; the heads of others are no business of its.
  const missing =
    dossier === undefined ? Object.keys(kept).filter((tenant) => !found.some((one) => one.tenant === tenant)) : [];
  if (options.json) process.stdout.write(`${JSON.stringify({ logs: found, missing }, null, 2)}\n`);
  else {
    for (const { name, verdict, proof } of found) {
      process.stdout.write(`${printable(name)}: ${said(verdict)}\n`);
      for (const line of proofSaid(proof)) process.stdout.write(`${printable(line)}\n`);
    }
    if (found.length === 0 && missing.length === 0)
      process.stdout.write('Nobody has set this workbench up yet: there is no log to check.\n');
    for (const tenant of missing) process.stdout.write(`${tenant}: the organisation and its log are gone.\n`);
  }
  if (missing.length > 0 || found.some(({ verdict, proof }) => !verdict.intact || (proof?.faults.length ?? 0) > 0))
    process.exitCode = EXIT.findings;
}

async function logsOf(data: string | undefined, kept: Readonly<Record<string, Anchor>>): Promise<DossierLog[]> {
  return await withWorkbench(data, async (workbench) => {
    const verdicts: DossierLog[] = [];
    for (const { tenant, name } of await organisations(workbench)) {
      const verdict = await withTenant(workbench.store.db, tenant, (trx) => verifyLog(trx, kept[tenant]));
      verdicts.push({ tenant, name, verdict, proof: null });
    }
    return verdicts;
  });
}

/** The log in a dossier: a folder, or a zip. */
async function logIn(dossier: string, kept: Readonly<Record<string, Anchor>>): Promise<DossierLog> {
  const found = await stat(dossier).catch(() => null);
  if (found === null) throw new UsageError(`log verify: there is no folder or file ${dossier}.`);
  try {
    return await verifyDossier(found.isDirectory() ? inFolder(dossier) : await inZip(dossier), kept);
  } catch (error) {
    throw error instanceof DossierError ? new UsageError(`log verify: ${dossier}: ${error.message}`) : error;
  }
}

const inFolder = (folder: string) => async (name: string) =>
  await readFile(join(folder, name)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new UsageError(`log verify: ${join(folder, name)} cannot be read: ${error.message}.`);
  });

async function inZip(file: string): Promise<(name: string) => Promise<Uint8Array | null>> {
  const { Zip } = await import('@proviso/documents');
  try {
    const zip = new Zip(new Uint8Array(await readFile(file)), { maxInflatedBytes: LARGEST_LOG });
    // The log may be in the part that is gone: that it is missing would say the wrong thing.
    const [problem] = zip.problems;
    if (problem) throw new Error(problem.message);
    return async (name) => {
      const entry = zip.get(name);
      return entry ? zip.read(entry) : null;
    };
  } catch (error) {
    throw new UsageError(
      `log verify: ${file} cannot be read as a zip: ${(error as Error).message} A dossier is what "proviso export" wrote.`,
    );
  }
}

function said(verdict: Awaited<ReturnType<typeof verifyLog>>): string {
  if (verdict.intact)
    return `${verdict.entries} entries, none changed, removed or put in. Head ${verdict.head.seq} ${verdict.head.hash}`;
  return `tampered with at entry ${verdict.seq}: ${verdict.fault}.`;
}

const FAULTS = {
  missing: 'is not there',
  changed: 'was changed: it does not have its hash',
  unlogged: 'is named by no entry of the log',
} as const;

/** What there is to say of the live checks in a dossier. */
function proofSaid(proof: DossierLog['proof']): string[] {
  if (proof === null) return [];
  const { bundles, consents, unchecked, faults } = proof;
  const open =
    unchecked === 0 ? '' : ` Of ${unchecked} of them it cannot be told whether they were changed: words were erased.`;
  if (faults.length === 0)
    return [`live checks: ${bundles} bundles and ${consents} consents, as the log names them.${open}`];
  return faults.map(({ name, fault }) => `live checks: ${name} ${FAULTS[fault]}.`);
}

/** What an earlier `proviso log verify --json` printed. */
async function readHeads(file: string): Promise<Record<string, Anchor>> {
  try {
    const { logs } = JSON.parse(await readFile(file, 'utf8')) as {
      logs: { tenant: string; verdict: { head: Anchor } }[];
    };
    return Object.fromEntries(
      logs.map(({ tenant, verdict: { head } }) => [tenant, { seq: head.seq, hash: head.hash }]),
    );
  } catch {
    throw new UsageError(
      `log verify: ${file} does not hold heads. It is what "proviso log verify --json" printed before.`,
    );
  }
}
