import type { EntryDiff } from '@proviso/catalogue';
import { Link } from '@tanstack/react-router';
import type { Edition, EditionDiff } from 'proviso-server/contract';
import type { ReactNode } from 'react';
import { useList, useTenant } from '../api/index.ts';
import { Badge, EmptyState, Fold, Notice, Select, Table } from '../design/index.ts';
import { useLanguage, useWords } from '../i18n/index.ts';
import { useAddress } from '../shell/index.ts';

/** What one edition has that another has not: of those that came, and those that kept demands rest on. */
export function ChangesTab(): ReactNode {
  const t = useWords('catalogue');
  const editions = useList<Edition[]>('editions', '/catalogue/editions');
  const today = editions.find((one) => one.today);
  // What most demands rest on is what a reader wants to hold today's against.
  const before = editions.filter((one) => !one.today).toSorted((a, b) => b.demands - a.demands)[0];
  const [from, setFrom] = useAddress('from', before?.hash ?? '');
  const [to, setTo] = useAddress('to', today?.hash ?? '');
  if (!before || !today)
    return (
      <EmptyState title={t('changes-none')}>
        <p>{t('changes-none-text')}</p>
      </EmptyState>
    );
  const options = editions.map((one) => ({ id: one.hash, text: nameOf(one) }));
  return (
    <div className="stack">
      <p className="muted">{t('changes-text')}</p>
      <div className="grid">
        <Select label={t('changes-from')} value={from} onChange={setFrom} options={options} optional={false} />
        <Select label={t('changes-to')} value={to} onChange={setTo} options={options} optional={false} />
      </div>
      {from === to ? <p>{t('changes-same')}</p> : <Changes from={from} to={to} />}
    </div>
  );

  function nameOf({ edition, hash, today: isToday, bare, demands }: Edition): string {
    const about = [
      ...(isToday ? [t('edition-today')] : []),
      ...(bare ? [t('edition-bare')] : []),
      ...(demands > 0 ? [t('edition-demands', { n: demands })] : []),
    ];
    // Two editions may have one name and other words: their hash tells them apart.
    return `${edition} (${[...about, hash.slice(0, 8)].join(', ')})`;
  }
}

function Changes({ from, to }: { from: string; to: string }): ReactNode {
  const t = useWords('catalogue');
  const { language } = useLanguage();
  const { diff, titles } = useList<EditionDiff>(
    'editions',
    `/catalogue/diff?from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}&language=${language}`,
  );
  const { added, removed, changed } = diff;
  if (added.length + removed.length + changed.length === 0) return <p role="status">{t('changes-nothing')}</p>;
  return (
    <div className="stack">
      <p role="status">
        {t('changes-count', { added: added.length, removed: removed.length, changed: changed.length })}
      </p>
      <Ids title={t('changes-added', { n: added.length })} ids={added} titles={titles} />
      <Ids title={t('changes-removed', { n: removed.length })} ids={removed} titles={titles} />
      {changed.length === 0 ? null : (
        <section className="stack">
          <h2>{t('changes-changed', { n: changed.length })}</h2>
          {changed.map((one) => (
            <Fold
              key={one.id}
              open={changed.length <= OPEN}
              title={
                <>
                  <span className="mono">{one.id}</span> {titles[one.id]}{' '}
                  {one.words.length > 0 ? <Badge>{t('changes-words', { n: one.words.length })}</Badge> : null}{' '}
                  {one.values.length > 0 ? <Badge>{t('changes-values', { n: one.values.length })}</Badge> : null}
                </>
              }
            >
              <EntryChanges one={one} />
            </Fold>
          ))}
        </section>
      )}
    </div>
  );
}

/** So few that a reader sees them all at once. */
const OPEN = 5;

function Ids(props: { title: string; ids: readonly string[]; titles: Record<string, string> }): ReactNode {
  const { id: tenant } = useTenant();
  const { title, ids, titles } = props;
  if (ids.length === 0) return null;
  return (
    <section className="stack-tight">
      <h2>{title}</h2>
      <ul className="lines">
        {ids.map((id) => (
          <li key={id}>
            <Link
              to="/t/$tenant/catalogue/$entry"
              params={{ tenant, entry: id }}
              search={((all: object) => all) as never}
              resetScroll={false}
            >
              <span className="mono small">{id}</span> {titles[id]}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Old and new side by side. */
function EntryChanges({ one }: { one: EntryDiff }): ReactNode {
  const t = useWords('catalogue');
  const elsewhere = one.words.filter(({ from, to }) => from === to);
  const rows = [...one.words.filter(({ from, to }) => from !== to), ...one.values];
  const shown = (value: string | null): ReactNode =>
    value === null ? (
      <span className="muted">{t('changes-absent')}</span>
    ) : value === 'true' || value === 'false' ? (
      t(`is-${value}`)
    ) : (
      value
    );
  return (
    <>
      {rows.length > 0 ? (
        <Table
          caption={t('changes-of', { id: one.id })}
          rows={rows}
          rowId={({ path }) => path}
          columns={[
            { id: 'what', title: t('changes-what'), cell: ({ path }) => <Place path={path} /> },
            { id: 'before', title: t('changes-before'), cell: ({ from }) => shown(from) },
            { id: 'after', title: t('changes-after'), cell: ({ to }) => shown(to) },
          ]}
        />
      ) : null}
      {elsewhere.length > 0 ? (
        <Notice>
          <p>{t('changes-elsewhere', { n: elsewhere.length })}</p>
        </Notice>
      ) : null}
    </>
  );
}

/** Parts of an entry that have a name; others are called by their place alone. */
const NAMED: readonly string[] = [
  'title',
  'levels',
  'why',
  'question',
  'evidence',
  'clause',
  'acceptance',
  'exit',
  'parameters',
  'knockout',
  'burden',
  'applies',
  'phrases',
  'own',
  'needs',
  'threat',
  'likelihood',
  'impact',
  'standards',
  'crosswalk',
];

function Place({ path }: { path: string }): ReactNode {
  const t = useWords('catalogue');
  const [first = '', ...rest] = path.split('.');
  return (
    <>
      {NAMED.includes(first) ? t(`place-${first}`) : <span className="mono">{first}</span>}
      {rest.length > 0 ? <span className="mono small muted"> {rest.join('.')}</span> : null}
    </>
  );
}
