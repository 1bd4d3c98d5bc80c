import { isOutOfForce, loadRegistry, type ResolvedMention, resolve } from '@proviso/standards';
import { UsageError } from '../exit.ts';
import { writeOutput } from '../run/output.ts';
import { printable, styler, wantsColour } from '../terminal.ts';
import { today } from '../today.ts';

export interface ResolveOptions {
  json?: boolean;
  asOf?: string;
  date?: string;
  language?: string;
  country?: string;
}

/** `proviso resolve`: says which standards a text names. Loads the registry and nothing else, so that it answers at once. */
export async function resolveCommand(words: string[], options: ResolveOptions): Promise<void> {
  const text = words.length > 0 ? words.join(' ') : await standardInput();
  const mentions = resolve(
    text,
    {
      asOf: options.asOf ?? today(),
      ...(options.date ? { date: options.date } : {}),
      ...(options.language ? { language: options.language } : {}),
      ...(options.country ? { country: options.country } : {}),
    },
    loadRegistry(),
  );
  if (options.json) await writeOutput(undefined, `${JSON.stringify(mentions, null, 2)}\n`);
  else await writeOutput(undefined, draw(mentions, wantsColour(process.stdout)), { styled: true });
}

async function standardInput(): Promise<string> {
  if (process.stdin.isTTY)
    throw new UsageError('resolve: give a text, as in: proviso resolve "TLS 1.0 and ISO27001:2013"');
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function draw(mentions: readonly ResolvedMention[], color: boolean): string {
  if (mentions.length === 0) return 'No standard is named.\n';
  const style = styler(color);
  const lines = mentions.map((mention) => {
    const name = mention.standard ?? `${printable(mention.text)} (not in the registry)`;
    const state = `${mention.status}${mention.replacedBy ? ` → ${mention.succession.join(' → ')}` : ''}`;
    const notes = [mention.minimum ? 'or later' : '', mention.orEquivalent ? 'or equivalent' : ''].filter(
      (note) => note !== '',
    );
    const line = `${name.padEnd(28)} ${state}${notes.length > 0 ? `  (${notes.join(', ')})` : ''}`;
    const title = mention.title ? `\n${' '.repeat(29)}${style('dim', mention.title)}` : '';
    return `${isOutOfForce(mention) ? style('red', line) : line}${title}`;
  });
  return `${lines.join('\n')}\n`;
}
