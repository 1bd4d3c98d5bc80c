import type { DocumentView } from 'proviso-server/contract';

type Finding = DocumentView['findings'][number];

export interface MarkedBlock {
  key: string;
  kind: string;
  level: number | null;
  page: number | null;
  /** The block's text, cut where findings begin and end. */
  runs: { text: string; findings: number[] }[];
  /** Findings that begin in it, by their place in the list. */
  notes: number[];
}

/**
 * The document's blocks with the findings that rest on them. A finding may reach over several blocks; its note stands at the first. What lies
 * outside of the text (a finding about something that is missing) is in no block.
 */
export function markedBlocks(view: Pick<DocumentView, 'text' | 'blocks' | 'findings'>): MarkedBlock[] {
  const text = view.text ?? '';
  const placed = view.findings
    .map(({ start, end }, index) => ({ start, end, index }))
    .filter(({ start, end }) => end > start && start >= 0 && end <= text.length);
  return view.blocks.map(({ kind, start, end, level, page }) => {
    const here = placed.filter((one) => one.start < end && one.end > start);
    const cuts = [...new Set([start, end, ...here.flatMap((one) => [one.start, one.end])])]
      .filter((at) => at >= start && at <= end)
      .sort((a, b) => a - b);
    const runs = cuts.slice(1).map((to, i) => {
      const from = cuts[i] ?? start;
      const findings = here.filter((one) => one.start < to && one.end > from).map(({ index }) => index);
      return { text: text.slice(from, to), findings };
    });
    const notes = here.filter((one) => one.start >= start).map(({ index }) => index);
    return { key: `${start}-${end}`, kind, level, page, runs, notes };
  });
}

/** Findings that have no place in the text. */
export function unplaced(
  view: Pick<DocumentView, 'text' | 'findings' | 'blocks'>,
): { finding: Finding; index: number }[] {
  const shown = new Set(markedBlocks(view).flatMap(({ notes }) => notes));
  return view.findings.map((finding, index) => ({ finding, index })).filter(({ index }) => !shown.has(index));
}
