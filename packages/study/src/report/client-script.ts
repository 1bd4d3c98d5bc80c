import { readFileSync } from 'node:fs';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { pathToFileURL } from 'node:url';

/** `import { a } from './b.ts';` and `import type …`; client modules import nothing else and rename nothing. */
const IMPORT = /^import\s+(type\s+)?\{([^}]*)\}\s+from\s+'([^']+)';\n/gm;

/** Exported values; exported types vanish with the other types. */
const EXPORT = /^export (?:const|let|function|class|async function) (\w+)/gm;

const scripts = new Map<string, string>();

/**
 * A page's script: the module `entry` and all it imports with their types stripped, each in a function of its own, in the order of
 * their imports. They may only import by plain names from relative files or from other rooms (`@proviso/…`), and export declarations.
 * @throws Error when a module imports in any other way.
 */
export function clientScript(entry: URL): string {
  let script = scripts.get(entry.href);
  if (script === undefined) {
    script = bundle(entry);
    scripts.set(entry.href, script);
  }
  return script;
}

function bundle(entry: URL): string {
  const names = new Map<string, string>();
  const parts: string[] = [];
  const visit = (module: URL): string => {
    const done = names.get(module.href);
    if (done !== undefined) return done;
    const name = `m${names.size}`;
    names.set(module.href, name);
    const source = readFileSync(module, 'utf8');
    const body = source.replace(IMPORT, (_, typeOnly: string | undefined, list: string, from: string) => {
      const values = list
        .split(',')
        .map((value) => value.trim())
        .filter((value) => value !== '' && !value.startsWith('type '));
      if (typeOnly || values.length === 0) return '';
      const target = targetOf(from, module);
      if (!target || values.some((value) => value.includes(' as ')))
        throw new Error(
          `${module.pathname}: a client module may import only plain names of relative modules and rooms, not '${from}'`,
        );
      return `const { ${values.join(', ')} } = ${visit(target)};\n`;
    });
    if (/^import\b/m.test(body)) throw new Error(`${module.pathname}: an import that cannot be put into one script`);
    const exported = [...body.matchAll(EXPORT)].map((match) => match[1]);
    const code = compact(strip(body.replace(EXPORT, (line) => line.slice('export '.length))));
    parts.push(`const ${name} = (() => {\n${code}return { ${exported.join(', ')} };\n})();\n`);
    return name;
  };
  visit(entry);
  return `(() => {\n'use strict';\n${parts.join('')}})();\n`;
}

function targetOf(from: string, module: URL): URL | null {
  if (from.startsWith('.')) return new URL(from, module);
  return from.startsWith('@proviso/') ? pathToFileURL(createRequire(module).resolve(from)) : null;
}

/** Node marks type stripping as experimental on each start; that is not news to a person who asked for a report. */
function strip(source: string): string {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return stripTypeScriptTypes(source);
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** Leaves out comments on lines of their own, indentation, and the blanks where types stood. */
function compact(source: string): string {
  return source
    .replace(/^\s*\/\*\*[\s\S]*?\*\/\s*$/gm, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('// '))
    .map((line) => `${line}\n`)
    .join('');
}
