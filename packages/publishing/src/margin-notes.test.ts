import { describe, expect, it } from 'vitest';
import { type MarkedDocument, marginNotes } from './margin-notes.ts';

const TEXT = 'Security\nThe supplier must take <appropriate> measures & more.\nPrices';
const document: MarkedDocument = {
  path: 'a "tender".docx',
  title: '<script>alert(1)</script>',
  language: 'en',
  text: TEXT,
  blocks: [
    { kind: 'heading', start: 0, end: 8, level: 1, page: 1 },
    { kind: 'paragraph', start: 9, end: 62, level: null, page: 1 },
    { kind: 'paragraph', start: 63, end: TEXT.length, level: null, page: 2 },
  ],
  findings: [
    finding(27, 38, 'security/vague', 'note'),
    finding(32, 50, 'tender/untestable', 'warning'),
    finding(0, 8, 'tender/no-exit', 'error'),
  ],
  problems: [{ code: 'cut', message: 'A <part> was left out.', fatal: false }],
};

function finding(
  start: number,
  end: number,
  rule: string,
  level: 'error' | 'warning' | 'note',
): MarkedDocument['findings'][number] {
  return {
    rule,
    level,
    message: `Message of ${rule} <b>`,
    fix: 'Do "this".',
    text: TEXT.slice(start, end),
    page: 1,
    section: '',
    start,
    end,
  };
}

const html = marginNotes([document], {
  language: 'fr',
  asOf: '2026-11-26',
  rules: [{ id: 'security/vague', meaning: 'm', why: 'Why <i>' }],
});

describe('marginNotes', () => {
  it('shows the whole text, every finding beside its block, and what could not be read', () => {
    expect(html.replace(/<\/?mark[^>]*>/g, '')).toContain(
      'The supplier must take &lt;appropriate&gt; measures &amp; more.',
    );
    expect(html.match(/class="note /g)).toHaveLength(3);
    expect(html).toContain('A &lt;part&gt; was left out.');
    expect(html).toMatch(/class="heading"><mark class="error">Security<\/mark><\/h3><aside/);
  });

  it('gathers what is absent into one note, and lists every note with a link that leads to it', () => {
    const absent = [finding(0, 8, 'tender/coverage', 'note'), finding(0, 8, 'tender/coverage', 'note')];
    const page = marginNotes([{ ...document, findings: absent }], { language: 'en', asOf: '2026-11-26', rules: [] });
    expect(page.match(/class="note /g)).toHaveLength(1);
    expect(page).toContain('Absent: 2 requirements');
    for (const [, id] of html.matchAll(/href="#(f[^"]+)"/g)) expect(html).toContain(`id="${id}"`);
    expect(html.match(/href="#f/g)).toHaveLength(3);
  });

  it('marks words that findings share once', () => {
    expect(html.match(/<mark/g)).toHaveLength(2);
  });

  it('lets no text of a document become markup, and runs no script', () => {
    expect(html).not.toMatch(/<script|<b>|<i>|onerror/);
    expect(html).toContain("default-src 'none'");
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it('says its own words in the language asked, and the text keeps its own', () => {
    expect(html).toMatch(/^<!doctype html>\n<html lang="fr">/);
    expect(html).toContain('<div class="text" lang="en">');
    expect(html).toContain('<aside lang="fr">');
  });
});
