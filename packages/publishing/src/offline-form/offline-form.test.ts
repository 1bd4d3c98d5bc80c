import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { Script } from 'node:vm';
import { LANGUAGES, type Requirement } from '@proviso/catalogue';
import { requirement, text } from '@proviso/catalogue/testing/small-catalogue';
import { describe, expect, it } from 'vitest';
import { wordsOf } from '../messages.ts';
import { ASKING, askingDemand } from '../testing/asking-demand.ts';
import { offlineForm } from './offline-form.ts';

const file = askingDemand();
const html = offlineForm(file, 'en');
const script = /<script>([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';
const embedded = (page: string): { form: { language: string; requirements: unknown[] } } =>
  JSON.parse(/<script type="application\/json" id="form-data">([^<]*)</.exec(page)?.[1] ?? '');

describe('the offline form', () => {
  it('allows the script and style it carries, and nothing else', () => {
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1]?.replaceAll('&#39;', "'") ?? '';
    const hash = (part: string): string => `'sha256-${createHash('sha256').update(part).digest('base64')}'`;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`script-src ${hash(script)}`);
    expect(policy).toContain(`style-src ${hash(/<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? '')}`);
    expect(policy).not.toMatch(/unsafe|https?:/);
  });

  it('names no other place to fetch from', () =>
    expect(html).not.toMatch(/<(?:link|img|iframe|object|embed)\b|@import|url\(/));

  it('has one script that parses, with no type, import or export left, and makes no markup', () => {
    expect(() => new Script(script)).not.toThrow();
    expect(script).not.toMatch(/^(?:import|export)\b|\binterface \w+ \{/m);
    expect(script).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|\bfetch\(|XMLHttpRequest/,
    );
  });

  it('decides with the evaluator of the catalogue, not with another', () => {
    for (const name of ['holds', 'answerFaults', 'countingAnswers', 'reusable', 'answersText'])
      expect(script.match(new RegExp(`function ${name}\\(`, 'g'))).toHaveLength(1);
  });

  it('is the same bytes each time', () => expect(offlineForm(file, 'en')).toBe(html));

  it.each(LANGUAGES)('is in %s', (language) => {
    const page = offlineForm(file, language);
    expect(page).toContain(`<html lang="${language}"`);
    expect(embedded(page).form.language).toBe(language);
    expect(page).not.toMatch(/<(?:h1|p|dd|dt)[^>]*>[^<]*\{\w+\}/);
  });

  it.each(['tlh', '', '__proto__'])('is in the language of the demand where %j is none of ours', (language) =>
    expect(offlineForm(file, language)).toBe(html),
  );

  it('says purchase, buyer, reference and edition without any script', () => {
    for (const part of ['<h1>Mail service</h1>', '<dd>Town of Ede</dd>', '<dd>T-1</dd>', '<dd>1. test</dd>'])
      expect(html).toContain(part);
  });

  it('says once that a translation is a draft, and only where it is', () => {
    const signed = ASKING.map((one) => ({ ...one, reviewed: { en: 'A. B.', fr: null, nl: null, de: null } }));
    const note = wordsOf('offline-form', 'en')['draft-translation'] ?? '';
    expect(html.split(`>${note}<`)).toHaveLength(2);
    expect(offlineForm(askingDemand(signed), 'en')).not.toContain(`>${note}<`);
  });

  it('shows hostile words as words', () => {
    const attack = `</script><script>alert(1)</script><img src=x onerror=alert(1)>"'&\u2028<!--`;
    const page = offlineForm(
      askingDemand([requirement('AA-01', { title: text(attack), why: text(attack) })], {
        title: attack,
        buyer: attack,
      }),
      'en',
    );
    expect(page.match(/<script/g)).toHaveLength(2);
    expect(page).not.toMatch(/<img|<!--/);
    expect(embedded(page).form.requirements).toHaveLength(1);
  });

  it('stays below 400 KB with 65 long requirements', () => {
    const long = (length: number): Requirement['title'] =>
      text('Quite long words of é a requirement. '.repeat(9).slice(0, length));
    const many = Array.from({ length: 65 }, (_, i) =>
      requirement(`${i < 40 ? 'AA' : 'BB'}-${String((i % 40) + 1).padStart(2, '0')}`, {
        title: long(60),
        result: long(120),
        levels: { basic: long(250), standard: long(250), advanced: long(300) },
        why: long(160),
        question: {
          text: long(120),
          answer: 'choice',
          choices: (['advanced', 'standard', 'basic', 'none'] as const).map((meets) => ({
            id: `choice-${meets}`,
            text: long(120),
            meets,
          })),
        },
        evidence: [1, 2, 3].map(() => ({ type: 'document', text: long(90) })),
      }),
    );
    const page = offlineForm(askingDemand(many), 'fr');
    expect(embedded(page).form.requirements).toHaveLength(65);
    expect(Buffer.byteLength(page)).toBeLessThan(400_000);
  });
});

it('every message of the form is used by some part of it', () => {
  const client = new URL('./client/', import.meta.url);
  const code = [
    ...readdirSync(client).map((name) => new URL(name, client)),
    new URL('./offline-form.ts', import.meta.url),
  ]
    .map((one) => readFileSync(one, 'utf8'))
    .join('\n');
  // Ids that are put together from a value, or used by the switch of colours.
  const composed =
    /^(?:theme|fault-not-|fault-too-|keeping-|column-|file-|open-draft-help|re-use-help|step-|sign-(?:name|role|date)$)/;
  const unused = Object.keys(wordsOf('offline-form', 'en')).filter(
    (id) => !composed.test(id) && !code.includes(`'${id}'`),
  );
  expect(unused).toEqual([]);
});
