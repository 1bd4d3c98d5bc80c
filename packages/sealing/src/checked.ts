import * as z from 'zod/mini';
import { type SealingCode, SealingError } from './errors.ts';

/** An id that another room gave. */
export const ID = z.string().check(z.minLength(1), z.maxLength(200));

export const SHA256 = z.string().check(z.regex(/^[0-9a-f]{64}$/));

export const SIZE = z.int().check(z.nonnegative());

/** As `fingerprintOf` writes it. */
export const FINGERPRINT = z.string().check(z.regex(/^[0-9a-f]{4}( [0-9a-f]{4}){15}$/));

/** The two sealed parts of an offer: all but the price, and the price. */
export const PART = z.enum(['quality', 'price']);

export type Part = z.infer<typeof PART>;

/**
 * The value as the schema has it, without what the schema does not name.
 * @throws SealingError with the code given, the place that is wrong and `advice`. It does not repeat the value, which may be a secret.
 */
export function checked<T extends z.ZodMiniType>(
  schema: T,
  value: unknown,
  code: SealingCode,
  advice: string,
): z.infer<T> {
  const result = z.safeParse(schema, value);
  if (result.success) return result.data;
  const at = result.error.issues[0]?.path.join('.') || 'the top';
  throw new SealingError(code, `Not as expected at "${at}". ${advice}`);
}

/** The value of a JSON text; see `checked`. */
export function checkedJson<T extends z.ZodMiniType>(
  schema: T,
  text: string,
  code: SealingCode,
  advice: string,
): z.infer<T> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new SealingError(code, `Not JSON. ${advice}`);
  }
  return checked(schema, value, code, advice);
}
