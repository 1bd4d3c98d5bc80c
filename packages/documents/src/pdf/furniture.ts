import type { Aside } from '../model.ts';
import type { Flow } from './flow.ts';

export interface LaidOutPage {
  /** 1-based. */
  page: number;
  height: number;
  flow: Flow[];
}

/** Share of the page, at the top and at the bottom, in which a repeated line counts as furniture. */
const MARGIN = 0.17;
/** Lines looked at from each end of a page. */
const REACH = 7;

const PAGE_NUMBER =
  /^[\s|–—-]*(?:(?:page|pagina|pág(?:ina)?\.?|seite|side|sida|sivu|strona|lk|lehekülg|oldal|p\.?)\s*[:.]?\s*)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:\/|of|van|von|de|di|sur|af|av|z|\|)\s*\d{1,4})?[\s|–—-]*$/i;

/**
 * Takes running headers, footers and page numbers out of the pages: lines at the edge that stand on several pages at the same
 * height and differ in their digits only; a table at the edge is furniture by the same rule. They are returned as asides. A page that
 * would be left empty keeps its text, unless its content is a picture (`scanned`).
 */
export function takeFurniture(pages: readonly LaidOutPage[], scanned: ReadonlySet<number> = new Set()): Aside[] {
  const seen = new Map<string, Set<number>>();
  const edges = pages.map((page) => [atTop(page), atBottom(page)]);
  edges.forEach((found, index) => {
    for (const { key } of found.flat()) {
      const on = seen.get(key) ?? new Set<number>();
      on.add(index);
      seen.set(key, on);
    }
  });
  const asides: Aside[] = [];
  pages.forEach((page, index) => {
    const own: Aside[] = [];
    const drop = new Set<Flow>();
    for (const edge of edges[index] ?? []) {
      for (const [place, { flow, key, text, kind }] of edge.entries()) {
        const number = place === 0 && PAGE_NUMBER.test(text);
        // From the edge inwards: what stands behind a line of text is text.
        if (!number && !repeats(seen.get(key), pages.length, index)) break;
        if (drop.has(flow)) continue;
        drop.add(flow);
        own.push({ kind, text, page: page.page });
      }
    }
    if (drop.size === page.flow.length && !scanned.has(page.page)) return;
    page.flow = page.flow.filter((flow) => !drop.has(flow));
    asides.push(...own);
  });
  return asides;
}

/** On three pages at least, and on a quarter of them or of their neighbours: left and right pages and chapters differ. */
function repeats(on: ReadonlySet<number> | undefined, pages: number, index: number): boolean {
  if (on === undefined || pages < 2) return false;
  if (pages === 2) return on.size === 2;
  if (on.size >= 3 && on.size >= pages * 0.25) return true;
  let near = 0;
  for (let other = index - 6; other <= index + 6; other++) if (on.has(other)) near++;
  return near >= 4 || (pages <= 4 && on.size >= 2);
}

interface Candidate {
  flow: Flow;
  key: string;
  text: string;
  kind: 'header' | 'footer';
}

/** Lines near the upper edge, outermost first. */
function atTop(page: LaidOutPage): Candidate[] {
  const near = page.flow.filter((flow) => flow.base < page.height * MARGIN).sort((a, b) => a.base - b.base);
  return near.slice(0, REACH).map((flow) => candidate(flow, 'header'));
}

/** Lines near the lower edge, outermost first. */
function atBottom(page: LaidOutPage): Candidate[] {
  const near = page.flow.filter((flow) => flow.base > page.height * (1 - MARGIN)).sort((a, b) => b.base - a.base);
  return near.slice(0, REACH).map((flow) => candidate(flow, 'footer'));
}

function candidate(flow: Flow, kind: 'header' | 'footer'): Candidate {
  const text = textOfFlow(flow);
  return { flow, text, kind, key: `${Math.round(flow.base / 8)}|${mask(text)}` };
}

export function textOfFlow(flow: Flow): string {
  return flow.kind === 'line' ? flow.text : flow.cells.join(' | ');
}

function mask(text: string): string {
  return text
    .replace(/\d+/g, '#')
    .replace(/\b[ivxl]{1,6}\b/gi, '#')
    .replace(/\s+/g, ' ')
    .toLowerCase();
}
