/**
 * `npm run docs`: writes what is made from data: a page for each rule (`docs/rules/`), and the JSON Schemas of the catalogue
 * (`packages/catalogue/schema/`) and of what `proviso probe` writes (`docs/schemas/`). With `--check` nothing is written, and a page that is not as it would be is named.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogueSchemas } from '@proviso/catalogue/check';
import { outcomeSchema } from '@proviso/probes';
import { type RuleDescription, ruleDescriptions } from '@proviso/reading';

const root = join(import.meta.dirname, '..');
const check = process.argv.includes('--check');
let stale = 0;

writeFolder('docs/rules', rulePages());
writeFolder('packages/catalogue/schema', catalogueSchemas());
writeFolder('docs/schemas', new Map([['probe-outcome.schema.json', `${JSON.stringify(outcomeSchema(), null, 2)}\n`]]));
if (check && stale > 0) {
  console.error(`${stale} files are not as they would be made. Run "npm run docs".`);
  process.exit(1);
}

function writeFolder(folder: string, files: ReadonlyMap<string, string>): void {
  const path = join(root, folder);
  mkdirSync(path, { recursive: true });
  for (const name of readdirSync(path)) if (!files.has(name)) differs(join(path, name), null);
  for (const [name, content] of files) differs(join(path, name), content);
}

function differs(path: string, content: string | null): void {
  const old = existsSync(path) ? readFileSync(path, 'utf8') : null;
  if (old === content) return;
  stale++;
  if (check) console.error(path.slice(root.length + 1));
  else if (content === null) rmSync(path);
  else writeFileSync(path, content);
}

function rulePages(): Map<string, string> {
  const rules = ruleDescriptions('en', 'tender');
  const pages = new Map(rules.map((rule) => [fileOf(rule.id), page(rule)]));
  const list = rules.map(({ id, level, meaning }) => `| [${id}](${fileOf(id)}) | ${level} | ${meaning} |`).join('\n');
  pages.set(
    'README.md',
    `# Rules\n\nMade by \`npm run docs\` from the rules themselves. \`proviso lint\` runs them all; \`proviso read\` those that do not begin with \`tender/\`.\nA finding is a hint, not legal advice.\n\n| rule | level | what it finds |\n|---|---|---|\n${list}\n`,
  );
  return pages;
}

function fileOf(id: string): string {
  return `${id.replace('/', '-')}.md`;
}

function page({ id, level, meaning, why, fix, good, bad, jurisdiction }: RuleDescription): string {
  const quote = (texts: readonly string[]): string =>
    texts
      .map((text) =>
        text
          .split('\n')
          .map((line) => `> ${line}`)
          .join('\n'),
      )
      .join('\n\n');
  const where = jurisdiction === 'eu' ? '\nOnly where the law of the European Union governs the purchase.\n' : '';
  return `# ${id}\n\n${meaning} Level: ${level}.\n${where}\n**Why.** ${why}\n\n**What to do.** ${fix}\n\n## Found\n\n${quote(bad)}\n\n## Left alone\n\n${quote(good)}\n`;
}
