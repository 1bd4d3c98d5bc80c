import { readContent } from '@proviso/content';

/** Languages Proviso speaks: its rules, its codebook, its report. What it reads is in many more. */
export const MESSAGE_LANGUAGES = ['en', 'fr', 'nl', 'de'] as const;
export type MessageLanguage = (typeof MESSAGE_LANGUAGES)[number];

/** Per rule, its texts by name: `meaning`, `why`, `message` and its variants, `fix`. */
export type Messages = Record<string, Record<string, string>>;

const loaded = new Map<MessageLanguage, Messages>();

/** The texts of the rules in a language, read once. */
export function loadMessages(language: MessageLanguage): Messages {
  let messages = loaded.get(language);
  if (!messages) {
    messages = readContent(new URL(`../messages/${language}.yaml`, import.meta.url)) as Messages;
    loaded.set(language, messages);
  }
  return messages;
}

/** One text with its `{names}` filled in; empty where there is none. */
export function say(
  messages: Messages,
  rule: string,
  name: string,
  values: Record<string, string | number> = {},
): string {
  const text = messages[rule]?.[name] ?? '';
  return text.replace(/\{(\w+)\}/g, (whole, key: string) => (key in values ? String(values[key]) : whole));
}
