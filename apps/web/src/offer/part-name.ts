import type { Say } from '@proviso/publishing/form-client';

/** A sealed part in words, with the name that it has in the receipt's file: `Answers (quality)`. */
export function partName(say: Say, name: string): string {
  const file = /^file-(\d+)$/.exec(name);
  return `${file ? say('part-file', { n: Number(file[1]) }) : say(`part-${name}`)} (${name})`;
}
