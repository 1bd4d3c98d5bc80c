import type { Derived } from 'proviso-server/contract';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { type Changes, changesBetween, isUnchanged } from '../demand/changes.ts';
import { useDerived } from '../demand/derived.ts';
import { Badge, Card, Fold, ProblemNotice, type Tone } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';

export const RATINGS = ['critical', 'high', 'medium', 'low'] as const;
export const RATING_TONES: Readonly<Record<string, Tone>> = {
  critical: 'bad',
  high: 'warn',
  medium: 'accent',
  low: 'neutral',
};

/** What the answers so far would ask of suppliers, and what the last answer changed. Stands beside the questions; never in their way. */
export function Preview({ context, guesses }: { context: unknown; guesses: number }): ReactNode {
  const t = useWords('wizard');
  const derived = useDerived(context);
  const last = useLastChange(derived.isPlaceholderData ? undefined : derived.data);
  return (
    <aside aria-label={t('preview')} className="preview">
      <Card title={t('preview')}>
        {derived.data ? (
          <>
            <PreviewText derived={derived.data} guesses={guesses} />
            <div role="status">
              {last ? <ChangeList changes={last.changes} derived={last} title={t('change-title')} /> : null}
            </div>
          </>
        ) : derived.error ? (
          <ProblemNotice error={derived.error} />
        ) : (
          <p className="muted">{context === null ? t('preview-empty') : t('preview-waiting')}</p>
        )}
      </Card>
    </aside>
  );
}

function PreviewText({ derived: { demand, words }, guesses }: { derived: Derived; guesses: number }): ReactNode {
  const t = useWords('wizard');
  const s = useWords('shell');
  const knockouts = demand.requirements.filter(({ knockout }) => knockout).length;
  return (
    <>
      <p className="preview-count">{t('preview-count', { n: demand.requirements.length, knockouts })}</p>
      <p>{t('preview-risks', { n: demand.risks.length })}</p>
      <ul className="row">
        {RATINGS.map((rating) => {
          const n = demand.risks.filter((one) => one.rating === rating).length;
          return n === 0 ? null : (
            <li key={rating}>
              <Badge tone={RATING_TONES[rating]}>
                {s(`rating-${rating}`)}
                {s('colon')} {n}
              </Badge>
            </li>
          );
        })}
      </ul>
      {guesses === 0 ? null : <p className="muted small">{t('preview-guesses', { n: guesses })}</p>}
      <Fold title={t('preview-list')}>
        <ul className="stack-tight small">
          {demand.requirements.map(({ id }) => (
            <li key={id}>
              <span className="mono">{id}</span> {words.requirements[id]?.title}
            </li>
          ))}
        </ul>
      </Fold>
    </>
  );
}

interface LastChange {
  changes: Changes;
  before: Derived;
  after: Derived;
}

/** The difference between the two newest previews; kept until the next one. */
function useLastChange(derived: Derived | undefined): LastChange | null {
  const before = useRef<Derived | undefined>(undefined);
  const [change, setChange] = useState<LastChange | null>(null);
  useEffect(() => {
    if (!derived) return;
    const old = before.current;
    before.current = derived;
    if (!old || old === derived) return;
    setChange({ changes: changesBetween(old.demand, derived.demand), before: old, after: derived });
  }, [derived]);
  return change;
}

/** Changes in words, with the titles of what came and went; `title` where what changed is not said beside it. */
export function ChangeList(props: {
  changes: Changes;
  derived: { before: Derived; after: Derived };
  title?: string;
}): ReactNode {
  const { changes, derived, title } = props;
  const t = useWords('wizard');
  const s = useWords('shell');
  const titleOf = (id: string): string =>
    derived.after.words.requirements[id]?.title ?? derived.before.words.requirements[id]?.title ?? id;
  const riskOf = (id: string): string =>
    derived.after.words.risks[id]?.title ?? derived.before.words.risks[id]?.title ?? id;
  if (isUnchanged(changes)) return <p className="muted">{title ? t('change-none') : t('changes-none')}</p>;
  const rating = (one: string | null): string => (one === null ? t('risk-absent') : s(`rating-${one}`));
  const lines: [string, string][] = [
    ...changes.added.map((id): [string, string] => ['+', titleOf(id)]),
    ...changes.removed.map((id): [string, string] => ['−', titleOf(id)]),
    ...changes.levels.map(({ id, from, to }): [string, string] => [
      '↕',
      t('change-level', { title: titleOf(id), from: s(`level-${from}`), to: s(`level-${to}`) }),
    ]),
    ...changes.risks.map(({ id, from, to }): [string, string] => [
      '△',
      t('change-risk', { title: riskOf(id), from: rating(from), to: rating(to) }),
    ]),
  ];
  return (
    <div className="stack-tight">
      {title ? <h3>{title}</h3> : null}
      <p>
        {t('change-count', {
          added: changes.added.length,
          removed: changes.removed.length,
          levels: changes.levels.length,
        })}
      </p>
      <ul className="stack-tight small">
        {lines.slice(0, 12).map(([sign, text]) => (
          <li key={`${sign}${text}`}>
            <span aria-hidden="true">{sign}</span>{' '}
            <span className="unseen">
              {t(sign === '+' ? 'sign-added' : sign === '−' ? 'sign-removed' : 'sign-changed')}
            </span>
            {text}
          </li>
        ))}
      </ul>
      {lines.length > 12 ? <p className="small muted">{t('change-more', { n: lines.length - 12 })}</p> : null}
    </div>
  );
}
