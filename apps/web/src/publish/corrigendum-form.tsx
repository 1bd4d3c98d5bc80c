import { lastApproval } from '@proviso/procurement';
import type { DemandView, PurchaseView } from 'proviso-server/contract';
import { type ReactNode, useDeferredValue, useState } from 'react';
import { useDemand, useGive, useTenant } from '../api/index.ts';
import {
  Badge,
  Button,
  ButtonLink,
  Card,
  Checkbox,
  Confirm,
  Field,
  GivingNotice,
  Radios,
  Select,
  submits,
  toast,
} from '../design/index.ts';
import { useWords } from '../i18n/index.ts';
import { type CorrigendumDraft, EMPTY, keptIn, namedLots, SIGNIFICANCE, weightyOf } from './corrigendum-draft.ts';
import { CorrigendumSummary } from './corrigendum-summary.tsx';
import { faultsOf, planDraftOf } from './plan-draft.ts';
import { PlanFields } from './plan-fields.tsx';

interface Part {
  view: PurchaseView;
  draft: CorrigendumDraft;
  onChange(change: Partial<CorrigendumDraft>): void;
}

/** A correction, from a slip in the papers to other requirements. All that it changes is shown once more before it is sent. */
export function CorrigendumForm({ view }: { view: PurchaseView }): ReactNode {
  const t = useWords('publish');
  const { purchase } = view;
  const giving = useGive(purchase.id);
  const [draft, setDraft] = useState(EMPTY);
  // Made once a form, so that sending twice is the same corrigendum.
  const [id, setId] = useState(() => crypto.randomUUID());
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState(false);
  const standing = useDemand(purchase.id);
  // The form stays while the chosen version is fetched.
  const version = useDeferredValue(draft.version);
  const chosen = useDemand(purchase.id, version === '' ? undefined : Number(version));
  const next = version === '' ? null : chosen;
  const ids = next?.file.demand.requirements.map((one) => one.id) ?? null;
  const { plan, lots } = weightyOf(purchase, draft, ids);
  const isWeighty = next !== null || plan !== null;
  const significance = isWeighty && draft.significance === 'minor' ? 'significant' : draft.significance;
  const papers = draft.what.trim() === '' ? [] : [{ what: draft.what, from: draft.from, to: draft.to }];
  const changes = isWeighty || draft.closing !== '' || papers.length > 0;
  const fits = draft.plan === null || faultsOf(draft.plan.criteria).length === 0;
  const set = (change: Partial<CorrigendumDraft>): void => setDraft((one) => ({ ...one, ...change }));
  const finish = (): void => {
    setAsking(false);
    setDraft(EMPTY);
    setTried(false);
    setId(crypto.randomUUID());
    toast({ text: t('corrigendum-published') });
  };
  const send = async (): Promise<void> => {
    const done = await giving.give('corrigendum.publish', {
      id,
      significance,
      reason: draft.reason,
      closing: draft.closing === '' ? null : draft.closing,
      // Hash and lines are those of the kept version, whatever is sent.
      demand: next && { version: next.n },
      plan,
      lots: lots.length === 0 ? null : lots,
      changed: papers,
    });
    if (done) finish();
    else setAsking(false);
  };
  return (
    <Card title={t('corrigendum-new')}>
      <form
        className="stack"
        noValidate
        onSubmit={submits(() => {
          setTried(true);
          if (changes && fits && draft.reason.trim().length >= 3 && version === draft.version) setAsking(true);
        })}
      >
        <p className="muted">{t('corrigendum-text')}</p>
        <Field
          label={t('corrigendum-reason')}
          lines
          value={draft.reason}
          onChange={(reason) => set({ reason })}
          maxLength={4000}
          error={tried && draft.reason.trim().length < 3 ? t('corrigendum-reason-missing') : null}
        />
        <div className="grid">
          <Field
            label={t('changed-what')}
            hint={t('changed-what-hint')}
            optional
            value={draft.what}
            onChange={(what) => set({ what })}
            error={tried && !changes ? t('corrigendum-nothing') : null}
          />
          <Field label={t('changed-from')} optional value={draft.from} onChange={(from) => set({ from })} />
          <Field label={t('changed-to')} optional value={draft.to} onChange={(to) => set({ to })} />
        </div>
        {standing ? <DemandPart {...{ view, draft, standing, next }} onChange={set} /> : null}
        <PlanPart {...{ view, draft, tried }} onChange={set} />
        <Radios
          label={t('significance')}
          options={SIGNIFICANCE.map((one) => ({
            id: one,
            text: t(`weight-${one}`),
            hint: t(`weight-${one}-hint`),
            disabled: isWeighty && one === 'minor',
          }))}
          value={significance}
          onChange={(one) => set({ significance: one as CorrigendumDraft['significance'] })}
        />
        <Field
          label={t('new-closing')}
          hint={`${t('new-closing-hint', { zone: purchase.description.zone })} ${t(`closing-after-${significance}`)}`}
          type="datetime-local"
          optional
          narrow
          value={draft.closing}
          onChange={(closing) => set({ closing })}
        />
        <GivingNotice giving={giving} onAgain={finish} />
        <div>
          <Button type="submit" look="primary" isPending={giving.pending || version !== draft.version}>
            {t('corrigendum-send')}
          </Button>
        </div>
      </form>
      <Confirm
        title={t('corrigendum-send')}
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => void send()}
        confirm={t('corrigendum-send')}
        pending={giving.pending}
      >
        <CorrigendumSummary {...{ purchase, draft, significance, standing, next, plan, lots }} />
      </Confirm>
    </Card>
  );
}

