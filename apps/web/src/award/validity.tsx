import { countingOffers, isLate, type Offer, validUntil } from '@proviso/procurement';
import type { Paper, PurchaseView } from 'proviso-server/contract';
import { type ReactNode, useState } from 'react';
import { useGive, usePart, usePurchase, useTenant } from '../api/index.ts';
import { Badge, Button, Deadline, Dialog, Field, GivingNotice, Table, toast, useNow } from '../design/index.ts';
import { submits } from '../design/submits.ts';
import { useFormats, useWords } from '../i18n/index.ts';
import { PaperField } from '../purchase/paper-field.tsx';

/** Until when each offer binds its supplier, and the letters by which some agreed to more. */
export function Validity({ id, lot }: { id: string; lot: string }): ReactNode {
  const t = useWords('award');
  const formats = useFormats();
  const { api } = useTenant();
  const now = useNow().toISOString();
  const view = usePurchase(id);
  const papers = usePart<Paper[]>(id, 'papers', '/papers', view.actions.includes('contract.read')) ?? [];
  const [asking, setAsking] = useState<Offer | null>(null);
  const { purchase, commands } = view;
  const { notice } = purchase;
  const nameOf = ({ supplier, id: own }: Offer): string => view.names[supplier] ?? own;
  if (!notice) return null;
  return (
    <div className="stack">
      <p className="prose">{t('validity-text', { n: notice.validityDays })}</p>
      <Table
        caption={t('tab-validity')}
        rows={countingOffers(purchase, lot)}
        rowId={(offer) => offer.id}
        empty={<p className="muted">{t('validity-none')}</p>}
        columns={[
          { id: 'name', title: t('supplier'), cell: nameOf, by: nameOf },
          {
            id: 'until',
            title: t('binds-until'),
            cell: (offer) => {
              const until = validUntil(notice, offer);
              return (
                <>
                  <Deadline at={until.instant} zone={until.zone} />{' '}
                  {isLate(now, until) ? <Badge tone="bad">{t('binds-no-more')}</Badge> : null}
                </>
              );
            },
            by: (offer) => validUntil(notice, offer).instant,
          },
          {
            id: 'letters',
            title: t('validity-letters'),
            cell: ({ extended }) => (
              <ul>
                {extended.map(({ evidence, until }) => {
                  const paper = papers.find(({ sha256 }) => sha256 === evidence);
                  return (
                    <li key={until.instant}>
                      {formats.day(until.instant)}:{' '}
                      {paper ? (
                        <a href={api.address(`/purchases/${id}/papers/${evidence}`)} download={paper.name}>
                          {paper.name}
                        </a>
                      ) : (
                        <code className="hash">{evidence}</code>
                      )}
                    </li>
                  );
                })}
              </ul>
            ),
          },
          ...(commands.includes('validity.extend')
            ? [
                {
                  id: 'extend',
                  title: <span className="unseen">{t('extend')}</span>,
                  cell: (offer: Offer) => (
                    <Button small onPress={() => setAsking(offer)}>
                      {t('extend')}
                      <span className="unseen"> {nameOf(offer)}</span>
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
      {asking === null ? null : (
        <ExtendDialog view={view} offer={asking} name={nameOf(asking)} onClose={() => setAsking(null)} />
      )}
    </div>
  );
}

function ExtendDialog(props: { view: PurchaseView; offer: Offer; name: string; onClose(): void }): ReactNode {
  const t = useWords('award');
  const { view, offer, name, onClose } = props;
  const { id, description } = view.purchase;
  const giving = useGive(id);
  const [until, setUntil] = useState('');
  const [paper, setPaper] = useState<Paper | null>(null);
  const finish = (): void => {
    toast({ text: t('extended') });
    onClose();
  };
  const send = async (): Promise<void> => {
    if (await giving.give('validity.extend', { offer: offer.id, until, evidence: paper?.sha256 })) finish();
  };
  return (
    <Dialog title={t('extend-title', { name })} open onClose={onClose} stays={giving.pending}>
      <form className="stack" onSubmit={submits(() => void send())}>
        <p>{t('extend-text')}</p>
        <Field
          label={t('extend-until')}
          hint={t('in-zone', { zone: description.zone })}
          type="datetime-local"
          value={until}
          onChange={setUntil}
        />
        <PaperField
          purchase={id}
          label={t('extend-letter')}
          hint={t('extend-letter-hint')}
          value={paper}
          onChange={setPaper}
        />
        <GivingNotice giving={giving} onAgain={finish} />
        <div className="row-end">
          <Button type="submit" look="primary" isPending={giving.pending} isDisabled={until === '' || paper === null}>
            {t('extend-send')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
