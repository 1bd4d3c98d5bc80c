import type { PurchaseView } from 'proviso-server/contract';
import { type ReactNode, useState } from 'react';
import { useGive } from '../api/index.ts';
import { Button, Confirm, Field, GivingNotice, toast } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';

/** Declares the requirements ready for approval, or takes that back with a reason. */
export function Ready({ view }: { view: PurchaseView }): ReactNode {
  const t = useWords('demand');
  const giving = useGive(view.purchase.id);
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const reopens = view.commands.includes('purchase.reopen');
  if (!reopens && !view.commands.includes('purchase.specify')) return null;
  const send = async (): Promise<void> => {
    const done = await (reopens
      ? giving.give('purchase.reopen', { reason })
      : giving.give('purchase.specify', {}, view));
    if (done) finish();
  };
  const finish = (): void => {
    setOpen(false);
    toast({ text: reopens ? t('reopened') : t('specified') });
  };
  return (
    <>
      <Button look={reopens ? 'normal' : 'primary'} onPress={() => setOpen(true)}>
        {reopens ? t('reopen') : t('specify')}
      </Button>
      <Confirm
        title={reopens ? t('reopen') : t('specify')}
        open={open}
        onClose={() => {
          setOpen(false);
          giving.dismiss();
        }}
        onConfirm={() => void send()}
        confirm={reopens ? t('reopen') : t('specify')}
        pending={giving.pending}
      >
        <p>{reopens ? t('reopen-text') : t('specify-text')}</p>
        {reopens ? <Field label={t('reopen-reason')} lines value={reason} onChange={setReason} /> : null}
        <GivingNotice giving={giving} onAgain={finish} />
      </Confirm>
    </>
  );
}
