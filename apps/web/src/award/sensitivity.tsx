import type { WeightSensitivity } from '@proviso/procurement';
import { type ReactNode, useMemo } from 'react';
import { usePurchase } from '../api/index.ts';
import { Notice, Table } from '../design/index.ts';
import { useFormats, useWords } from '../i18n/index.ts';
import { type AwardParts, criterionName } from './parts.ts';
import { flipping, SensitivityPlot } from './sensitivity-plot.tsx';

/** How many lines the picture has; the table has all. */
const DRAWN = 20;

/** Which weight, and by how much, would make another offer win. */
export function Sensitivity({ id, view }: AwardParts): ReactNode {
  const t = useWords('award');
  const formats = useFormats();
  const { purchase } = usePurchase(id);
  const found = useMemo(() => flipping(view.sensitivity), [view.sensitivity]);
  const nameOf = (offers: readonly string[]): string => formats.list(offers.map((one) => view.names[one] ?? one));
  const titleOf = ({ kind, id: one }: WeightSensitivity): string =>
    kind === 'criterion' ? criterionName(purchase, one, t) : one;
  if (view.sensitivity.length === 0) return <Notice title={t('no-single-winner')} />;
  if (found.length === 0) return <Notice tone="good" title={t('robust')} />;
  const flip = (at: { at: string; offers: string[] } | null): string =>
    at ? t('flip', { at: formats.points(at.at), names: nameOf(at.offers) }) : '–';
  return (
    <div className="stack">
      <p className="prose">{t('sensitivity-text')}</p>
      <SensitivityPlot weights={found.slice(0, DRAWN)} titleOf={titleOf} />
      {found.length > DRAWN ? <p className="muted small">{t('plot-more', { n: found.length - DRAWN })}</p> : null}
      <Table
        caption={t('tab-sensitivity')}
        rows={found}
        rowId={(one) => `${one.kind} ${one.id}`}
        columns={[
          {
            id: 'id',
            title: t('weight-of'),
            cell: titleOf,
            by: (one) => one.id,
          },
          {
            id: 'weight',
            title: t('weight'),
            number: true,
            cell: (one) => formats.number(one.weight),
            by: (one) => one.weight,
          },
          { id: 'down', title: t('flip-down'), cell: (one) => flip(one.down) },
          { id: 'up', title: t('flip-up'), cell: (one) => flip(one.up) },
        ]}
      />
    </div>
  );
}
