import { nullReading, type Reading } from '@proviso/reading';
import { expect, test } from 'vitest';
import { sarif } from './sarif.ts';

const reading: Reading = {
  ...nullReading(
    { path: 'tenders/über all #1.docx', sha256: 'ab', bytes: 5, manifest: null },
    { engine: 'test', asOf: '2026-01-01' },
    [{ code: 'cut', message: 'Two sheets were left out.', fatal: false }],
  ),
  findings: [
    {
      rule: 'standards/superseded',
      level: 'warning',
      message: 'TLS 1.0 is out.',
      fix: 'Ask for TLS 1.3.',
      text: 'TLS 1.0',
      page: 3,
      section: 'A › B',
      start: 10,
      end: 17,
    },
  ],
};
const rules = [
  {
    id: 'standards/superseded',
    meaning: 'm',
    why: 'w',
    fix: 'f',
    jurisdiction: null,
    level: 'warning' as const,
    good: [],
    bad: [],
  },
];

test('every rule is declared, also without findings, so that closed findings close', () => {
  const log = JSON.parse(sarif([], rules, '1.2.3'));
  expect(log.runs[0].tool.driver.rules.map((rule: { id: string }) => rule.id)).toEqual(['standards/superseded']);
  expect(log.runs[0].results).toEqual([]);
});

test('a finding says where it stands, and what to do', () => {
  const { results, invocations } = JSON.parse(sarif([reading], rules, '1.2.3')).runs[0];
  expect(results[0]).toMatchObject({
    ruleId: 'standards/superseded',
    ruleIndex: 0,
    level: 'warning',
    message: { text: 'TLS 1.0 is out. Ask for TLS 1.3.' },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'tenders/%C3%BCber%20all%20%231.docx', index: 0 },
          region: { charOffset: 10, charLength: 7, snippet: { text: 'TLS 1.0' } },
        },
        logicalLocations: [{ fullyQualifiedName: 'A › B' }],
      },
    ],
  });
  expect(invocations[0].toolExecutionNotifications[0]).toMatchObject({ level: 'warning', descriptor: { id: 'cut' } });
});
