import type { OpeningView } from 'proviso-server/contract';
import type { ReactNode } from 'react';
import { Badge, Notice } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';

/** Openers who cannot open with the key they have now. Nobody, before the keys of the purchase are made. */
export const unable = ({ openers }: Pick<OpeningView, 'openers'>): OpeningView['openers'] =>
  openers.filter(({ able }) => able !== null && able !== 'able');

/** Who can open the offers and who cannot, and why: known at once, not only at the opening. */
export function WhoCanOpen({ view }: { view: OpeningView }): ReactNode {
  const t = useWords('opening');
  const known = view.openers.filter(({ able }) => able !== null);
  if (known.length === 0) return null;
  const few = known.length - unable(view).length < 2;
  return (
    <div className="stack">
      {few ? (
        <Notice tone="bad" title={t('able-few')}>
          <p>{t('able-few-text')}</p>
        </Notice>
      ) : null}
      <ul className="lines">
        {known.map(({ id, name, able }) => (
          <li key={id} className="spread">
            <span>{name || t(id === 'recovery' ? 'recovery' : 'able-nobody')}</span>
            <Badge tone={able === 'able' ? 'good' : 'bad'}>{t(`able-${able}`)}</Badge>
          </li>
        ))}
      </ul>
    </div>
  );
}
