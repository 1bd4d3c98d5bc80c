import { useMutation } from '@tanstack/react-query';
import type { ProofOfSupplier, ProofResult } from 'proviso-server/contract';
import { type ReactNode, useState } from 'react';
import { useTenant } from '../api/index.ts';
import { Badge, Button, Dialog, Field, ProblemNotice, submits, Table, toast } from '../design/index.ts';
import { useFormats, useWords } from '../i18n/index.ts';
import { useProofChanged } from './use-proof.ts';

const DAY_MS = 86_400_000;
/** What is offered at first; procurement allows a year. */
const AT_FIRST_DAYS = 30;
const LONGEST_DAYS = 366;

const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

/** Accepts a failing check of a name to the end of a day, with a reason. */
export function Accept(props: { id: string; supplier: string; result: ProofResult; today: string }): ReactNode {
  const t = useWords('proof');
  const s = useWords('shell');
  const { api } = useTenant();
  const changed = useProofChanged(props.id);
  const { result, today } = props;
  const [open, setOpen] = useState(false);
  const [until, setUntil] = useState(dayAfter(today, AT_FIRST_DAYS));
  const [reason, setReason] = useState('');
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      api.post(`/purchases/${props.id}/proof/waivers`, {
        supplier: props.supplier,
        name: result.name,
        check: result.check,
        until,
        reason: reason.trim(),
      }),
    onSuccess: async () => {
      await changed();
      setOpen(false);
      toast({ text: t('accept-done') });
    },
  });
  const missing = reason.trim().length < 3;
  const send = (): void => {
    if (!missing) mutate();
  };
  return (
    <>
      <Button small onPress={() => setOpen(true)}>
        {t('accept')}
        <span className="unseen">
          {' '}
          {result.title}, {result.name}
        </span>
      </Button>
      <Dialog
        title={t('accept-title', { check: result.title })}
        open={open}
        onClose={() => setOpen(false)}
        stays={isPending}
      >
        <form className="stack" onSubmit={submits(send)}>
          <p>{t('accept-text', { name: result.name })}</p>
          <ProblemNotice error={error} />
          <Field
            label={t('accept-until')}
            hint={t('accept-until-hint')}
            type="date"
            narrow
            min={today}
            max={dayAfter(today, LONGEST_DAYS)}
            value={until}
            onChange={setUntil}
          />
          <Field label={t('reason')} lines maxLength={2000} value={reason} onChange={setReason} />
          <div className="row-end">
            <Button onPress={() => setOpen(false)} isDisabled={isPending}>
              {s('cancel')}
            </Button>
            <Button look="primary" type="submit" isPending={isPending} isDisabled={missing || until === ''}>
              {t('accept-confirm')}
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}

const TONES = { stands: 'neutral', 'ends-soon': 'warn', over: 'bad' } as const;

/** What is accepted, until when, why and by whom; what is over counts as failing again. */
export function Waivers(props: { id: string; supplier: ProofOfSupplier; mayEnd: boolean }): ReactNode {
  const t = useWords('proof');
  const formats = useFormats();
  const { api } = useTenant();
  const changed = useProofChanged(props.id);
  const { mutate, isPending, error } = useMutation({
    mutationFn: (waiver: string) => api.delete(`/purchases/${props.id}/proof/waivers/${waiver}`),
    onSuccess: changed,
  });
  const { waivers, name } = props.supplier;
  if (waivers.length === 0) return <p className="muted small">{t('waivers-none')}</p>;
  return (
    <>
      <ProblemNotice error={error} />
      <Table
        caption={t('waivers-of', { name })}
        rows={waivers}
        rowId={({ id }) => id}
        columns={[
          { id: 'check', title: t('check'), cell: (one) => one.title, by: (one) => one.title },
          { id: 'name', title: t('name'), cell: (one) => one.name, by: (one) => one.name },
          {
            id: 'until',
            title: t('accepted-until'),
            cell: ({ until, state }) => (
              <>
                {formats.day(until)} <Badge tone={TONES[state]}>{t(`waiver-${state}`)}</Badge>
              </>
            ),
            by: ({ until }) => until,
          },
          { id: 'reason', title: t('reason'), cell: (one) => <span className="keep-lines">{one.reason}</span> },
          { id: 'by', title: t('by'), cell: (one) => one.by },
          ...(props.mayEnd
            ? [
                {
                  id: 'end',
                  title: t('take-back'),
                  cell: ({ id, title }: ProofOfSupplier['waivers'][number]) => (
                    <Button small isDisabled={isPending} onPress={() => mutate(id)}>
                      {t('take-back')}
                      <span className="unseen"> {title}</span>
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
    </>
  );
}
