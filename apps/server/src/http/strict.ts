import { z } from 'zod';

/**
 * The same shape, refusing fields that it does not name, at every depth of objects, lists and what may be left out. A field that is
 * dropped silently is a wish that was not heard.
 */
export function strictly(type: z.ZodType): z.ZodType {
  if (type instanceof z.ZodObject) {
    const shape = Object.fromEntries(
      Object.entries(type.shape as Record<string, z.ZodType>).map(([name, one]) => [name, strictly(one)]),
    );
    const catchall = (type.def.catchall as z.ZodType | undefined) ?? z.never();
    return type.clone({ ...type.def, shape, catchall });
  }
  if (type instanceof z.ZodArray) return type.clone({ ...type.def, element: strictly(type.def.element as z.ZodType) });
  if (type instanceof z.ZodOptional || type instanceof z.ZodNullable || type instanceof z.ZodDefault)
    return type.clone({ ...type.def, innerType: strictly(type.def.innerType as z.ZodType) } as never);
  return type;
}

/** Path of the first text that a database cannot keep: with U+0000, or half of a surrogate pair. Null where all is well. */
export function badText(value: unknown): string | null {
  const open: [path: string, value: unknown][] = [['', value]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [path, one] = next;
    if (typeof one === 'string' && !isKeepable(one)) return path;
    if (typeof one !== 'object' || one === null) continue;
    for (const [name, inner] of Object.entries(one)) {
      const at = path === '' ? name : `${path}.${name}`;
      if (!isKeepable(name)) return path;
      open.push([at, inner]);
    }
  }
  return null;
}

const isKeepable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();
