import { createHash } from 'node:crypto';
import { Script } from 'node:vm';
import { MESSAGE_LANGUAGES } from '@proviso/reading';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleReadings } from '../testing/sample-readings.ts';
import { clientScript } from './client-script.ts';
import { escapeHtml, scriptJson } from './escape.ts';
import { renderReport } from './render.ts';
import { reportDataOf } from './report-data.ts';

const data = reportDataOf(sampleReadings(12), { asOf: '2026-11-24', statusSince: () => null });

describe('escapeHtml', () => {
  it.each([
    ['<b>&"\'', '&lt;b&gt;&amp;&quot;&#39;'],
    ['a\u0000b\u001bc', 'abc'],
    ['line\n\ttab', 'line\n\ttab'],
    ['\ud800', '\ufffd'],
  ])('writes %j as %j', (text, markup) => expect(escapeHtml(text)).toBe(markup));
});

describe('scriptJson', () => {
  it('holds no tag, no comment and no line separator, and reads back', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('</script>', '<!--', ']]>', '\u2028\u2029', '\ud800'),
    );
    fc.assert(
      fc.property(fc.array(text), (values) => {
        const json = scriptJson(values);
        expect(json).not.toMatch(/[<>\u2028\u2029]/);
        expect(JSON.parse(json)).toEqual(values);
      }),
    );
  });
});

describe('the script of the page', () => {
  it('is one script that parses, with no type, import or export left', () => {
    const script = clientScript(new URL('./client/main.ts', import.meta.url));
    expect(() => new Script(script)).not.toThrow();
    expect(script).not.toMatch(/^(?:import|export)\b|\binterface \w+ \{/m);
    expect(script).not.toContain('</script');
    expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(/);
  });
});

describe('renderReport', () => {
  const html = renderReport(data);

  it('allows the script and style it carries, and nothing else', () => {
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1]?.replaceAll('&#39;', "'") ?? '';
    const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const script = /<script>([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';
    const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`script-src ${hash(script)}`);
    expect(policy).toContain(`style-src ${hash(style)}`);
    expect(policy).not.toMatch(/unsafe|https?:/);
  });

  it('names no other place to fetch from', () => {
    expect(html).not.toMatch(/<(?:link|img|iframe|object|embed)\b|@import|url\(/);
  });

  it('says its headline without any script', () => {
    expect(html).toMatch(/<p class="lede" id="headline">\d+ of \d+ documents could be read: /);
  });

  it.each(MESSAGE_LANGUAGES)('opens in %s', (language) => {
    const page = renderReport(data, { language });
    expect(page).toContain(`<html lang="${language}"`);
    expect(page).not.toMatch(/id="headline">[^<]*(?:undefined|\{\w+\}|lead[A-Z])/);
  });

  it('stands with no document at all', () => {
    expect(renderReport(reportDataOf([], { asOf: '2026-11-24' }))).toContain('0 documents were read');
  });
});
