import { DEFAULT_LIMITS, rewriteZip, Zip } from '@proviso/documents';

const CORE = 'docProps/core.xml';

/** How the bookmarks that we make are named, so that they can be told from those of a template. */
export const BOOKMARK_PREFIX = 'proviso_';

/**
 * A Word file whose bytes follow from its content alone: the date of the file and of each part in it is fixed, and so are the numbers of
 * our bookmarks, which the library counts on from file to file. Its language is stated among the properties where `language` is given.
 * @throws UnreadableError for a damaged archive.
 */
export function settled(file: Uint8Array, { date, language }: { date: string; language?: string }): Uint8Array {
  const zip = new Zip(file, DEFAULT_LIMITS);
  const changes = new Map<string, Uint8Array>();
  for (const entry of zip.entries) {
    const bytes = zip.read(entry);
    changes.set(entry.name, settledPart(entry.name, bytes));
  }
  return rewriteZip(file, changes);

  function settledPart(name: string, bytes: Uint8Array): Uint8Array {
    if (name === CORE) return dated(bytes, date, language);
    return /^word\/[^/]+\.xml$/.test(name) ? withSettledBookmarks(bytes) : bytes;
  }
}

/** Our bookmarks numbered in their order, from above the highest number that is not ours. */
function withSettledBookmarks(part: Uint8Array): Uint8Array {
  const xml = new TextDecoder().decode(part);
  const ours = new Map<string, number>();
  let highest = 0;
  const starts = [...xml.matchAll(/<w:bookmarkStart\b[^>]*>/g)].map(([tag]) => ({
    own: tag.includes(`w:name="${BOOKMARK_PREFIX}`),
    id: /\bw:id="(\d+)"/.exec(tag)?.[1] ?? '',
  }));
  for (const { own, id } of starts) if (!own) highest = Math.max(highest, Number(id));
  for (const { own, id } of starts) if (own) ours.set(id, highest + ours.size + 1);
  if (ours.size === 0) return part;
  return new TextEncoder().encode(
    xml.replace(/<w:bookmark(?:Start|End)\b[^>]*>/g, (tag) =>
      tag.replace(/\bw:id="(\d+)"/, (whole, id: string) => (ours.has(id) ? `w:id="${ours.get(id)}"` : whole)),
    ),
  );
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
