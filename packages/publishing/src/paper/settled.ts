import { DEFAULT_LIMITS, rewriteZip, Zip } from '@proviso/documents';

const CORE = 'docProps/core.xml';

/**
 * A Word file whose bytes follow from its content alone: the date of the file and of each part in it is fixed. Its language is stated
 * among the properties where `language` is given.
 * @throws UnreadableError for a damaged archive.
 */
export function settled(file: Uint8Array, { date, language }: { date: string; language?: string }): Uint8Array {
  const zip = new Zip(file, DEFAULT_LIMITS);
  const changes = new Map<string, Uint8Array>();
  for (const entry of zip.entries) {
    const bytes = zip.read(entry);
    changes.set(entry.name, entry.name === CORE ? dated(bytes, date, language) : bytes);
  }
  return rewriteZip(file, changes);
}

function dated(core: Uint8Array, date: string, language: string | undefined): Uint8Array {
  let xml = new TextDecoder().decode(core);
  xml = xml.replace(
    /(<dcterms:(created|modified)\b[^>]*>)[^<]*(<\/dcterms:\2>)/g,
    (_, open: string, __, close: string) => `${open}${date}T00:00:00Z${close}`,
  );
  if (language !== undefined && !xml.includes('<dc:language>'))
    xml = xml.replace('</cp:coreProperties>', `<dc:language>${language}</dc:language></cp:coreProperties>`);
  return new TextEncoder().encode(xml);
}
