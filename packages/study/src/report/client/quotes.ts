import type { ReportDocument, ReportPlace, ReportQuote, ReportStandard } from '../data.ts';
import { type Child, h } from './element.ts';
import type { Page } from './page.ts';

/** Words of a document, in its own language, with the place where they stand. */
export function quoteOf(page: Page, doc: ReportDocument, quote: ReportQuote, ...more: Child[]): Child {
  return h(
    'figure',
    { class: 'quote' },
    h(
      'blockquote',
      { lang: doc.language, dir: 'auto' },
      quote.before,
      quote.before === undefined ? quote.text : h('mark', null, quote.text),
      quote.after,
    ),
    h('figcaption', null, placeText(page, quote), more),
  );
}

/** `p. 4 › 3.2 Security`. */
export function placeText(page: Page, quote: Pick<ReportQuote, 'page' | 'section'>): Child {
  const { say } = page.words;
  const parts = [quote.page === null ? '' : say('page', { n: quote.page }), quote.section].filter(Boolean);
  return h('span', { class: 'place' }, parts.length === 0 ? say('top') : parts.join(' · '));
}

/** One naming of a standard: how strongly, to whom, in which state, and why it was read so. */
export function placeOf(page: Page, doc: ReportDocument, entry: ReportStandard, place: ReportPlace): Child {
  const { say, has, label } = page.words;
  const addressee = place.addressee === 'unclear' ? '' : say('to', { who: label('addressee', place.addressee) });
  const reason = has(`reason.${place.reason}`) ? say(`reason.${place.reason}`) : place.reason;
  return quoteOf(
    page,
    doc,
    place,
    h(
      'span',
      { class: `flag is-${place.modality}` },
      label('modality', place.modality),
      addressee ? ` ${addressee}` : '',
    ),
    place.stale && h('span', { class: 'flag is-stale' }, label('status', entry.status)),
    place.stale &&
      place.statusThen &&
      h('span', { class: 'small' }, say('statusWas', { status: label('status', place.statusThen) })),
    place.minimum && h('span', { class: 'flag' }, say('minimum')),
    place.orEquivalent && h('span', { class: 'flag' }, say('orEquivalent')),
    reason && h('span', { class: 'small why' }, say('why', { reason })),
  );
}
