import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Observation } from './check.ts';

/** Languages in which checks speak. */
export const PROBE_LANGUAGES = ['en', 'fr', 'nl', 'de'] as const;
export type ProbeLanguage = (typeof PROBE_LANGUAGES)[number];

const sentences = z.record(z.string(), z.string());
const words = z.strictObject({
  checks: z.record(z.string(), z.strictObject({ title: z.string(), why: z.string(), todo: z.string() })),
  dns: sentences,
  mail: sentences,
  web: sentences,
  tls: sentences,
  routing: sentences,
  time: sentences,
  resolver: sentences,
});
type Words = z.infer<typeof words>;

/** What is said of a check: what it is called, why it matters, and what to do where it fails. */
export type CheckWords = Words['checks'][string];

/** The families' parts of a message file, by the beginning of a check's id. */
const PARTS: Readonly<Record<string, Exclude<keyof Words, 'checks'>[]>> = {
  dns: ['dns'],
  dnssec: ['dns'],
  dane: ['dns', 'mail'],
  mail: ['mail'],
  web: ['web'],
  tls: ['tls'],
  routing: ['routing'],
  time: ['time'],
  resolver: ['resolver'],
};

const loaded = new Map<ProbeLanguage, Words>();

function wordsIn(language: ProbeLanguage): Words {
  let known = loaded.get(language);
  if (!known) {
    const file = new URL(`../messages/${language}.json`, import.meta.url);
    known = words.parse(JSON.parse(readFileSync(file, 'utf8')));
    loaded.set(language, known);
  }
  return known;
}

/** Ids of all checks that have words. */
export function checkIds(): string[] {
  return Object.keys(wordsIn('en').checks);
}

/** What is said of a check; its id stands for a check that has no words. */
export function checkWords(check: string, language: ProbeLanguage): CheckWords {
  return wordsIn(language).checks[check] ?? { title: check, why: '', todo: '' };
}

/** What a check saw, as one sentence. A value that is not known is a dash. */
export function sentenceOf(check: string, { code, values }: Observation, language: ProbeLanguage): string {
  const all = wordsIn(language);
  const parts = PARTS[check.split('.')[0] ?? ''] ?? [];
  const text = parts.map((part) => all[part][code]).find((one) => one !== undefined) ?? code;
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values?.[name] ?? '–'));
}
