import type { Departure } from '@proviso/catalogue';
import type { DemandView, PurchaseView } from 'proviso-server/contract';
import { type ReactNode, useState } from 'react';
import { useTenant } from '../api/index.ts';
import { useChangeContext } from '../demand/change-context.ts';
import { ExplanationFields, emptyExplanation, explanationFault, trimmed } from '../demand/departure-fields.tsx';
import { Button, Dialog, GivingNotice, Notice, Select, submits } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';
import { changesForRating, type RatingChange, ratingOf } from './rating.ts';

export interface Proposed {
  risk: string;
  likelihood: number;
  impact: number;
}

/** Another rating of a risk: shows what would change, asks for the reason, and keeps it as departures. */
export function RateDialog(props: {
  demand: DemandView;
  view: PurchaseView;
  proposed: Proposed;
  onClose(): void;
}): ReactNode {
  const t = useWords('risks');
  const s = useWords('shell');
  const { demand, proposed, onClose } = props;
  const [base] = useState(props.view);
  const { me } = useTenant();
  const [likelihood, setLikelihood] = useState(proposed.likelihood);
  const [impact, setImpact] = useState(proposed.impact);
  const [explanation, setExplanation] = useState(() => emptyExplanation(me.account.name, new Date()));
  const [tried, setTried] = useState(false);
  const { giving, put } = useChangeContext(base.purchase.id);
  const rating = ratingOf(likelihood * impact);
  const changes = changesForRating(demand.file, proposed.risk, rating);
  const title = demand.words.risks[proposed.risk]?.title ?? proposed.risk;
  const save = async (): Promise<void> => {
    setTried(true);
    if (explanationFault(explanation) || changes.length === 0) return;
    const { context } = demand.file.demand;
    const departures = withChanges(
      context.departures,
      changes.map((change) => ({ ...change, ...trimmed(explanation) })),
    );
    if (await put({ ...context, departures }, demand, base)) onClose();
  };
  const steps = (kind: 'likelihood' | 'impact') =>
    [1, 2, 3, 4, 5].map((n) => ({ id: String(n), text: `${n} · ${t(`${kind}-${n}`)}` }));
  return (
    <Dialog title={t('rate-title')} open onClose={onClose} wide stays={giving.pending}>
      <form className="stack" noValidate onSubmit={submits(() => void save())}>
        <p>
          <strong>{title}</strong>
        </p>
        <div className="grid">
          <Select
            label={t('likelihood')}
            value={String(likelihood)}
            onChange={(value) => setLikelihood(Number(value))}
            options={steps('likelihood')}
          />
          <Select
            label={t('impact')}
            value={String(impact)}
            onChange={(value) => setImpact(Number(value))}
            options={steps('impact')}
          />
        </div>
        <div role="status">
          <p>{t('rate-becomes', { rating: s(`rating-${rating}`), score: likelihood * impact })}</p>
          <RatingChanges changes={changes} demand={demand} />
        </div>
        {changes.length === 0 ? null : <ExplanationFields value={explanation} onChange={setExplanation} />}
        {tried && explanationFault(explanation) && changes.length > 0 ? (
          <Notice tone="bad">
            <p>{t('rate-explain')}</p>
          </Notice>
        ) : null}
        <GivingNotice giving={giving} onAgain={onClose} />
        <div className="row-end">
          <Button onPress={onClose}>{s('cancel')}</Button>
          <Button type="submit" look="primary" isPending={giving.pending} isDisabled={changes.length === 0}>
            {t('rate-save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function RatingChanges({ changes, demand }: { changes: readonly RatingChange[]; demand: DemandView }): ReactNode {
  const t = useWords('risks');
  const s = useWords('shell');
  if (changes.length === 0) return <p className="muted">{t('rate-nothing')}</p>;
  const titleOf = (id: string): string =>
    demand.words.requirements[id]?.title ?? demand.form.requirements.find((one) => one.id === id)?.title ?? id;
  return (
    <ul className="lines">
      {changes.map(({ requirement, kind, level }) => (
        <li key={requirement}>
          {t(`rate-${kind}`, {
            title: `${requirement} ${titleOf(requirement)}`,
            level: s(`level-${level ?? 'basic'}`),
          })}
        </li>
      ))}
    </ul>
  );
}

/** New departures in place of earlier ones of the same kind for the same requirement. */
function withChanges(before: readonly Departure[], added: readonly Departure[]): Departure[] {
  const meant = new Set(added.map(({ requirement }) => requirement));
  return [...before.filter(({ requirement, kind }) => !meant.has(requirement) || kind === 'set-parameter'), ...added];
}
