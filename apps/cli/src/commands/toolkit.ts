import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LANGUAGES, type Language, loadCatalogue } from '@proviso/catalogue';

/** `proviso toolkit`: the policy, report, explanations and training outline, as Word and HTML, into a folder. */
export async function toolkitCommand(options: { out: string; lang?: Language }): Promise<void> {
  const { toolkit } = await import('@proviso/publishing');
  const catalogue = loadCatalogue();
  const languages = options.lang ? [options.lang] : LANGUAGES;
  for (const language of languages) {
    const folder = languages.length > 1 ? join(options.out, language) : options.out;
    await mkdir(folder, { recursive: true });
    for (const { name, docx, html } of await toolkit(catalogue, language)) {
      await writeFile(join(folder, `${name}.docx`), docx);
      await writeFile(join(folder, `${name}.html`), html);
    }
    process.stderr.write(`Written to ${folder}.\n`);
  }
}
