import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawLineage } from './draw-lineage.ts';
import { lineage } from './lineage.ts';
import { loadRegistry } from './registry.ts';

const TODAY = '2026-11-22';
const registry = loadRegistry();
const draw = (id: string, width = 100) => drawLineage(lineage(registry, id, TODAY), { width, color: false });

test('the chain runs from the oldest to what is in force, with the one asked for marked', () => {
  expect(draw('ISO/IEC 27002:2013').split('\n').slice(0, 5)).toEqual([
    expect.stringMatching(/^ISO\/IEC 17799:2000 {2}superseded 2000 {2}/),
    expect.stringMatching(/^└─▶ ISO\/IEC 17799:2005 {2}superseded 2005 {2}/),
    expect.stringMatching(/^ {4}└─▶ ISO\/IEC 27002:2005 {2}/),
    expect.stringMatching(/^ {8}└─▶ ● ISO\/IEC 27002:2013 {2}superseded 2013 {2}/),
    expect.stringMatching(/^ {12}└─▶ ISO\/IEC 27002:2022 {2}current 2022 {2}/),
  ]);
});

test('an heir that is reached by way of another is drawn once', () => {
  const drawn = draw('RFC 5246');
  expect(drawn.match(/RFC 9846/g)).toHaveLength(1);
  expect(drawn).toContain('changed by');
});

test('parts and the whole they belong to are listed', () => {
  expect(draw('BCP 195')).toMatch(/made up of\n├── RFC 8996/);
  expect(draw('TLS')).toContain('TLS 1.3');
  expect(lineage(registry, 'RFC 5246', TODAY).memberOf).toContain('TLS 1.2');
});

test('states are those of the day asked for', () => {
  expect(lineage(registry, 'ISO/IEC 27001:2013', '2020').nodes['ISO/IEC 27001:2013']?.status).toBe('current');
  expect(lineage(registry, 'ISO/IEC 27001:2013', '2020').nodes['ISO/IEC 27001:2022']?.status).toBe('unknown');
});

test('an unknown id is an error that names it', () => {
  expect(() => lineage(registry, 'RFC 99999', TODAY)).toThrow('RFC 99999');
});

describe('the drawing', () => {
  test('keeps to the width, whatever the standard', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: registry.size - 1 }), fc.integer({ min: 60, max: 160 }), (index, width) => {
        const { id } = registry.at(index);
        // A stem and an id are never cut; only titles are.
        for (const line of draw(id, width).split('\n')) if (line.length > width) expect(line).not.toContain('…');
      }),
      { numRuns: 400 },
    );
  });

  test('colours are the only difference between colour and none', () => {
    const graph = lineage(registry, 'RFC 5246', TODAY);
    const plain = drawLineage(graph, { width: 100, color: false });
    const painted = drawLineage(graph, { width: 100, color: true });
    expect(painted).not.toBe(plain);
    expect(
      painted
        .split('\u001b[')
        .map((part, i) => (i === 0 ? part : part.replace(/^\d+m/, '')))
        .join(''),
    ).toBe(plain);
  });
});
