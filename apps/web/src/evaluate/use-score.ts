import type { ScoreRow } from '@proviso/procurement';
import { useQueryClient } from '@tanstack/react-query';
import type { EvaluationView } from 'proviso-server/contract';
import { useState } from 'react';
import { isProblem, keys, purchaseQuery, useTenant } from '../api/index.ts';
import { useLanguage } from '../i18n/index.ts';

/** Writes one's own scores: shown at once, taken back where the server refuses. */
export interface Scoring {
  write(offer: string, requirement: string, value: number, reason: string | null): Promise<void>;
  /** Scores on their way. */
  sending: number;
  error: unknown;
}

/**
 * A score is a row of the evaluator's own, so that nobody else's work can be lost by it: another version of the purchase is fetched and the
 * score sent once more.
 */
export function useScore(id: string): Scoring {
  const tenant = useTenant();
  const { language } = useLanguage();
  const client = useQueryClient();
  const [sending, setSending] = useState(0);
  const [error, setError] = useState<unknown>(null);
  const key = keys.part(tenant.id, id, 'evaluation', `/evaluation?language=${language}`);
  const query = purchaseQuery(tenant, id);

  const put = (row: ScoreRow | undefined, cell: Pick<ScoreRow, 'offer' | 'requirement'>): ScoreRow | undefined => {
    let before: ScoreRow | undefined;
    client.setQueriesData<EvaluationView>({ queryKey: key }, (view) => {
      if (!view) return view;
      const same = (one: ScoreRow): boolean => one.offer === cell.offer && one.requirement === cell.requirement;
      before = view.mine.find(same);
      return { ...view, mine: [...view.mine.filter((one) => !same(one)), ...(row ? [row] : [])] };
    });
    return before;
  };
  const send = async (input: object, again: boolean): Promise<void> => {
    const { version } = await client.fetchQuery({ ...query, staleTime: again ? 0 : Number.POSITIVE_INFINITY });
    try {
      await tenant.api.post(`/purchases/${id}/commands/score.write`, { version, input });
    } catch (problem) {
      if (again || !isProblem(problem, 'version-conflict')) throw problem;
      await send(input, true);
    }
  };
  return {
    sending,
    error,
    async write(offer, requirement, value, reason) {
      const input = { offer, requirement, value, reason };
      const before = put({ ...input, evaluator: tenant.person, at: new Date().toISOString() }, input);
      setSending((n) => n + 1);
      setError(null);
      try {
        await send(input, false);
      } catch (problem) {
        put(before, input);
        setError(problem);
      } finally {
        setSending((n) => n - 1);
      }
    },
  };
}
