import { type ReactNode, useState } from 'react';
import { useGive, usePurchase } from '../api/index.ts';
import {
  Button,
  Card,
  Checkboxes,
  Confirm,
  Deadline,
  Facts,
  Field,
  GivingNotice,
  Notice,
  Radios,
} from '../design/index.ts';
import { submits } from '../design/submits.ts';
import { useFormats, useWords } from '../i18n/index.ts';
import { type AwardParts, unexplainedPrices } from './parts.ts';
import { Signing } from './signing.tsx';

/** Decide, tell the bidders, wait out the standstill, sign: one step after the other. */
export function Decision(props: AwardParts): ReactNode {
  const { id, lot } = props;
  const { purchase } = usePurchase(id);
  const award = purchase.awards.find((one) => one.lot === lot && one.withdrawn === null);
  return (
    <div className="stack">
      {award ? <Decided {...props} award={award} /> : <Decide {...props} />}
      {award?.standstill ? <Signing {...props} award={award} /> : null}
    </div>
  );
}

function Decide({ id, lot, view }: AwardParts): ReactNode {
  const t = useWords('award');
  const formats = useFormats();
  const { commands, purchase } = usePurchase(id);
  const giving = useGive(id);
  const ranked = view.result.offers.filter(({ rank }) => rank !== null);
  const winners = purchase.lots.find((one) => one.id === lot)?.winners ?? 1;
  const best = ranked.filter(({ rank }) => rank === 1);
  const [chosen, setChosen] = useState<string[]>(best.length === 1 && winners === 1 ? best.map((one) => one.id) : []);
  const [reason, setReason] = useState('');
  const [draw, setDraw] = useState('');
  const [sure, setSure] = useState(false);
  const drawn = best.length > winners;
  if (!commands.includes('award.decide')) return <Notice title={t('decide-not-you')} />;
  const nameOf = (offer: string): string => view.names[offer] ?? offer;
  const send = (): void => {
    setSure(false);
    void giving.give('award.decide', {
      lot,
      offers: chosen,
      reason: reason.trim(),
      draw: draw.trim() === '' ? null : draw.trim(),
    });
  };
  const unexplained = unexplainedPrices(purchase, view);
  const options = ranked.map((one) => ({
    id: one.id,
    text: t('choice', {
      rank: one.rank ?? 0,
      name: nameOf(one.id),
      total: formats.points(one.total ?? ''),
    }),
  }));
  return (
    <Card title={t('decide')}>
      <form className="stack" onSubmit={submits(() => setSure(true))}>
        {winners === 1 ? (
          <Radios
            label={t('winner')}
            value={chosen[0] ?? null}
            onChange={(one) => setChosen([one])}
            options={options}
          />
        ) : (
          <Checkboxes label={t('winners', { n: winners })} value={chosen} onChange={setChosen} options={options} />
        )}
        <Field label={t('reason')} hint={t('reason-told')} lines maxLength={4000} value={reason} onChange={setReason} />
        {drawn ? (
          <Field label={t('draw')} hint={t('draw-hint')} lines maxLength={4000} value={draw} onChange={setDraw} />
        ) : null}
        <GivingNotice giving={giving} />
        <div>
          <Button
            type="submit"
            look="primary"
            isPending={giving.pending}
            isDisabled={chosen.length === 0 || chosen.length > winners || reason.trim().length < 3}
          >
            {t('decide-send')}
          </Button>
        </div>
      </form>
      <Confirm
        title={t('decide-sure', { names: formats.list(chosen.map(nameOf)) })}
        open={sure}
        onClose={() => setSure(false)}
        onConfirm={send}
        confirm={t('decide-send')}
      >
        <p>{t('decide-text')}</p>
        {unexplained.length > 0 ? (
          <Notice tone="warn" title={t('decide-low')}>
            <p>{t('decide-low-text', { names: formats.list(unexplained.map(nameOf)) })}</p>
          </Notice>
        ) : null}
      </Confirm>
    </Card>
  );
}

export type Award = ReturnType<typeof usePurchase>['purchase']['awards'][number];

function Decided({ id, lot, view, award }: AwardParts & { award: Award }): ReactNode {
  const t = useWords('award');
  const formats = useFormats();
  const { commands, names, purchase } = usePurchase(id);
  const giving = useGive(id);
  const [means, setMeans] = useState<string | null>('electronic');
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const signed = purchase.contracts.some((one) => one.lot === lot);
  const withdraw = (): void => {
    setAsking(false);
    void giving.give('award.withdraw', { lot, reason: reason.trim() });
  };
  return (
    <Card title={t('decided', { names: formats.list(award.offers.map((one) => view.names[one] ?? one)) })}>
      <Facts
        facts={[
          [t('decided-by'), names[award.by] ?? award.by],
          [t('decided-at'), formats.moment(award.at)],
          [t('reason'), award.reason],
          ...(award.draw === null ? [] : [[t('draw'), award.draw] as const]),
          ...(award.standstill
            ? [
                [t('notified'), formats.moment(award.standstill.sent)] as const,
                [
                  t('standstill'),
                  award.standstill.means === 'none' ? (
                    t('standstill-none')
                  ) : (
                    <Deadline key="end" at={award.standstill.end.instant} zone={award.standstill.end.zone} />
                  ),
                ] as const,
              ]
            : []),
        ]}
      />
      {!award.standstill && commands.includes('award.notify') ? (
        <form className="stack" onSubmit={submits(() => void giving.give('award.notify', { lot, means }))}>
          <p className="prose">{t('notify-text')}</p>
          <Radios
            label={t('means')}
            value={means}
            onChange={setMeans}
            options={['electronic', 'other', 'none'].map((one) => ({ id: one, text: t(`means-${one}`) }))}
          />
          <div>
            <Button type="submit" look="primary" isPending={giving.pending}>
              {t('notify')}
            </Button>
          </div>
        </form>
      ) : null}
      <GivingNotice giving={giving} />
      {!signed && commands.includes('award.withdraw') ? (
        <div>
          <Button look="danger" onPress={() => setAsking(true)}>
            {t('withdraw')}
          </Button>
        </div>
      ) : null}
      <Confirm
        title={t('withdraw-sure')}
        open={asking}
        danger
        onClose={() => setAsking(false)}
        onConfirm={() => reason.trim().length >= 3 && withdraw()}
        confirm={t('withdraw')}
      >
        <p>{t('withdraw-text')}</p>
        <Field label={t('reason')} lines maxLength={4000} value={reason} onChange={setReason} />
      </Confirm>
    </Card>
  );
}
