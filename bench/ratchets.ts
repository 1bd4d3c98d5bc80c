/**
 * `npm run ratchets`: properties of the tree that must not get worse. Prints every offence; exits with 1 when there is one.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { ROOT } from './measure.ts';

const MAX_LINES = 500;
/** Exceptions to lint that pages may have, each with its reason: a grid that takes arrow keys, a box that scrolls. May only go down. */
const MAX_EXCEPTIONS = 12;
const EXCEPTION = /^\s*(?:\{\/\*|\/\/) biome-ignore lint\/\S+: \S.{10,}/;
let exceptions = 0;
const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' }).split('\0').filter(Boolean);
const offences: string[] = [];

for (const file of tracked) {
  if (!/\.(ts|tsx|mjs)$/.test(file)) continue;
  const text = readFileSync(`${ROOT}/${file}`, 'utf8');
  const lines = text.split('\n');
  if (lines.length > MAX_LINES)
    offences.push(`${file}: ${lines.length} lines; more than ${MAX_LINES} is rarely one thing`);
  for (const [index, line] of lines.entries()) {
    if (file.endsWith('.tsx') && EXCEPTION.test(line)) {
      exceptions++;
      continue;
    }
    if (
      file !== 'bench/ratchets.ts' &&
      /\b(?:it|test|describe)\.(?:skip|only|todo)\b|@ts-(?:ignore|nocheck|expect-error)|\bas any\b|biome-ignore/.test(
        line,
      )
    ) {
      offences.push(`${file}:${index + 1}: a loosened check: ${line.trim().slice(0, 80)}`);
    }
    // Clocks belong to the edge: a pure room takes its date as an argument.
    if (
      /packages\/(?:standards|reading)\/src\/(?!refresh|import|.*test)/.test(file) &&
      /new Date\(\)|Date\.now\(\)/.test(line)
    ) {
      offences.push(`${file}:${index + 1}: reads the clock; take the date as an argument`);
    }
  }
}
for (const file of tracked.filter((name) => /(^|\/)(utils?|helpers?|misc|common)(\.ts$|\/)/.test(name))) {
  offences.push(`${file}: name it after what it does`);
}

if (exceptions > MAX_EXCEPTIONS)
  offences.push(`${exceptions} exceptions to lint in pages; there were ${MAX_EXCEPTIONS}`);

if (offences.length > 0) {
  console.error(offences.join('\n'));
  process.exit(1);
}
console.log(`${tracked.length} tracked files, no offence`);
