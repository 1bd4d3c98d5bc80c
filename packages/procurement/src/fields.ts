/** The small shapes that documents and commands are made of. */
import { z } from 'zod';

/** Made by the caller; a letter or digit first, so that no id can name a prototype's members by underscores. */
export const id = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/, 'letters, digits, dot, colon, hyphen; at most 64');
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'SHA-256 in lower-case hexadecimals');
/** A moment in UTC, as `2026-01-31T11:00:00Z` or with milliseconds. */
export const instant = z.iso.datetime();
export const day = z.iso.date();
/** What a clock on the wall shows: `2026-01-31T12:00`, with seconds where needed. */
export const localTime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?$/, 'as 2026-01-31T12:00');

/** Half a surrogate pair and NUL fit in no database or XML file; other control characters show as nothing. */
const isClean = (text: string): boolean => text.isWellFormed() && !/[^\P{Cc}\n\t]/u.test(text);
const CLEAN = 'no control characters but line ends and tabs, and no half characters';
/** Text of any number of lines; their ends become one kind. */
export const text = (least: number, most: number) =>
  z
    .string()
    .overwrite((one) => one.replace(/\r\n?/g, '\n'))
    .trim()
    .min(least)
    .max(most)
    .refine(isClean, CLEAN);
/** Text on one line. */
export const short = (least: number, most: number) =>
  z
    .string()
    .trim()
    .min(least)
    .max(most)
    .refine((one) => isClean(one) && !/[\n\t]/.test(one), 'on one line, without control or half characters');
export const line = short(1, 300);
export const reason = text(3, 4000);
/** As a reason, where none may be needed. */
export const note = text(0, 4000);
export const words = text(1, 10_000);
/** Money in the smallest unit of its currency, cents for the euro: whole numbers keep sums exact. */
export const amount = z.int().min(0);
export const requirementId = z.string().regex(/^[A-Z]{2,4}-\d{2}$/, 'as WEB-01');
