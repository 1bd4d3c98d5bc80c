import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parsed, type Twin, twinOf } from './read-content.ts';

/** Writes the twin of each YAML file that lies in a folder of the room; says how many. @throws where one is no YAML, with its path. */
export function compileContent(room: string): number {
  let made = 0;
  for (const folder of readdirSync(room, { withFileTypes: true })) {
    if (!folder.isDirectory() || folder.name === 'compiled') continue;
    for (const name of readdirSync(join(room, folder.name)).filter((one) => one.endsWith('.yaml'))) {
      const file = join(room, folder.name, name);
      const source = readFileSync(file);
      const twin: Twin = { bytes: source.length, content: contentOf(source.toString('utf8'), file) };
      mkdirSync(dirname(twinOf(file)), { recursive: true });
      writeFileSync(twinOf(file), JSON.stringify(twin));
      made += 1;
    }
  }
  return made;
}

function contentOf(yaml: string, file: string): unknown {
  try {
    return parsed(yaml);
  } catch (cause) {
    throw new Error(`${file}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}
