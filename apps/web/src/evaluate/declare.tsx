import type { Purchase } from '@proviso/procurement';
import { type ReactNode, useState } from 'react';
import { useGive } from '../api/index.ts';
import { Button, Card, Checkboxes, Confirm, Field, GivingNotice, Radios } from '../design/index.ts';
import { submits } from '../design/submits.ts';
import { useWords } from '../i18n/index.ts';

/** What somebody has said of conflicts of interest: nothing yet for some lot, a conflict with some, or none with any. */
export function declarationOf({ declarations, lots }: Purchase, person: string): 'none' | 'conflict' | 'free' {
  const own = declarations.filter((one) => one.person === person);
  if (own.some(({ conflict }) => conflict)) return 'conflict';
  return lots.every(({ id }) => own.some((one) => one.lots === null || one.lots.includes(id))) ? 'free' : 'none';
}

/** Asked of everybody before they come near an offer. Directive 2014/24/EU, Article 24. */
export function Declare({ id, lots }: { id: string; lots: readonly { id: string; title: string }[] }): ReactNode {
  const t = useWords('evaluate');
  const giving = useGive(id);
  const [choice, setChoice] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string[]>(lots.map((one) => one.id));
  const [note, setNote] = useState('');
  const [asking, setAsking] = useState(false);
  const conflict = choice === 'conflict';
  const send = async (): Promise<void> => {
    setAsking(false);
    const some = conflict && chosen.length < lots.length;
    await giving.give('conflict.declare', { lots: some ? chosen : null, conflict, note });
    // With a conflict in some lots only, the others are still free.
    const free = lots.map((one) => one.id).filter((one) => !chosen.includes(one));
    if (some && free.length > 0) await giving.give('conflict.declare', { lots: free, conflict: false, note: '' });
  };
  return (
    <Card title={t('declare-title')}>
      <p className="prose">{t('declare-text')}</p>
      <form className="stack" onSubmit={submits(() => (conflict ? setAsking(true) : void send()))}>
        <Radios
          label={t('declare-question')}
          value={choice}
          onChange={setChoice}
          options={[
            { id: 'free', text: t('declare-free') },
            { id: 'conflict', text: t('declare-conflict'), hint: t('declare-conflict-hint') },
          ]}
        />
        {conflict && lots.length > 1 ? (
          <Checkboxes
            label={t('declare-lots')}
            value={chosen}
            onChange={setChosen}
            options={lots.map((one) => ({ id: one.id, text: one.title }))}
          />
        ) : null}
        {conflict ? (
          <Field label={t('declare-note')} optional lines value={note} onChange={setNote} maxLength={4000} />
        ) : null}
        <GivingNotice giving={giving} />
        <div>
          <Button
            type="submit"
            look="primary"
            isPending={giving.pending}
            isDisabled={choice === null || (conflict && chosen.length === 0)}
          >
            {t('declare-send')}
          </Button>
        </div>
      </form>
      <Confirm
        title={t('declare-sure')}
        open={asking}
        danger
        onClose={() => setAsking(false)}
        onConfirm={() => void send()}
        confirm={t('declare-send')}
      >
        <p>{t('declare-sure-text')}</p>
      </Confirm>
    </Card>
  );
}
