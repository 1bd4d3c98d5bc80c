import type { Language } from '@proviso/catalogue';
import { DEFAULT_LIMITS, parse, rewriteZip, Zip } from '@proviso/documents';
import { type IPatch, PatchType, patchDocument, TextRun } from 'docx';
import type { Block } from './blocks.ts';
import { NUMBERING } from './look.ts';
import { printable } from './printable.ts';
import { settled } from './settled.ts';
import { wordBlocks } from './word-blocks.ts';

/** Stands alone in a paragraph of the template; the content takes the paragraph's place. */
export const PLACEHOLDER = 'proviso';

const TYPES = '[Content_Types].xml';

/** A template that cannot be used, said for the person who chose it. */
export class TemplateError extends Error {}

export interface TemplateContent {
  blocks: readonly Block[];
  /** Words for placeholders in a line, as {{buyer}}; a template need not have them. */
  words: Readonly<Record<string, string>>;
  language: Language;
  /** Day that stands as the file's date. */
  date: string;
}

/**
 * A buyer's Word file with our content in the place of its paragraph `{{proviso}}`. Styles, headers, footers and numbering of the
 * template stay; headings take its own heading styles, whatever the language of its Word.
 * @throws TemplateError where the file is no Word file, holds macros, or lacks the paragraph.
 */
export async function fillTemplate(
  template: Uint8Array,
  { blocks, words, language, date }: TemplateContent,
): Promise<Uint8Array> {
  const plain = asDocument(template, await checked(template));
  const patches: Record<string, IPatch> = {
    // The content comes first: what a later patch puts in is not searched, so that no text of a purchase can bring in the content again.
    [PLACEHOLDER]: { type: PatchType.DOCUMENT, children: wordBlocks(blocks, { styles: 'template', language }) },
  };
  for (const [name, text] of Object.entries(words))
    patches[name] = { type: PatchType.PARAGRAPH, children: [new TextRun(printable(text))] };
  const filled = await patchDocument({
    outputType: 'uint8array',
    data: plain,
    patches,
    numbering: NUMBERING,
    trimPlaceholders: true,
  });
  return settled(filled, { date });
}

/** The list of the parts' types, once the file is known to be a Word file with the placeholder in its body. */
async function checked(template: Uint8Array): Promise<string> {
  const document = await parse(template, 'template.docx');
  const fatal = document.problems.find((problem) => problem.fatal);
  if (document.format !== 'docx' || (fatal && fatal.code !== 'empty'))
    throw new TemplateError(
      `The template cannot be read as a Word file (.docx). ${fatal?.message ?? 'Save it as .docx in Word and try again.'}`,
    );
  if (!new RegExp(`\\{\\{\\s*${PLACEHOLDER}\\s*\\}\\}`).test(document.text))
    throw new TemplateError(
      `The template does not say where the content goes. Add a paragraph that holds only {{${PLACEHOLDER}}} to its body, not to a header or footer, and save it as .docx.`,
    );
  const zip = new Zip(template, DEFAULT_LIMITS);
  const entry = zip.get(TYPES);
  const types = entry ? new TextDecoder().decode(zip.read(entry)) : '';
  if (/macroEnabled/i.test(types))
    throw new TemplateError('The template holds macros. Save it as an ordinary Word document (.docx) and try again.');
  return types;
}

/** A Word template (.dotx) as a document: Word refuses a .docx whose main part is typed as a template. */
function asDocument(template: Uint8Array, types: string): Uint8Array {
  const changed = types.replace('wordprocessingml.template.main+xml', 'wordprocessingml.document.main+xml');
  return changed === types ? template : rewriteZip(template, new Map([[TYPES, new TextEncoder().encode(changed)]]));
}
