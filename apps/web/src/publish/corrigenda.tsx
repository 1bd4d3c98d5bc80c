import type { PurchaseView } from 'proviso-server/contract';
import { type ReactNode, useState } from 'react';
import { useGive } from '../api/index.ts';
import {
  Badge,
  Button,
  Card,
  Deadline,
  EmptyState,
  Field,
  GivingNotice,
  Radios,
  submits,
  toast,
} from '../design/index.ts';
import { useFormats, useWords } from '../i18n/index.ts';

const SIGNIFICANCE = ['minor', 'significant', 'fundamental'] as const;

/** Corrections after publication: what was corrected, and the form for another. All invited suppliers are told. */
export function Corrigenda({ view }: { view: PurchaseView }): ReactNode {
  const t = useWords('publish');
  const formats = useFormats();
  const { corrigenda } = view.purchase;
  return (
    <div className="stack prose">
      {corrigenda.length === 0 ? (
        <EmptyState title={t('corrigenda-none')}>
          <p>{t('corrigenda-none-text')}</p>
        </EmptyState>
      ) : null}
      {corrigenda.map(({ id, significance, reason, changed, closing, at }) => (
        <Card key={id} level={3} title={formats.moment(at)} actions={<Badge>{t(`weight-${significance}`)}</Badge>}>
          <p className="keep-lines">{reason}</p>
          {closing ? (
            <p>
              {t('closing-moved')} <Deadline at={closing.to.instant} zone={closing.to.zone} />
            </p>
          ) : null}
          <ul className="small">
            {changed
              .filter(({ what }) => what !== 'demand' && what !== 'plan')
              .map(({ what, from, to }) => (
                <li key={`${what} ${from} ${to}`}>
                  {what}: {from} → {to}
                </li>
              ))}
            {changed.some(({ what }) => what === 'demand') ? <li>{t('changed-demand')}</li> : null}
            {changed.some(({ what }) => what === 'plan') ? <li>{t('changed-plan')}</li> : null}
          </ul>
        </Card>
      ))}
      {view.commands.includes('corrigendum.publish') ? <CorrigendumForm view={view} /> : null}
    </div>
  );
}

function CorrigendumForm({ view }: { view: PurchaseView }): ReactNode {
  const t = useWords('publish');
  const giving = useGive(view.purchase.id);
  const empty = { significance: 'minor', reason: '', closing: '', what: '', from: '', to: '' };
  const [typed, setTyped] = useState(empty);
  // Made once a form, so that sending twice is the same corrigendum.
  const [id, setId] = useState(() => crypto.randomUUID());
  const set = (field: keyof typeof empty) => (value: string) => setTyped({ ...typed, [field]: value });
  const finish = (): void => {
    setTyped(empty);
    setId(crypto.randomUUID());
    toast({ text: t('corrigendum-published') });
  };
  const send = async (): Promise<void> => {
    const { significance, reason, closing, what, from, to } = typed;
    const done = await giving.give('corrigendum.publish', {
      id,
      significance,
      reason,
      closing: closing === '' ? null : closing,
      demand: null,
      plan: null,
      changed: what.trim() === '' ? [] : [{ what, from, to }],
    });
    if (done) finish();
  };
  return (
    <Card title={t('corrigendum-new')}>
      <form className="stack" onSubmit={submits(() => void send())}>
        <p className="muted">{t('corrigendum-text')}</p>
        <Radios
          label={t('significance')}
          options={SIGNIFICANCE.map((one) => ({ id: one, text: t(`weight-${one}`), hint: t(`weight-${one}-hint`) }))}
          value={typed.significance}
          onChange={set('significance')}
        />
        <Field label={t('corrigendum-reason')} lines value={typed.reason} onChange={set('reason')} maxLength={4000} />
        <div className="grid">
          <Field
            label={t('changed-what')}
            hint={t('changed-what-hint')}
            optional
            value={typed.what}
            onChange={set('what')}
          />
          <Field label={t('changed-from')} optional value={typed.from} onChange={set('from')} />
          <Field label={t('changed-to')} optional value={typed.to} onChange={set('to')} />
        </div>
        <Field
          label={t('new-closing')}
          hint={t('new-closing-hint', { zone: view.purchase.description.zone })}
          type="datetime-local"
          optional
          narrow
          value={typed.closing}
          onChange={set('closing')}
        />
        <GivingNotice giving={giving} onAgain={finish} />
        <div>
          <Button type="submit" look="primary" isPending={giving.pending}>
            {t('corrigendum-send')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
