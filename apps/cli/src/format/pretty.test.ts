import {
  type Finding,
  MESSAGE_LANGUAGES,
  type Mention,
  type MessageLanguage,
  nullReading,
  type Quote,
  type Reading,
} from '@proviso/reading';
import { describe, expect, test } from 'vitest';
import { createPretty } from './pretty.ts';

const SENTENCE =
  'The supplier shall show each year, by a report of an independent auditor, that personal data are encrypted in transit and at rest.';

const quote: Quote = { text: SENTENCE, page: 12, section: 'Call for tenders › Annex 3 › Security', start: 0, end: 9 };

const mention = (standard: string, change: Partial<Mention> = {}): Mention => ({
  ...quote,
  text: standard,
  title: standard,
  kind: 'protocol',
  topics: [],
  standard,
  status: 'current',
  statusThen: null,
  succession: [],
  replacedBy: null,
  core: true,
  versioned: true,
  reason: 'alias',
  minimum: false,
  orEquivalent: false,
  modality: 'must',
  addressee: 'supplier',
  ...change,
});

const finding = (level: Finding['level'], message: string): Finding => ({
  ...quote,
  rule: 'r',
  level,
  message,
  fix: null,
});

const bare = nullReading(
  { path: 'tenders/call.pdf', sha256: 'ab', bytes: 5, manifest: null },
  { engine: 'test', asOf: '2026-01-01' },
  [],
);
const reading: Reading = {
  ...bare,
  source: { ...bare.source, title: 'Call for tenders', format: 'pdf', pages: 27 },
  scope: { value: 'dedicated', concernsIct: true, isProcurement: false, evidence: [quote] },
  security: {
    value: 'proof',
    topics: [
      { topic: 'cryptography', evidence: [quote] },
      { topic: 'audit-compliance', evidence: [quote] },
    ],
    sections: [],
    evidence: [quote],
  },
  standards: {
    value: 'versioned',
    delegatedTo: [],
    mentions: [
      mention('A Standard of So Long a Name That No Column Can Ever Hold It'),
      mention('HTTPS', { modality: 'context' }),
      mention('Privacy Act of 1974', { kind: 'law' }),
      mention('TLS 1.0', { status: 'deprecated', replacedBy: 'TLS 1.3' }),
    ],
  },
  findings: [
    finding('note', 'Vague.'),
    finding('error', 'TLS 1.0 must not be used.'),
    finding('error', 'TLS 1.0 must not be used.'),
  ],
};

const shown = (one: Reading, language: MessageLanguage = 'en', width = 100): string =>
  createPretty({ color: false, width, language, asOf: '2026-01-01' }).one(one);

describe.each(MESSAGE_LANGUAGES)('in %s', (language) => {
  test.each([60, 80, 110])('no line is wider than %i columns, and every word is known', (width) => {
    const text = shown(reading, language, width);
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(width);
    expect(text).not.toMatch(/undefined|\{\w+\}|question\d|level[A-Z]/);
  });
});

test('the words of an answer can be read, and the heading nearest to them', () => {
  const text = shown(reading).replace(/\s+/g, ' ');
  expect(text).toContain(`“${SENTENCE}”`);
  expect(text).toContain('p. 12 › Annex 3 › Security');
  expect(text).toContain('about ICT · not a procurement document');
  expect(text).toContain('27 pages');
});

test('what is out of date stands first among the standards, with what to name instead', () => {
  const text = shown(reading);
  expect(text).toMatch(/TLS 1\.0 .*deprecated → TLS 1\.3/);
  expect(text.indexOf('TLS 1.0')).toBeLessThan(text.indexOf('HTTPS'));
});

test('a law is called one, since it is no answer to the third question', () => {
  expect(shown(reading)).toMatch(/Privacy Act of 1974 +must +law/);
});

test('findings are told worst first, and once', () => {
  const text = shown(reading);
  expect(text).toContain('error: TLS 1.0 must not be used. ×2');
  expect(text.indexOf('error:')).toBeLessThan(text.indexOf('note: Vague.'));
});

test('a document that could not be read says why, and nothing that looks like an answer', () => {
  const unread = { ...bare, problems: [{ code: 'empty' as const, message: 'The file is empty.', fatal: true }] };
  expect(shown(unread).split('\n').slice(1)).toEqual(['   ! The file is empty.', '', '']);
});
