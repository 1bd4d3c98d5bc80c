import { procedureOf } from '@proviso/procurement';
import { type ReactNode, useState } from 'react';
import { useGive, usePurchase } from '../api/index.ts';
import { Button, Card, Confirm, Field, GivingNotice, Notice, Radios, submits, toast } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';
import { areSet, NO_TIMES, NoticeTimes } from '../publish/notice-times.tsx';
import { type ReadRequest, RequestCard } from './request-card.tsx';

const VERDICTS = ['invited', 'unsuitable', 'not-selected'] as const;

interface Choice {
  verdict: string | null;
  reason: string;
}
const NO_CHOICE: Choice = { verdict: null, reason: '' };
const isMade = ({ verdict, reason }: Choice): boolean => verdict !== null && reason.trim().length >= 3;

/** All requests that came in time, each with a verdict and its reason; then the dates for the offers of those who are invited. */
export function DecideForm({ id, requests }: { id: string; requests: readonly ReadRequest[] }): ReactNode {
  const t = useWords('candidates');
  const { purchase } = usePurchase(id);
  const giving = useGive(id);
  const [choices, setChoices] = useState<Readonly<Record<string, Choice>>>({});
  const [times, setTimes] = useState(NO_TIMES);
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState(false);
  const least = procedureOf(purchase.description.procedure).leastCandidates;
  const choiceOf = (one: string): Choice => choices[one] ?? NO_CHOICE;
  const invited = requests.filter((one) => choiceOf(one.id).verdict === 'invited');
  const open = requests.filter((one) => !isMade(choiceOf(one.id)));
  const complete = open.length === 0 && areSet(times);
  const set = (one: string, change: Partial<Choice>): void =>
    setChoices((now) => ({ ...now, [one]: { ...NO_CHOICE, ...now[one], ...change } }));
  const done = (): void => toast({ text: t('decided') });
  const decide = async (): Promise<void> => {
    const decisions = requests.map(({ id: request }) => ({
      request,
      verdict: choiceOf(request).verdict,
      reason: choiceOf(request).reason.trim(),
    }));
    const carried = await giving.give('candidates.decide', { decisions, ...times });
    setAsking(false);
    if (carried) done();
  };
  return (
    <form
      className="stack-roomy"
      noValidate
      onSubmit={submits(() => {
        setTried(true);
        if (complete) setAsking(true);
      })}
    >
      <p className="prose">
        {t('decide-text')} {least ? t('decide-least', { n: least.count, source: least.source }) : null}
      </p>
      <section className="stack" aria-labelledby="requests-title">
        <h2 id="requests-title">{t('requests', { n: requests.length })}</h2>
        {requests.map((request) => {
          const { verdict, reason } = choiceOf(request.id);
          return (
            <RequestCard key={request.id} purchase={id} request={request}>
              <Radios
                label={t('verdict', { name: request.name })}
                value={verdict}
                onChange={(value) => set(request.id, { verdict: value })}
                error={tried && verdict === null ? t('verdict-missing') : null}
                options={VERDICTS.map((one) => ({
                  id: one,
                  text: t(`verdict-${one}`),
                  hint: t(`verdict-${one}-hint`),
                }))}
              />
              <Field
                label={t('reason-for', { name: request.name })}
                hint={t('reason-hint')}
                lines
                maxLength={4000}
                value={reason}
                onChange={(value) => set(request.id, { reason: value })}
                error={tried && reason.trim().length < 3 ? t('reason-missing') : null}
              />
            </RequestCard>
          );
        })}
      </section>
      <Card title={t('dates')}>
        <p className="muted">{t('dates-text')}</p>
        <NoticeTimes zone={purchase.description.zone} value={times} tried={tried} onChange={setTimes} />
      </Card>
      {tried && !complete ? (
        <Notice tone="bad" title={t('incomplete')}>
          {open.length > 0 ? <p>{t('incomplete-names', { names: open.map(({ name }) => name).join(', ') })}</p> : null}
        </Notice>
      ) : null}
      <GivingNotice giving={giving} onAgain={done} />
      <div>
        <Button type="submit" look="primary" isPending={giving.pending}>
          {t('decide')}
        </Button>
      </div>
      <Confirm
        title={t('decide')}
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => void decide()}
        confirm={t('decide')}
        pending={giving.pending}
      >
        <p>{t('decide-sure', { names: invited.map(({ name }) => name).join(', ') || '–' })}</p>
        <p>{t('decide-letters')}</p>
      </Confirm>
    </form>
  );
}
