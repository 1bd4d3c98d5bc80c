import { describe, expect, it } from 'vitest';
import { sampleReadings } from '../testing/sample-readings.ts';
import { headlineOf, heatOf } from './client/count.ts';
import { chosen, FIRST_VIEW } from './client/view.ts';
import { FigureCount } from './figures.ts';
import { renderReport } from './render.ts';
import { reportDataOf } from './report-data.ts';
import { streamReport } from './stream.ts';

const readings = sampleReadings(40);
const options = { asOf: '2026-11-24', title: 'Town <b>', question: '</script><!-- $& ', statusSince: () => null };
const data = reportDataOf(readings, options);
const all = chosen(data, FIRST_VIEW);

async function* inPortions(of: number) {
  for (let at = 0; at < readings.length; at += of) yield readings.slice(at, at + of);
}
async function streamed(portions: AsyncIterable<typeof readings>, from = headlineOf(all)): Promise<string> {
  let html = '';
  for await (const piece of streamReport(portions, { ...options, headline: from, language: 'nl' })) html += piece;
  return html;
}
const DATA = '<script type="application/json" id="report-data">';
function parts(html: string) {
  const from = html.indexOf(DATA) + DATA.length;
  const to = html.indexOf('</script>', from);
  return { around: html.slice(0, from) + html.slice(to), json: JSON.parse(html.slice(from, to)) };
}

describe('a report in pieces', () => {
  it.each([1, 7, 100])('is the whole report, %i at a time', async (of) => {
    expect(parts(await streamed(inPortions(of)))).toEqual(parts(renderReport(data, { language: 'nl' })));
  });

  it('of nothing is a report', async () => {
    const nothing = reportDataOf([], options);
    const html = await streamed(
      (async function* () {
        yield [];
      })(),
      headlineOf([]),
    );
    expect(parts(html)).toEqual(parts(renderReport(nothing, { language: 'nl' })));
  });
});

describe('figures in portions', () => {
  it.each([1, 7, 100])('are those of the report, %i at a time', async (of) => {
    const count = new FigureCount();
    for await (const portion of inPortions(of)) count.add(portion);
    const { standards, ...headline } = count.figures(1_000);
    expect(headline).toEqual(headlineOf(all));
    const heat = heatOf(data, all, 'country', 'any').map(({ standard, total, demanded }) => ({
      id: data.standards[standard]?.id,
      documents: total,
      demanded,
    }));
    expect(standards).toHaveLength(heat.length);
    expect(standards).toEqual(expect.arrayContaining(heat));
    expect(count.figures(2).standards).toEqual(standards.slice(0, 2));
  });
});
