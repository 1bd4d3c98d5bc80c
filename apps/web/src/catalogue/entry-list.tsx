import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { type CatalogueContent, useVocabulary } from '../api/catalogue.ts';
import { useTenant } from '../api/index.ts';
import { Badge } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';

type Part = 'requirements' | 'risks' | 'standards' | 'laws';
type Row = CatalogueContent[Part][number];

/** Entries by name; requirements under their domains. */
export function EntryList({ part, rows, selected }: { part: Part; rows: readonly Row[]; selected: string }): ReactNode {
  const { domains } = useVocabulary();
  if (part !== 'requirements') return <Rows rows={rows} selected={selected} />;
  return domains.map(({ id, text }) => {
    const own = rows.filter((one) => 'domain' in one && one.domain === id);
    return own.length === 0 ? null : (
      <section key={id} className="stack-tight">
        <h2 className="domain">{text}</h2>
        <Rows rows={own} selected={selected} />
      </section>
    );
  });
}

function Rows({ rows, selected }: { rows: readonly Row[]; selected: string }): ReactNode {
  const t = useWords('catalogue');
  const { id: tenant } = useTenant();
  return (
    <ul className="lines">
      {rows.map((one) => (
        <li key={one.id} className="spread">
          <Link
            to="/t/$tenant/catalogue/$entry"
            params={{ tenant, entry: one.id }}
            search={((all: object) => all) as never}
            aria-current={one.id === selected ? 'true' : undefined}
            resetScroll={false}
          >
            <span className="mono small">{one.id}</span> {one.title}
          </Link>
          {'origin' in one && one.origin.kind === 'own' ? <Badge tone="accent">{t('own-badge')}</Badge> : null}
          {'retired' in one && one.retired !== null ? (
            <Badge>
              {'origin' in one && one.origin.kind === 'own' ? t('own-retired') : t('retired', { edition: one.retired })}
            </Badge>
          ) : null}
          {'status' in one ? <Badge>{t(`status-${one.status}`)}</Badge> : null}
        </li>
      ))}
    </ul>
  );
}
