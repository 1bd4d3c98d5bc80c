import type { OpeningRecord as Opened } from '@proviso/sealing';
import { save } from '@proviso/study/page/save';
import type { OpeningView, PurchaseView } from 'proviso-server/contract';
import type { ReactNode } from 'react';
import { usePurchase } from '../api/index.ts';
import { Button, Card, Facts, Table } from '../design/index.ts';
import { useFormats, useWords } from '../i18n/index.ts';

/** What an opening leaves behind: all hashes, who and when. To be kept outside of Proviso and to be printed. */
export function OpeningRecord(props: {
  record: OpeningView['records'][number];
  names: PurchaseView['purchase'];
}): ReactNode {
  const t = useWords('opening');
  const formats = useFormats();
  const { record, names: purchase } = props;
  const { names } = usePurchase(purchase.id);
  const { opening } = record as unknown as { opening: Opened['opening'] };
  const file = JSON.stringify(
    { opening, sha256: record.sha256, signature: record.signature, key: record.key },
    null,
    2,
  );
  const nameOf = (offer: string): string => {
    const supplier = purchase.offers.find(({ id }) => id === offer)?.supplier;
    return (supplier && names[supplier]) ?? offer;
  };
  return (
    <Card
      title={t(`record-${record.part}`, { round: record.round })}
      actions={
        <div className="row screen-only">
          <Button onPress={() => save(`opening-${record.part}-${record.round}.json`, 'application/json', `${file}\n`)}>
            {t('record-save')}
          </Button>
          <Button onPress={() => print()}>{t('record-print')}</Button>
        </div>
      }
    >
      <Facts
        facts={[
          [t('record-at'), formats.moment(opening.openedAt, purchase.description.zone)],
          [t('record-by'), formats.list(opening.openers.map((one) => names[one] ?? one))],
          [t('record-key'), <code key="key">{opening.fingerprint}</code>],
          [t('record-hash'), <code key="hash">{record.sha256}</code>],
        ]}
      />
      <Table
        caption={t('record-offers')}
        dense
        rows={opening.offers}
        rowId={({ offer }) => offer}
        columns={[
          { id: 'offer', title: t('supplier'), cell: ({ offer }) => nameOf(offer) },
          { id: 'files', title: t('files'), number: true, cell: ({ files }) => formats.number(files.length) },
          {
            id: 'sealed',
            title: t('record-sealed'),
            cell: ({ sealed }) => <code className="hash">{sealed.sha256}</code>,
          },
          {
            id: 'content',
            title: t('record-content'),
            cell: ({ content, refused }) =>
              content ? <code className="hash">{content}</code> : t('record-refused', { why: refused ?? '' }),
          },
        ]}
      />
      <p className="muted small prose">{t('record-why')}</p>
    </Card>
  );
}