/** Which version of the requirements is to stand, and whether security and legal have approved it. */
function DemandPart(props: Part & { standing: DemandView; next: DemandView | null }): ReactNode {
  const t = useWords('publish');
  const s = useWords('shell');
  const tenant = useTenant();
  const { view, draft, onChange, standing, next } = props;
  const { purchase } = view;
  const later = Array.from({ length: standing.last - standing.n }, (_, i) => standing.last - i);
  const ids = next?.file.demand.requirements.map(({ id }) => id) ?? [];
  const toDemand = (text: string, search: object): ReactNode => (
    <div>
      <ButtonLink
        small
        to="/t/$tenant/purchases/$purchase/demand"
        params={{ tenant: tenant.id, purchase: purchase.id }}
        search={search as never}
      >
        {text}
      </ButtonLink>
    </div>
  );
  if (later.length === 0)
    return (
      <div className="stack-tight">
        <p className="group-label">{t('changed-demand')}</p>
        <p className="muted small">{t('demand-none-prepared')}</p>
        {toDemand(t('demand-prepare'), { part: 'answers' })}
      </div>
    );
  return (
    <div className="stack">
      <Select
        label={t('demand-version')}
        hint={t('demand-version-hint')}
        narrow
        empty={t('demand-stays', { n: standing.n })}
        value={draft.version}
        onChange={(version) => onChange({ version, lots: {} })}
        options={later.map((n) => ({ id: String(n), text: t('demand-version-n', { n }) }))}
      />
      {next ? (
        <>
          <ul className="row">
            {(['security', 'legal'] as const).map((as) => {
              const verdict = lastApproval(purchase, as, next.form.demand)?.verdict ?? 'none';
              return (
                <li key={as}>
                  <Badge tone={verdict === 'approved' ? 'good' : verdict === 'none' ? 'warn' : 'bad'}>
                    {s(`role-${as}`)}: {t(`verdict-${verdict}`)}
                  </Badge>
                </li>
              );
            })}
          </ul>
          {toDemand(t('demand-approve'), { part: 'approval', demand: 'prepared' })}
          {namedLots(purchase).map((lot) => (
            <Field
              key={lot.id}
              label={t('lot-asks', { title: lot.title })}
              hint={t('lot-asks-hint', { added: added(standing, ids).join(', ') || '–' })}
              value={draft.lots[lot.id] ?? keptIn(lot, ids).join(', ')}
              onChange={(text) => onChange({ lots: { ...draft.lots, [lot.id]: text } })}
            />
          ))}
        </>
      ) : null}
    </div>
  );
}

function added({ file }: DemandView, ids: readonly string[]): string[] {
  const before = new Set(file.demand.requirements.map(({ id }) => id));
  return ids.filter((id) => !before.has(id));
}

function PlanPart({ view, draft, onChange, tried }: Part & { tried: boolean }): ReactNode {
  const t = useWords('publish');
  const { id, plan } = view.purchase;
  if (!plan) return null;
  return (
    <>
      <Checkbox
        selected={draft.plan !== null}
        onChange={(selected) => onChange({ plan: selected ? planDraftOf(plan) : null })}
        hint={t('plan-changes-hint')}
      >
        {t('plan-changes')}
      </Checkbox>
      {draft.plan ? (
        <PlanFields
          purchase={id}
          draft={draft.plan}
          onChange={(next) => onChange({ plan: next })}
          tried={tried}
          able={plan.notApplicable}
          fixed
        />
      ) : null}
    </>
  );
}
