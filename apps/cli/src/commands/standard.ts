import { drawLineage, lineage, loadRegistry, type Standard } from '@proviso/standards';
import { UsageError } from '../exit.ts';
import { wantsColour } from '../terminal.ts';
import { today } from '../today.ts';

/** `proviso standard ID`: the record, its state on a day, and its lineage as a drawing. */
export function standardCommand(id: string, options: { json?: boolean; asOf?: string }): void {
  const registry = loadRegistry();
  const found = registry.find(id);
  if (!found) {
    const near = registry.search(id, 5).map((standard) => standard.id);
    throw new UsageError(
      `standard: "${id}" is not in the registry.${near.length > 0 ? ` Did you mean ${near.join(', ')}?` : ' Try "proviso standards list WORD".'}`,
    );
  }
  const asOf = options.asOf ?? today();
  const graph = lineage(registry, found.id, asOf);
  if (options.json) {
    process.stdout.write(
      `${JSON.stringify({ ...found, statusAsOf: asOf, statusThen: registry.statusAt(found.id, asOf), lineage: graph }, null, 2)}\n`,
    );
    return;
  }
  const color = wantsColour(process.stdout);
  process.stdout.write(
    `${card(found, registry.statusAt(found.id, asOf))}\n${drawLineage(graph, { width: process.stdout.columns ?? 100, color })}\n`,
  );
}

function card(standard: Standard, status: string): string {
  const rows: [string, string | undefined][] = [
    ['title', standard.title],
    ['body', standard.body],
    ['country', standard.country],
    ['kind', standard.core ? standard.kind : `${standard.kind} (not about security or the internet)`],
    ['edition', standard.edition],
    ['date', standard.date],
    ['status', [status, standard.statusNote].filter((part) => part).join(': ')],
    ['replaced by', standard.replacedBy.join(', ') || undefined],
    ['replaces', standard.replaces.join(', ') || undefined],
    ['family', standard.family],
    ['members', standard.members?.join(', ')],
    ['read at', standard.url],
    ['source', `${standard.source} (confidence: ${standard.confidence})`],
  ];
  const lines = rows.flatMap(([name, value]) => (value ? [`  ${name.padEnd(12)} ${value}`] : []));
  return `${standard.id}\n${lines.join('\n')}\n`;
}
