import { readFile } from 'node:fs/promises';
import { type Anchor, verifyLog, withTenant } from '@proviso/store';
import { EXIT, UsageError } from '../exit.ts';
import { organisations, withWorkbench } from '../run/workbench.ts';
import { printable } from '../terminal.ts';

/**
 * `proviso log verify`: checks the chained log of each organisation, against heads that were kept elsewhere where they are given. Prints the
 * heads, to be kept for the next time. Exit code 1 where a log was tampered with.
 */
export async function verifyLogCommand(options: { data?: string; heads?: string; json?: boolean }): Promise<void> {
  const kept = options.heads ? await readHeads(options.heads) : {};
  const found = await withWorkbench(options.data, async (workbench) => {
    const verdicts = [];
    for (const { tenant, name } of await organisations(workbench)) {
      const verdict = await withTenant(workbench.store.db, tenant, (trx) => verifyLog(trx, kept[tenant]));
      verdicts.push({ tenant, name, verdict });
    }
    return verdicts;
  });
  const missing = Object.keys(kept).filter((tenant) => !found.some((one) => one.tenant === tenant));
  if (options.json) process.stdout.write(`${JSON.stringify({ logs: found, missing }, null, 2)}\n`);
  else {
    for (const { name, verdict } of found) process.stdout.write(`${printable(name)}: ${said(verdict)}\n`);
    for (const tenant of missing) process.stdout.write(`${tenant}: the organisation and its log are gone.\n`);
  }
  if (missing.length > 0 || found.some(({ verdict }) => !verdict.intact)) process.exitCode = EXIT.findings;
}

function said(verdict: Awaited<ReturnType<typeof verifyLog>>): string {
  if (verdict.intact)
    return `${verdict.entries} entries, none changed, removed or put in. Head ${verdict.head.seq} ${verdict.head.hash}`;
  return `tampered with at entry ${verdict.seq}: ${verdict.fault}.`;
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
