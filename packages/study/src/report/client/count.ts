import type { Question, ReportData, ReportDocument } from '../data.ts';
import { answerOf, type PageCodes, SCALES } from './scales.ts';
import {
  concernsIct,
  type GroupBy,
  groupOf,
  isStaleDocument,
  isUnread,
  NOT_READABLE,
  NOT_STATED,
  namesStandards,
  saysSome,
  type View,
} from './view.ts';

export interface Headline {
  all: number;
  read: number;
  ict: number;
  security: number;
  named: number;
  stale: number;
  unread: number;
}

/** The five figures of the headline. Shares are of `read`: what could not be read is in no share. */
export function headlineOf(documents: readonly ReportDocument[], codes?: PageCodes): Headline {
  const count = { all: documents.length, read: 0, ict: 0, security: 0, named: 0, stale: 0, unread: 0 };
  for (const doc of documents) {
    if (isUnread(doc)) {
      count.unread += 1;
      continue;
    }
    count.read += 1;
    if (concernsIct(doc, codes)) count.ict += 1;
    if (saysSome(doc, 'security', codes)) count.security += 1;
    if (namesStandards(doc, codes)) count.named += 1;
    if (isStaleDocument(doc)) count.stale += 1;
  }
  return count;
}

export interface Group {
  key: string;
  documents: ReportDocument[];
  read: number;
}

/** Largest first, then by name; what states nothing comes last. */
export function groupsOf(documents: readonly ReportDocument[], by: GroupBy): Group[] {
  const groups = new Map<string, Group>();
  for (const doc of documents) {
    const key = groupOf(doc, by);
    const group = groups.get(key) ?? { key, documents: [], read: 0 };
    group.documents.push(doc);
    if (!isUnread(doc)) group.read += 1;
    groups.set(key, group);
  }
  return [...groups.values()].sort(
    (a, b) =>
      Number(a.key === NOT_STATED) - Number(b.key === NOT_STATED) ||
      b.documents.length - a.documents.length ||
      (a.key < b.key ? -1 : 1),
  );
}

export interface Part {
  value: string;
  documents: ReportDocument[];
  confirmed: number;
}

/** Documents by value of one question, weakest first; those that could not be read last. Empty parts are left out. */
export function partsOf(documents: readonly ReportDocument[], question: Question, codes?: PageCodes): Part[] {
  const parts = new Map<string, Part>(
    [...SCALES[question], NOT_READABLE].map((value) => [value, { value, documents: [], confirmed: 0 }]),
  );
  for (const doc of documents) {
    const { value, maker } = answerOf(doc, question, codes);
    const part = parts.get(value ?? NOT_READABLE);
    if (!part) continue;
    part.documents.push(doc);
    if (maker === 'people') part.confirmed += 1;
  }
  return [...parts.values()].filter((part) => part.documents.length > 0);
}

export interface HeatRow {
  /** Index into `data.standards`. */
  standard: number;
  total: number;
  demanded: number;
  stale: number;
  byGroup: Map<string, ReportDocument[]>;
}

/**
 * Which standards are named where. Only core standards; names that stand in nothing but boilerplate are left out, and so are,
 * when `named` is `demanded`, those that no document has as a must or should.
 */
export function heatOf(
  data: ReportData,
  documents: readonly ReportDocument[],
  by: GroupBy,
  named: View['named'],
): HeatRow[] {
  const rows = new Map<number, HeatRow>();
  for (const doc of documents) {
    for (const naming of doc.named) {
      if (data.standards[naming.standard]?.core !== true) continue;
      if (named === 'demanded' ? !naming.demanded : naming.places.every((place) => place.modality === 'boilerplate'))
        continue;
      const row = rows.get(naming.standard) ?? {
        standard: naming.standard,
        total: 0,
        demanded: 0,
        stale: 0,
        byGroup: new Map(),
      };
      row.total += 1;
      if (naming.demanded) row.demanded += 1;
      if (naming.stale) row.stale += 1;
      const group = groupOf(doc, by);
      const cell = row.byGroup.get(group);
      if (cell) cell.push(doc);
      else row.byGroup.set(group, [doc]);
      rows.set(naming.standard, row);
    }
  }
  return [...rows.values()].sort(
    (a, b) => b.total - a.total || (idOf(data, a.standard) < idOf(data, b.standard) ? -1 : 1),
  );
}

export interface StaleRow {
  standard: number;
  documents: ReportDocument[];
  /** It held no longer already on the document's own date. */
  alreadyThen: number;
}

/** Stale standards, those in most documents first. */
export function staleOf(data: ReportData, documents: readonly ReportDocument[]): StaleRow[] {
  const rows = new Map<number, StaleRow>();
  for (const doc of documents) {
    for (const naming of doc.named) {
      if (!naming.stale) continue;
      const row = rows.get(naming.standard) ?? { standard: naming.standard, documents: [], alreadyThen: 0 };
      row.documents.push(doc);
      if (naming.places.some((place) => place.stale && wasStale(place.statusThen))) row.alreadyThen += 1;
      rows.set(naming.standard, row);
    }
  }
  return [...rows.values()].sort(
    (a, b) => b.documents.length - a.documents.length || (idOf(data, a.standard) < idOf(data, b.standard) ? -1 : 1),
  );
}

function wasStale(status: string | null): boolean {
  return status !== null && status !== 'current' && status !== 'draft' && status !== 'unknown';
}

/** Documents by security topic, most covered first. */
export function topicsOf(documents: readonly ReportDocument[]): { topic: string; documents: ReportDocument[] }[] {
  const topics = new Map<string, ReportDocument[]>();
  for (const doc of documents) {
    for (const { topic } of doc.topics) {
      const list = topics.get(topic);
      if (list) list.push(doc);
      else topics.set(topic, [doc]);
    }
  }
  return [...topics]
    .map(([topic, list]) => ({ topic, documents: list }))
    .sort((a, b) => b.documents.length - a.documents.length || (a.topic < b.topic ? -1 : 1));
}

function idOf(data: ReportData, index: number): string {
  return data.standards[index]?.id ?? '';
}

/** Shares at which the heat map takes a stronger shade; few standards are named by most documents, so the steps widen. */
export const HEAT_STEPS: readonly number[] = [0.05, 0.15, 0.3, 0.5];

/** Shade 1 to 5 for a share of the documents read; 0 for nothing. */
export function heatShade(count: number, of: number): number {
  if (count === 0 || of === 0) return 0;
  return 1 + HEAT_STEPS.filter((step) => count / of >= step).length;
}
