import { type ReactNode, useState } from 'react';
import { useGive, usePurchase, useTenant } from '../api/index.ts';
import { Badge, Button, ButtonLink, Confirm, GivingNotice } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';
import { hasRounds } from '../publish/bidders.ts';
import { deviationsOf, isOpen } from './deviations.tsx';
import type { LotParts } from './parts.ts';

/** How far a lot is, who has finished, and the steps from here. */
export function LotState({ id, view, lot, offers, evaluates }: LotParts & { evaluates: boolean }): ReactNode {
  const t = useWords('evaluate');
  const s = useWords('shell');
  const { id: tenant, person } = useTenant();
  const { commands, purchase } = usePurchase(id);
  const giving = useGive(id);
  const [asking, setAsking] = useState<'finish' | 'freeze' | null>(null);
  const finished = lot.finished.includes(person);
  const may = (command: string): boolean => commands.includes(command);
  const undecided = deviationsOf(purchase.deviations, offers).filter(isOpen).length;
  const allFrozen = view.lots.every(({ frozen }) => frozen);
  const give = (type: string, input: object): void => {
    setAsking(null);
    void giving.give(type, input);
  };
  return (
    <section className="card" aria-label={t('lot-state')}>
      <ul className="row">
        {view.evaluators.map((one) => (
          <li key={one.id}>
            <Badge tone={one.conflict ? 'bad' : lot.finished.includes(one.id) ? 'good' : 'neutral'}>
              {one.name}
              {s('colon')}{' '}
              {one.conflict
                ? t('evaluator-conflict')
                : !one.declared
                  ? t('evaluator-undeclared')
                  : lot.finished.includes(one.id)
                    ? t('evaluator-finished')
                    : t('evaluator-scoring')}
            </Badge>
          </li>
        ))}
      </ul>
      <p>{lot.frozen ? t('lot-frozen') : lot.revealed ? t('lot-revealed') : t('lot-blind')}</p>
      <GivingNotice giving={giving} />
      <div className="row">
        {evaluates && !lot.frozen && !finished && may('evaluation.finish') ? (
          <Button look="primary" onPress={() => setAsking('finish')}>
            {t('finish')}
          </Button>
        ) : null}
        {evaluates && finished && !lot.revealed && may('evaluation.resume') ? (
          <Button isPending={giving.pending} onPress={() => give('evaluation.resume', { lot: lot.id })}>
            {t('resume')}
          </Button>
        ) : null}
        {lot.revealed && !lot.frozen && may('quality.freeze') ? (
          <>
            <Button look="primary" isDisabled={undecided > 0} onPress={() => setAsking('freeze')}>
              {t('freeze')}
            </Button>
            {undecided > 0 ? <span className="muted small">{t('freeze-deviations', { n: undecided })}</span> : null}
          </>
        ) : null}
        {allFrozen && purchase.state === 'opened' && may('purchase.evaluate') ? (
          <Button look="primary" isPending={giving.pending} onPress={() => give('purchase.evaluate', {})}>
            {t('evaluated')}
          </Button>
        ) : null}
        {hasRounds(purchase) && may('round.start') ? (
          <ButtonLink
            to="/t/$tenant/purchases/$purchase/publish"
            params={{ tenant, purchase: id }}
            search={{ part: 'rounds' } as never}
          >
            {t('another-round')}
          </ButtonLink>
        ) : null}
      </div>
      <Confirm
        title={t('finish-sure')}
        open={asking === 'finish'}
        onClose={() => setAsking(null)}
        onConfirm={() => give('evaluation.finish', { lot: lot.id })}
        confirm={t('finish')}
      >
        <p>{t('finish-sure-text')}</p>
      </Confirm>
      <Confirm
        title={t('freeze-sure')}
        open={asking === 'freeze'}
        onClose={() => setAsking(null)}
        onConfirm={() => give('quality.freeze', { lot: lot.id })}
        confirm={t('freeze')}
        danger
      >
        <p>{t('freeze-sure-text')}</p>
      </Confirm>
    </section>
  );
}
