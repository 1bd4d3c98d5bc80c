import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { p, readWith, wordFile } from '../testing/office-files.ts';
import { reader } from './docx.ts';

interface Piece {
  kind: 'plain' | 'deleted' | 'hidden' | 'inserted' | 'bold';
  text: string;
}

/** What a run shows, character by character: that is what an anchor's offset counts. */
const piece: fc.Arbitrary<Piece> = fc.record({
  kind: fc.constantFrom('plain', 'deleted', 'hidden', 'inserted', 'bold'),
  text: fc.stringMatching(/^[a-z \t\n\u00ad-]{0,8}$/),
});

function runXml({ kind, text }: Piece): string {
  const inner = [...text]
    .map((char) => {
      if (char === '\t') return '<w:tab/>';
      if (char === '\n') return '<w:br/>';
      if (char === '-') return '<w:noBreakHyphen/>';
      return `<w:${kind === 'deleted' ? 'delText' : 't'} xml:space="preserve">${char}</w:${kind === 'deleted' ? 'delText' : 't'}>`;
    })
    .join('');
  const format = kind === 'hidden' ? '<w:rPr><w:vanish/></w:rPr>' : kind === 'bold' ? '<w:rPr><w:b/></w:rPr>' : '';
  const run = `<w:r>${format}${inner}</w:r>`;
  if (kind === 'deleted') return `<w:del w:id="1">${run}</w:del>`;
  return kind === 'inserted' ? `<w:ins w:id="1">${run}</w:ins>` : run;
}

describe('anchors of a Word file', () => {
  it('lead from every character of the text back to its run', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(piece, { maxLength: 5 }), { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        async (paragraphs, inTable) => {
          const xml = paragraphs.map((pieces) => p(pieces.map(runXml).join('')));
          const body = inTable
            ? `<w:tbl>${xml.map((one) => `<w:tr><w:tc>${one}</w:tc><w:tc>${p('')}</w:tc></w:tr>`).join('')}</w:tbl>`
            : xml.join('');
          const document = await readWith(reader, wordFile({ body }), {}, { anchors: true });
          for (const block of document.blocks) {
            let covered = '';
            for (const run of block.runs ?? []) {
              expect(run.part).toBe('word/document.xml');
              expect(run.start).toBeGreaterThanOrEqual(block.start);
              expect(run.end).toBeLessThanOrEqual(block.end);
              // In a table every second paragraph is the empty one of the second cell.
              const source = paragraphs[inTable ? run.paragraph / 2 : run.paragraph]?.[run.run];
              expect(document.text.slice(run.start, run.end)).toBe(
                source?.text.slice(run.offset, run.offset + run.end - run.start),
              );
              covered += document.text.slice(run.start, run.end);
            }
            expect(covered).toBe(document.text.slice(block.start, block.end));
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('are not made unless asked for', async () => {
    const document = await readWith(reader, wordFile({ body: p('<w:r><w:t>x</w:t></w:r>') }));
    expect(document.blocks[0]).not.toHaveProperty('runs');
  });
});
