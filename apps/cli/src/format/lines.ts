import { printable } from '../terminal.ts';

/** At most `length` characters; what is left out at the end is an ellipsis. */
export function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, Math.max(1, length - 1)).trimEnd()}…`;
}

/** Lines of at most `width` characters, broken between words; a longer word stands alone on a line that is too long. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** `wrap`, in at most `most` lines of at most `width` characters. */
export function excerpt(text: string, width: number, most: number): string[] {
  const lines = wrap(text, width);
  const shown = lines.slice(0, most).map((line) => cut(line, width));
  const last = shown.length - 1;
  if (lines.length > most) shown[last] = cut(`${shown[last]} ${lines[most]}`, width);
  return shown;
}

/**
 * Where words stand: the page, and as much of the heading path as fits. A path is cut at its head, since the heading right above the
 * words says most and the first one is often the document's title.
 */
export function placeIn(page: string, section: string, width: number): string {
  const headings = printable(section)
    .split(' › ')
    .filter((heading) => heading !== '');
  const lead = page === '' ? [] : [page];
  for (let from = 0; from < headings.length; from++) {
    const rest = headings.slice(from);
    const place = [...lead, ...(from > 0 ? ['…'] : []), ...rest].join(' › ');
    if (place.length <= width || rest.length === 1) return cut(place, width);
  }
  return cut(page, width);
}
