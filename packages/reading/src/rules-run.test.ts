import { describe, expect, it } from 'vitest';
import { loadMessages, MESSAGE_LANGUAGES } from './messages.ts';
import { read } from './read.ts';
import { RULES } from './rules/index.ts';
import type { Example } from './rules/rule.ts';
import { ruleDescriptions } from './rules-run.ts';
import { contextOf, documentOf } from './testing/document.ts';

function findings(example: Example, id: string) {
  const context = contextOf(example.country ? { country: example.country } : null);
  return read(documentOf(example.text, example.language ?? 'en'), context).findings.filter(({ rule }) => rule === id);
}

describe.each(RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  it.each([...rule.bad])('finds: $text', (example) => {
    expect(findings(example, id)).not.toHaveLength(0);
  });

  it.each([...rule.good])('leaves alone: $text', (example) => {
    expect(findings(example, id)).toHaveLength(0);
  });

  it('says in every language what it means, why, and what to do', () => {
    for (const language of MESSAGE_LANGUAGES) {
      const texts = loadMessages(language)[id];
      for (const name of ['meaning', 'why', 'message', 'fix'])
        expect(texts?.[name], `${language} ${name}`).toBeTruthy();
      expect(Object.keys(texts ?? {})).toEqual(Object.keys(loadMessages('en')[id] ?? {}));
    }
  });
});

describe('rules', () => {
  it('have ids of their own and messages without gaps', () => {
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
    const bad = RULES.flatMap((rule) => rule.bad.flatMap((example) => findings(example, rule.id)));
    for (const { message, fix } of bad) expect(`${message} ${fix}`).not.toMatch(/[{}]/);
    expect(ruleDescriptions('de')).toHaveLength(RULES.length);
  });

  it('report a part that could not be read', () => {
    const document = documentOf('The rest of it.');
    document.problems.push({ code: 'noise', message: 'Page 2 is noise.', fatal: false, pages: [2] });
    const reading = read(document, contextOf());
    expect(reading.findings.map(({ rule }) => rule)).toEqual(['documents/unreadable']);
    expect(reading.problems).toHaveLength(1);
    expect(reading.scope.value).not.toBeNull();
  });

  it.each([
    ['is a cover of a long one', 40, [1, 40], 0],
    ['may be a page of text', 40, [1, 17], 1],
    ['may be half of a short one', 2, [1], 1],
  ])('a page that is a picture %s', (_, pages, pictures, found) => {
    const document = { ...documentOf('The rest of it.'), pages };
    document.problems.push({ code: 'partly-scanned', message: 'Pictures.', fatal: false, pages: pictures });
    const reading = read(document, contextOf());
    expect(reading.findings).toHaveLength(found);
    expect(reading.problems).toHaveLength(1);
  });
});
