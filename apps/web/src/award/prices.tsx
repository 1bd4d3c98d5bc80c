import { EXCLUSION_GROUNDS } from '@proviso/procurement';
import type { Explanation } from 'proviso-server/contract';
import { type ReactNode, useState } from 'react';
import { useGive, usePart, usePurchase } from '../api/index.ts';
import { Badge, Button, Deadline, Dialog, Field, Fold, GivingNotice, Notice, Select } from '../design/index.ts';
import { submits } from '../design/submits.ts';
import { useFormats, useWords } from '../i18n/index.ts';
import type { AwardParts } from './parts.ts';

/** Low prices are questions, never refusals: the supplier explains first. Directive 2014/24/EU, Article 69. */
export function Prices({ id, lot, view }: AwardParts): ReactNode {
  const t = useWords('award');
  const formats = useFormats();
  const { purchase, commands } = usePurchase(id);
  const giving = useGive(id);
  const [asking, setAsking] = useState<string | null>(null);
  const [excluding, setExcluding] = useState<string | null>(null);
  const nameOf = (offer: string): string => view.names[offer] ?? offer;
  const replied = purchase.evaluation.explanations.some(({ reply }) => reply !== null);
  const explanations = usePart<Explanation[]>(id, 'explanations', '/explanations', replied) ?? [];
  const offers = purchase.offers.filter((one) => one.lot === lot && view.names[one.id] !== undefined);
  return (
    <div className="stack">
      <p className="prose">{t('prices-text')}</p>
      {view.lowPrices.length === 0 ? <Notice tone="good" title={t('prices-none')} /> : null}
      <ul className="lines">
        {offers.map((offer) => {
          const flags = view.lowPrices.filter((one) => one.offer === offer.id);
          const asked = purchase.evaluation.explanations.find((one) => one.offer === offer.id);
          const excluded = purchase.evaluation.exclusions.find((one) => one.offer === offer.id);
          return (
            <li key={offer.id} className="stack-tight">
              <div className="row">
                <strong>{nameOf(offer.id)}</strong>
                {offer.price === null ? t('no-price') : formats.money(offer.price)}
                {flags.map((flag) => (
                  <Badge key={flag.rule} tone="warn">
                    {t(`low-${flag.rule}`, { percent: flag.percent })}
                  </Badge>
                ))}
                {excluded ? <Badge tone="bad">{t(`ground-${excluded.ground}`)}</Badge> : null}
              </div>
              {asked ? (
                <p className="small">
                  {asked.reply ? t('explained') : t('explanation-asked')}{' '}
                  {!asked.reply && asked.until ? <Deadline at={asked.until.instant} zone={asked.until.zone} /> : null}
                </p>
              ) : null}
              {explanations
                .filter((one) => one.offer === offer.id)
                .map(({ text }) => (
                  <Fold key={text} title={t('explanation')}>
                    <p className="keep-lines">{text}</p>
                  </Fold>
                ))}
              {excluded ? <p className="small">{excluded.reason}</p> : null}
              <div className="row">
                {!asked && commands.includes('explanation.ask') ? (
                  <Button small onPress={() => setAsking(offer.id)}>
                    {t('ask-explanation')}
                    <span className="unseen"> {nameOf(offer.id)}</span>
                  </Button>
                ) : null}
                {!excluded && commands.includes('offer.exclude') ? (
                  <Button small look="danger" onPress={() => setExcluding(offer.id)}>
                    {t('exclude')}
                    <span className="unseen"> {nameOf(offer.id)}</span>
                  </Button>
                ) : null}
              </div>
            </li>
          );
        })}
      </ul>
      <GivingNotice giving={giving} />
      {asking === null ? null : (
        <AskDialog id={id} offer={asking} name={nameOf(asking)} onClose={() => setAsking(null)} />
      )}
      {excluding === null ? null : (
        <ExcludeDialog id={id} offer={excluding} name={nameOf(excluding)} onClose={() => setExcluding(null)} />
      )}
    </div>
  );
}

interface Ask {
  id: string;
  offer: string;
  name: string;
  onClose(): void;
}

function AskDialog({ id, offer, name, onClose }: Ask): ReactNode {
  const t = useWords('award');
  const giving = useGive(id);
  const { zone } = usePurchase(id).purchase.description;
  const [until, setUntil] = useState('');
  const send = async (): Promise<void> => {
    if (await giving.give('explanation.ask', { offer, until: until === '' ? null : until })) onClose();
  };
  return (
    <Dialog title={t('ask-title', { name })} open onClose={onClose} stays={giving.pending}>
      <form className="stack" onSubmit={submits(() => void send())}>
        <p>{t('ask-text')}</p>
        <Field
          label={t('ask-until')}
          hint={t('in-zone', { zone })}
          type="datetime-local"
          value={until}
          onChange={setUntil}
        />
        <GivingNotice giving={giving} onAgain={onClose} />
        <div className="row-end">
          <Button type="submit" look="primary" isPending={giving.pending} isDisabled={until === ''}>
            {t('ask-explanation')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function ExcludeDialog({ id, offer, name, onClose }: Ask): ReactNode {
  const t = useWords('award');
  const giving = useGive(id);
  const [ground, setGround] = useState('');
  const [reason, setReason] = useState('');
  const send = async (): Promise<void> => {
    if (await giving.give('offer.exclude', { offer, ground, reason: reason.trim() })) onClose();
  };
  return (
    <Dialog title={t('exclude-title', { name })} open onClose={onClose} stays={giving.pending}>
      <form className="stack" onSubmit={submits(() => void send())}>
        <Select
          label={t('ground')}
          optional={false}
          empty={t('ground-choose')}
          value={ground}
          onChange={setGround}
          options={EXCLUSION_GROUNDS.map((one) => ({ id: one, text: t(`ground-${one}`) }))}
        />
        <Field label={t('reason')} hint={t('reason-told')} lines maxLength={4000} value={reason} onChange={setReason} />
        <GivingNotice giving={giving} onAgain={onClose} />
        <div className="row-end">
          <Button
            type="submit"
            look="danger"
            isPending={giving.pending}
            isDisabled={ground === '' || reason.trim().length < 3}
          >
            {t('exclude')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
