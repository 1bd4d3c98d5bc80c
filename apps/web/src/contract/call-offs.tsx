import { Link, useNavigate } from '@tanstack/react-router';
import type { PurchaseView } from 'proviso-server/contract';
import { type ReactNode, useState } from 'react';
import { useGive, useTenant } from '../api/index.ts';
import {
  Button,
  Card,
  EmptyState,
  Facts,
  Field,
  GivingNotice,
  Notice,
  Select,
  submits,
  Table,
  toast,
} from '../design/index.ts';
import { useFormats, useWords } from '../i18n/index.ts';
import { centsOf } from '../offer/amount.ts';
import { lotTitle } from './parts.ts';

/** Purchases under this framework, and the way to begin another: a competition among the parties of a lot, or with its only one. */
export function CallOffs({ view }: { view: PurchaseView }): ReactNode {
  const t = useWords('contract');
  const formats = useFormats();
  const { id: tenant } = useTenant();
  const { callOffs, description } = view.purchase;
  const total = callOffs.reduce((sum, { value }) => sum + value, 0);
  const left = leftIn(view.purchase);
  return (
    <div className="stack">
      <Facts
        facts={[
          [t('called-off'), formats.money(total)],
          [t('ceiling'), description.ceiling === null ? t('ceiling-none') : formats.money(description.ceiling)],
          ...(left === null ? [] : ([[t('ceiling-left'), formats.money(left)]] as const)),
        ]}
      />
      <Table
        caption={t('part-call-offs', { n: callOffs.length })}
        rows={callOffs}
        rowId={({ purchase }) => purchase}
        empty={
          <EmptyState title={t('call-offs-none')}>
            <p>{t('call-offs-none-text')}</p>
          </EmptyState>
        }
        columns={[
          {
            id: 'purchase',
            title: t('call-off'),
            cell: (one) => (
              <Link to="/t/$tenant/purchases/$purchase/overview" params={{ tenant, purchase: one.purchase }}>
                {description.reference === null
                  ? t('call-off-n', { n: callOffs.indexOf(one) + 1 })
                  : `${description.reference}/${callOffs.indexOf(one) + 1}`}
              </Link>
            ),
          },
          ...(lotTitle(view.purchase, '') === null
            ? []
            : [
                {
                  id: 'lot',
                  title: t('lot'),
                  cell: (one: (typeof callOffs)[number]) => lotTitle(view.purchase, one.lot),
                },
              ]),
          {
            id: 'value',
            title: t('value'),
            number: true,
            cell: (one) => formats.money(one.value),
            by: (one) => one.value,
          },
          { id: 'at', title: t('begun'), cell: (one) => formats.day(one.at), by: (one) => one.at },
        ]}
      />
      {view.commands.includes('call-off.start') ? <Start view={view} /> : null}
    </div>
  );
}

/** What may still be called off, in cents; null without a ceiling. The decision refuses what goes beyond. */
function leftIn({ callOffs, description: { ceiling } }: PurchaseView['purchase']): number | null {
  return ceiling === null ? null : ceiling - callOffs.reduce((sum, { value }) => sum + value, 0);
}

/** From here on a framework is nearly spent, as a share of its ceiling. Ours. */
const NEARLY = 0.2;

function Start({ view }: { view: PurchaseView }): ReactNode {
  const t = useWords('contract');
  const { id: tenant } = useTenant();
  const navigate = useNavigate();
  const { purchase } = view;
  const formats = useFormats();
  const giving = useGive(purchase.id);
  const lots = purchase.lots.filter(({ id }) => purchase.contracts.some(({ lot }) => lot === id));
  const [lot, setLot] = useState(lots[0]?.id ?? '');
  const [value, setValue] = useState('');
  // One id for as long as the form stands: sent twice it is still one call-off.
  const [id] = useState(() => crypto.randomUUID());
  const cents = value.trim() === '' ? null : centsOf(value);
  const left = leftIn(purchase);
  const after = left === null || cents === null ? null : left - cents;
  const over = after !== null && after < 0;
  const near = after !== null && !over && after < (purchase.description.ceiling ?? 0) * NEARLY;
  const parties = purchase.contracts.filter((one) => one.lot === lot).length;
  const finish = (): void => {
    toast({ text: t('call-off-begun') });
    void navigate({ to: '/t/$tenant/purchases/$purchase/overview', params: { tenant, purchase: id } });
  };
  const send = async (): Promise<void> => {
    if (await giving.give('call-off.start', { purchase: id, lot, value: cents })) finish();
  };
  return (
    <Card title={t('call-off-start')}>
      <p className="prose">{t('call-off-text', { n: parties })}</p>
      <form className="stack" onSubmit={submits(() => void send())}>
        {lots.length > 1 ? (
          <Select
            label={t('lot')}
            optional={false}
            narrow
            value={lot}
            onChange={setLot}
            options={lots.map((one) => ({ id: one.id, text: one.title }))}
          />
        ) : null}
        <Field
          label={t('call-off-value')}
          hint={t('call-off-value-hint')}
          narrow
          inputMode="decimal"
          value={value}
          onChange={setValue}
          error={
            value.trim() !== '' && cents === null
              ? t('value-fault')
              : over
                ? t('over-ceiling', { left: formats.money(left ?? 0) })
                : null
          }
        />
        {near ? (
          <Notice tone="warn">
            <p>{t('near-ceiling', { left: formats.money(after) })}</p>
          </Notice>
        ) : null}
        <GivingNotice giving={giving} onAgain={finish} />
        <div>
          <Button
            type="submit"
            look="primary"
            isPending={giving.pending}
            isDisabled={cents === null || lot === '' || over}
          >
            {t('call-off-send')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
