import type { EvaluationView } from 'proviso-server/contract';
import { type ReactNode, useEffect, useRef } from 'react';
import { Badge, Button, Facts } from '../design/index.ts';
import { useFormats, useWords } from '../i18n/index.ts';
import { ProofBeside } from '../proof/beside.tsx';
import { Answer } from './answer.tsx';

/** One requirement with all offers' answers in full, below the comparison. */
export function Detail(props: {
  id: string;
  view: EvaluationView;
  lot: EvaluationView['lots'][number];
  offers: EvaluationView['offers'];
  requirement: string;
  onClose(): void;
}): ReactNode {
  const t = useWords('evaluate');
  const s = useWords('shell');
  const { view, offers, requirement } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  const line = view.lines.find(({ id }) => id === requirement);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus follows the requirement that was chosen.
  useEffect(() => heading.current?.focus(), [requirement]);
  if (!line) return null;
  const scores = [...view.mine, ...view.others].filter((one) => one.requirement === requirement);
  const nameOf = (id: string): string => view.evaluators.find((one) => one.id === id)?.name ?? id;
  return (
    <section className="card">
      <div className="spread">
        <h2 ref={heading} tabIndex={-1}>
          {line.id} {line.title}
        </h2>
        <Button onPress={props.onClose}>{s('close')}</Button>
      </div>
      <Demanded line={line} />
      <div className="offers-beside">
        {offers.map((offer) => (
          <article key={offer.id} className="offer-card">
            <h3>{offer.name}</h3>
            <Answer view={view} offer={offer} requirement={requirement} />
            <ProofBeside
              id={props.id}
              offer={offer.id}
              requirement={requirement}
              claimed={offer.claimed[requirement] ?? null}
            />
            {scores
              .filter((one) => one.offer === offer.id)
              .map((one) => (
                <p key={one.evaluator} className="small">
                  <Badge>{t('score-of', { name: nameOf(one.evaluator), value: one.value })}</Badge> {one.reason}
                </p>
              ))}
          </article>
        ))}
      </div>
    </section>
  );
}

/** What is demanded, and what each score stands for. */
export function Demanded({ line }: { line: EvaluationView['lines'][number] }): ReactNode {
  const t = useWords('evaluate');
  const s = useWords('shell');
  const formats = useFormats();
  return (
    <div className="stack-tight">
      <p className="prose">{line.sentence}</p>
      <div className="row">
        <Badge>{s(`level-${line.level}`)}</Badge>
        <Badge>{t('weight', { share: formats.percent(line.weight / 1000) })}</Badge>
        {line.knockout ? <Badge tone="warn">{t('knockout')}</Badge> : null}
      </div>
      <Facts facts={line.scale.map(({ score, text }) => [t('score-n', { value: score }), text] as const)} />
    </div>
  );
}
