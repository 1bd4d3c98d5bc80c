import { readFileSync } from 'node:fs';
import { isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';

/** What is wrong with the catalogue, where, and what is expected. */
export interface Fault {
  file: string;
  line: number;
  message: string;
}

export type Path = readonly PropertyKey[];

/** A YAML file with its content and the line of every place in it. */
export interface SourceFile {
  file: string;
  content: unknown;
  lineOf(path: Path): number;
}

/** Reads one YAML file; `name` is what faults call it. Syntax faults go to `faults`, and the content is then undefined. */
export function readSource(path: string, name: string, faults: Fault[]): SourceFile {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines, uniqueKeys: true });
  for (const error of document.errors) {
    faults.push({ file: name, line: lines.linePos(error.pos[0]).line, message: error.message.split('\n')[0] ?? '' });
  }
  const lineOf = (place: Path): number => {
    for (let length = place.length; length >= 0; length--) {
      const at = length === 0 ? document.contents : document.getIn(place.slice(0, length), true);
      // A key that is missing is reported at the map it is missing from.
      if (isNode(at) && at.range) {
        const parent = length > 0 ? document.getIn(place.slice(0, length - 1), true) : null;
        const pair = isMap(parent)
          ? parent.items.find(({ key }) => isScalar(key) && key.value === place[length - 1])
          : undefined;
        const start = pair && isScalar(pair.key) && pair.key.range ? pair.key.range[0] : at.range[0];
        return lines.linePos(start).line;
      }
    }
    return 1;
  };
  return { file: name, content: document.errors.length > 0 ? undefined : document.toJS(), lineOf };
}

/** The content as the schema types it; undefined where it does not fit, with a fault for each reason. */
export function validated<T>(source: SourceFile, schema: z.ZodType<T>, faults: Fault[]): T | undefined {
  if (source.content === undefined) return undefined;
  const result = schema.safeParse(source.content);
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    const place = issue.path.map(String).join('.');
    faults.push({
      file: source.file,
      line: source.lineOf(issue.path),
      message: `${place || 'the file'}: ${issue.message}`,
    });
  }
  return undefined;
}
