import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RefreshResult } from '@proviso/standards';
import { describe, expect, test } from 'vitest';
import { createProgram } from '../program.ts';
import { outcome } from './standards.ts';

const nothing: RefreshResult = {
  body: 'itu',
  ok: true,
  added: 0,
  changed: 0,
  removed: 0,
  ids: { added: [], changed: [], removed: [] },
  message: '',
};
const held = { records: 1004, asOf: '2026-08-22' };

describe('what is said of a body', () => {
  test.each<[string, Partial<RefreshResult>, string]>([
    ['taken', { added: 3, changed: 2, held }, '3 new, 2 changed'],
    ['with losses', { added: 3, changed: 2, removed: 1, held }, '3 new, 2 changed, 1 removed'],
    [
      'failed',
      { ok: false, message: 'https://x.example answered 503', held },
      'failed: https://x.example answered 503; its 1004 records of 2026-08-22 stay',
    ],
    [
      'without a feed',
      { message: 'there is no open feed', held },
      'there is no open feed; its 1004 records of 2026-08-22 stay',
    ],
    ['unknown', { ok: false, message: 'no such body' }, 'failed: no such body'],
  ])('%s', (_, result, said) => {
    expect(outcome({ ...nothing, ...result })).toBe(said);
  });
});

test('the help of refresh names every body that has records', () => {
  const refresh = createProgram()
    .commands.find((command) => command.name() === 'standards')
    ?.commands.find((command) => command.name() === 'refresh');
  const words = refresh?.description().split(/[^a-z0-9]+/) ?? [];
  const data = join(import.meta.dirname, '../../../../packages/standards/data');
  for (const file of readdirSync(data).filter((name) => name.endsWith('.ndjson')))
    expect(words).toContain(file.replace('.ndjson', ''));
});
