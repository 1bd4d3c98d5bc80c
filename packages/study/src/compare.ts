import type { Reading } from '@proviso/reading';
import { machineValue } from './codings.ts';
import { type CollectLog, lastRun, runsOf } from './collect/log.ts';
import { QUESTIONS } from './report/client/scales.ts';
import type { ReportChange } from './report/data.ts';

/**
 * What the newest collection found different from the ones before it, and which answers changed with it. The first collection changes
 * nothing.
 * @param now readings of the newest copies; `before`: of the copies they replaced.
 */
export function changesOf(log: CollectLog, now: readonly Reading[], before: readonly Reading[]): ReportChange[] {
  if (runsOf(log).length < 2) return [];
  const newest = new Map(now.map((reading) => [reading.source.path, reading]));
  const earlier = new Map(before.map((reading) => [reading.source.path, reading]));
  return lastRun(log).flatMap((event): ReportChange[] => {
    if (event.outcome === 'unchanged' || event.outcome === 'not-collected') return [];
    const last = log.events.findLast(
      (other) => other.address === event.address && other.run !== event.run && other.sha256 !== null,
    );
    const from = earlier.get(event.address);
    const to = newest.get(event.address);
    return [
      {
        address: event.address,
        what: event.outcome,
        from: last?.at.slice(0, 10) ?? '',
        to: event.at.slice(0, 10),
        answers:
          event.outcome !== 'changed' || !from || !to || from.source.sha256 === to.source.sha256
            ? []
            : QUESTIONS.map((question) => ({
                question,
                from: machineValue(from, question),
                to: machineValue(to, question),
              })).filter((answer) => answer.from !== answer.to),
      },
    ];
  });
}
