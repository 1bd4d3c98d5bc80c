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
 * Takes running headers, footers and page numbers out of the pages: lines near the edge that stand on several pages at the same
 * height and differ in their digits only. They are returned as asides; a table at the edge is furniture by the same rule.
 */
export function takeFurniture(pages: readonly LaidOutPage[]): Aside[] {
  const seen = new Map<string, Set<number>>();
  const edges = pages.map((page) => candidates(page));
  edges.forEach((found, index) => {
    for (const { key } of found) {
      const on = seen.get(key) ?? new Set<number>();
      on.add(index);
      seen.set(key, on);
    }
  });
  const asides: Aside[] = [];
  pages.forEach((page, index) => {
    const drop = new Set<Flow>();
    for (const { flow, key, text, top } of edges[index] ?? []) {
      const on = seen.get(key);
      if (!(repeats(on, pages.length, index) || (outermost(page, flow) && PAGE_NUMBER.test(text)))) continue;
      drop.add(flow);
      asides.push({ kind: top ? 'header' : 'footer', text, page: page.page });
    }
    if (drop.size > 0) page.flow = page.flow.filter((flow) => !drop.has(flow));
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
  top: boolean;
}

function candidates(page: LaidOutPage): Candidate[] {
  const sorted = page.flow.filter((flow) => flow.base < page.height * MARGIN || flow.base > page.height * (1 - MARGIN));
  sorted.sort((a, b) => a.base - b.base);
  const top = sorted.filter((flow) => flow.base < page.height * MARGIN).slice(0, REACH);
  const bottom = sorted.filter((flow) => flow.base > page.height * (1 - MARGIN)).slice(-REACH);
  return [...top, ...bottom].map((flow) => {
    const text = textOfFlow(flow);
    const isTop = flow.base < page.height / 2;
    return { flow, text, top: isTop, key: `${Math.round(flow.base / 8)}|${mask(text)}` };
  });
}

/** The first or last thing on the page. */
function outermost(page: LaidOutPage, flow: Flow): boolean {
  return (
    page.flow.every((other) => other === flow || other.base > flow.base - 2) ||
    page.flow.every((other) => other === flow || other.base < flow.base + 2)
  );
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
