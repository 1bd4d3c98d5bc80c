import type { ReactNode } from 'react';
import { usePurchase } from '../api/index.ts';
import { Badge, Fold, Notice, Table } from '../design/index.ts';
import { useFormats, useWords } from '../i18n/index.ts';
import { type AwardParts, criterionName } from './parts.ts';

/** The ranking with ties, where each point comes from, and who is not ranked. */
export function Ranking({ id, view }: AwardParts): ReactNode {
  const t = useWords('award');
  const formats = useFormats();
  const { purchase } = usePurchase(id);
  const { offers } = view.result;
  const ranked = offers.filter(({ rank }) => rank !== null);
  const others = offers.filter(({ rank }) => rank === null);
  const criteria = ranked[0]?.parts ?? [];
  const tied = (rank: number | null): boolean => ranked.filter((one) => one.rank === rank).length > 1;
  const nameOf = (offer: string): string => view.names[offer] ?? offer;
  const prices = new Map(purchase.offers.map((one) => [one.id, one.price]));
  return (
    <div className="stack">
      {ranked.length === 0 ? <Notice tone="warn" title={t('none-ranked')} /> : null}
      <Table
        caption={t('tab-ranking')}
        rows={ranked}
        rowId={({ id: offer }) => offer}
        columns={[
          {
            id: 'rank',
            title: t('rank'),
            cell: ({ rank }) => (
              <>
                {rank} {tied(rank) ? <Badge tone="warn">{t('tie')}</Badge> : null}
              </>
            ),
            by: ({ rank }) => rank ?? 0,
          },
          {
            id: 'name',
            title: t('supplier'),
            cell: ({ id: offer }) => nameOf(offer),
            by: ({ id: offer }) => nameOf(offer),
          },
          {
            id: 'total',
            title: t('total'),
            number: true,
            cell: ({ total }) => <strong>{formats.points(total ?? '')}</strong>,
            by: ({ total }) => Number(total),
          },
          ...criteria.map((criterion, i) => ({
            id: criterion.id,
            title: t('of-points', { name: criterionName(purchase, criterion.id, t), of: formats.points(criterion.of) }),
            number: true,
            cell: (row: (typeof ranked)[number]) => formats.points(row.parts[i]?.points ?? ''),
            by: (row: (typeof ranked)[number]) => Number(row.parts[i]?.points ?? 0),
          })),
          {
            id: 'amount-of-price',
            title: t('price'),
            number: true,
            cell: ({ id: offer }) => <Price cents={prices.get(offer) ?? null} />,
            by: ({ id: offer }) => prices.get(offer) ?? 0,
          },
        ]}
      />
      <Bars ranked={ranked} nameOf={nameOf} names={criteria.map((one) => criterionName(purchase, one.id, t))} />
      {others.length > 0 ? (
        <section className="stack-tight">
          <h2>{t('not-ranked')}</h2>
          <ul className="lines">
            {others.map(({ id: offer, standing, missed }) => (
              <li key={offer}>
                {nameOf(offer)} <Badge tone="bad">{t(`standing-${standing}`)}</Badge>{' '}
                {missed.length > 0 ? t('missed', { list: missed.join(', ') }) : null}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {ranked.map((offer) => (
        <Fold
          key={offer.id}
          title={t('breakdown', { name: nameOf(offer.id), total: formats.points(offer.total ?? '') })}
        >
          {offer.parts
            .filter(({ lines }) => lines.length > 0)
            .map((part) => (
              <Table
                key={part.id}
                dense
                caption={t('breakdown', { name: nameOf(offer.id), total: formats.points(offer.total ?? '') })}
                rows={part.lines}
                rowId={(line) => line.id}
                columns={[
                  { id: 'id', title: t('requirement'), cell: (line) => line.id, by: (line) => line.id },
                  {
                    id: 'points',
                    title: t('points'),
                    number: true,
                    cell: (line) => formats.points(line.points),
                    by: (line) => Number(line.points),
                  },
                  {
                    id: 'of',
                    title: t('of'),
                    number: true,
                    cell: (line) => formats.points(line.of),
                    by: (line) => Number(line.of),
                  },
                  {
                    id: 'lost',
                    title: t('lost'),
                    number: true,
                    cell: (line) => formats.points((Number(line.of) - Number(line.points)).toFixed(view.result.digits)),
                    by: (line) => Number(line.of) - Number(line.points),
                  },
                ]}
              />
            ))}
        </Fold>
      ))}
      <p className="muted small">{t('version', { version: view.result.version })}</p>
    </div>
  );
}

function Price({ cents }: { cents: number | null }): ReactNode {
  const formats = useFormats();
  return cents === null ? '–' : formats.money(cents);
}

/** Points by criterion as bars. The table above has the same numbers, so the bars are a picture only. */
function Bars(props: {
  ranked: AwardParts['view']['result']['offers'];
  nameOf(offer: string): string;
  names: readonly string[];
}): ReactNode {
  return (
    <div aria-hidden="true" className="stack-tight">
      <div className="row small">
        {props.names.map((name, i) => (
          <span key={name} className="row">
            <span className={`bar-key bar-${i % 3}`} /> {name}
          </span>
        ))}
      </div>
      {props.ranked.map((offer) => (
        <div key={offer.id} className="bar-row">
          <span className="small">{props.nameOf(offer.id)}</span>
          <div className="bar">
            {offer.parts.map((part, i) => (
              <div key={part.id} className={`bar-part bar-${i % 3}`} style={{ width: `${Number(part.points)}%` }} />
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}
