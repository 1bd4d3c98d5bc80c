import type { KeptReading } from './around.ts';
import type { Headline } from './client/count.ts';
import { scriptJson } from './escape.ts';
import { frameOf, type RenderOptions } from './render.ts';
import { documentOf, type ReportOptions, reportDataOf, StandardTable, statusSince } from './report-data.ts';

export interface StreamOptions
  extends RenderOptions,
    Pick<ReportOptions, 'asOf' | 'title' | 'question' | 'statusSince'> {
  /** What the readings come to; the page says it before they are there. */
  headline: Headline;
}

/** The same file as `renderReport` makes, in pieces: of the readings no more is held than one portion, and the standards they name. */
export async function* streamReport(
  portions: AsyncIterable<readonly KeptReading[]>,
  { headline, language, ...options }: StreamOptions,
): AsyncGenerator<string> {
  const standards = new StandardTable(options.statusSince ?? statusSince);
  const frame = frameOf({ ...options, notCollected: 0 }, headline, language ? { language } : {});
  // Members in another order than elsewhere: which standards there are is known when the last document is.
  yield `${frame.before}{"language":${scriptJson(frame.language)},"messages":${scriptJson(frame.messages)},"data":{"documents":[`;
  let first: KeptReading | undefined;
  for await (const portion of portions) {
    let piece = '';
    for (const reading of portion) {
      piece += `${first ? ',' : ''}${scriptJson(documentOf(reading, standards, {}))}`;
      first ??= reading;
    }
    yield piece;
  }
  const { documents: _, standards: __, ...rest } = reportDataOf([], options);
  const { engine = '', codebook = '', registry = '' } = first ?? {};
  const members = scriptJson({ ...rest, engine, codebook, registry, standards: standards.all });
  yield `],${members.slice(1)}}${frame.after}`;
}
