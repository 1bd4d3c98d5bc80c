import { loadRegistry, type RefreshResult, refresh } from '@proviso/standards';
import { EXIT } from '../exit.ts';

/** `proviso standards list`: ids and titles that hold all the words. */
export function listCommand(words: string[], options: { json?: boolean }): void {
  const wanted = words.map((word) => word.toLowerCase());
  let listed = 0;
  for (const standard of loadRegistry().all()) {
    const haystack = `${standard.id} ${standard.title} ${standard.body} ${standard.country ?? ''}`.toLowerCase();
    if (!wanted.every((word) => haystack.includes(word))) continue;
    listed += 1;
    process.stdout.write(
      options.json
        ? `${JSON.stringify(standard)}\n`
        : `${standard.id.padEnd(34)} ${standard.status.padEnd(11)} ${standard.title}\n`,
    );
  }
  if (listed === 0) process.stderr.write(`No standard holds ${words.join(' and ')}.\n`);
}

/** What was done for one body, or why nothing was, and what is kept of it. */
export function outcome(result: RefreshResult): string {
  const { ok, added, changed, removed, held, message } = result;
  if (message === '') return `${added} new, ${changed} changed${removed > 0 ? `, ${removed} removed` : ''}`;
  const kept = held === undefined ? '' : `; its ${held.records} records of ${held.asOf} stay`;
  return `${ok ? '' : 'failed: '}${message}${kept}`;
}

/** `proviso standards refresh`: brings in the bodies' own feeds; a feed that fails leaves its records as they were. */
export async function refreshCommand(options: { only?: string; dryRun?: boolean }): Promise<void> {
  const only = options.only?.split(',').map((body) => body.trim());
  const results = await refresh({
    fetch: globalThis.fetch,
    ...(only ? { only } : {}),
    dryRun: options.dryRun === true,
  });
  for (const result of results) process.stdout.write(`${result.body.padEnd(8)} ${outcome(result)}\n`);
  if (results.some((result) => !result.ok)) process.exitCode = EXIT.partly;
}
