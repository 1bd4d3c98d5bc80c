import type { ReactNode } from 'react';
import { useTenant } from '../api/index.ts';
import { Badge, Card, Table } from '../design/index.ts';
import { useFormats, useWords } from '../i18n/index.ts';
import type { LotParts } from './parts.ts';

/** Files of the offers. They were looked at in the sandbox; what is wrong with one is said before it is downloaded. */
export function Evidence({ id, offers }: LotParts): ReactNode {
  const t = useWords('evaluate');
  const formats = useFormats();
  const { api } = useTenant();
  return (
    <div className="stack">
      <p className="muted prose">{t('files-text')}</p>
      {offers.map((offer) => (
        <Card key={offer.id} title={offer.name}>
          <Table
            caption={t('files-of', { name: offer.name })}
            rows={offer.files}
            rowId={({ sha256 }) => sha256}
            empty={<p className="muted">{t('files-none')}</p>}
            columns={[
              {
                id: 'name',
                title: t('file'),
                cell: ({ name }) => <span className="file-name">{name}</span>,
                by: ({ name }) => name,
              },
              {
                id: 'size',
                title: t('size'),
                number: true,
                cell: ({ bytes }) => formats.bytes(bytes),
                by: ({ bytes }) => bytes,
              },
              { id: 'media', title: t('media'), cell: ({ media }) => media },
              {
                id: 'problem',
                title: t('checked'),
                cell: ({ problem }) =>
                  problem ? (
                    <Badge tone="bad">{t('file-problem', { problem })}</Badge>
                  ) : (
                    <Badge tone="good">{t('file-fine')}</Badge>
                  ),
              },
              {
                id: 'get',
                title: t('download'),
                cell: ({ name, sha256 }) => (
                  <a
                    className="evidence-link"
                    href={api.address(`/purchases/${id}/offers/${offer.id}/files/${sha256}`)}
                    download={name}
                  >
                    {t('download')}
                    <span className="unseen"> {name}</span>
                  </a>
                ),
              },
            ]}
          />
        </Card>
      ))}
    </div>
  );
}
