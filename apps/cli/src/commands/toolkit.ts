import { join } from 'node:path';
import { LANGUAGES, type Language, loadCatalogue } from '@proviso/catalogue';
import { makeFolder, writeOutput } from '../run/output.ts';
import { printable } from '../terminal.ts';

/** `proviso toolkit`: the policy, report, explanations and training outline, as Word and HTML, into a folder. */
export async function toolkitCommand(options: { out: string; lang?: Language }): Promise<void> {
  const { toolkit } = await import('@proviso/publishing');
  const catalogue = loadCatalogue();
  const languages = options.lang ? [options.lang] : LANGUAGES;
  for (const language of languages) {
    const folder = languages.length > 1 ? join(options.out, language) : options.out;
    await makeFolder(folder);
    for (const { name, docx, html } of await toolkit(catalogue, language)) {
      await writeOutput(join(folder, `${name}.docx`), docx);
      await writeOutput(join(folder, `${name}.html`), html);
    }
    process.stderr.write(`Written to ${printable(folder)}.\n`);
  }
}
