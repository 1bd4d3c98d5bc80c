import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useCatalogue } from '../api/catalogue.ts';
import { useTenant } from '../api/index.ts';
import { EmptyState, Field, PageHeader, Select, Tabs } from '../design/index.ts';
import { useFormats, useWords } from '../i18n/index.ts';
import { useAddress, usePathPart } from '../shell/index.ts';
import { ChangesTab } from './changes-tab.tsx';
import { Entry } from './entry.tsx';
import { EntryList } from './entry-list.tsx';
import { Graph } from './graph.tsx';
import { OwnTab } from './own-tab.tsx';
import { matches } from './search.ts';
import { useOwn, useWholeCatalogue } from './whole.ts';
import './catalogue.css';

const PARTS = ['requirements', 'risks', 'standards', 'laws'] as const;

/** The catalogue that requirements come from: to browse, to search, to follow from risk to requirement and back. */
export default function CataloguePage(): ReactNode {
  const t = useWords('catalogue');
  const formats = useFormats();
  const entry = usePathPart('entry');
  const { edition } = useCatalogue();
  return (
    <>
      <PageHeader title={t('title')}>
        <p>{t('intro')}</p>
        <p className="small">
          {t('edition', { edition: edition.edition, day: formats.day(edition.date), licence: edition.licence })}{' '}
          {edition.note}
        </p>
      </PageHeader>
      <div className={entry === '' ? 'stack' : 'catalogue-columns'}>
        <Browse entry={entry} />
        {entry === '' ? null : <Entry key={entry} id={entry} />}
      </div>
    </>
  );
}

function Browse({ entry }: { entry: string }): ReactNode {
  const t = useWords('catalogue');
  const { id: tenant } = useTenant();
  const navigate = useNavigate();
  const catalogue = useWholeCatalogue();
  const own = useOwn();
  const [part, setPart] = useAddress('part', 'requirements');
  const [text, setText] = useAddress('q');
  const [since, setSince] = useAddress('since');
  const editions = [...new Set(useCatalogue().requirements.map((one) => one.since))].sort();
  const tabs = PARTS.map((id) => {
    const rows = catalogue[id].filter(
      (one) => matches(one, text) && (since === '' || !('since' in one) || one.since === since),
    );
    return {
      id,
      title: t(`part-${id}`, { n: rows.length }),
      content:
        rows.length === 0 ? (
          <EmptyState title={t('none')}>
            <p>{t('none-text')}</p>
          </EmptyState>
        ) : (
          <EntryList part={id} rows={rows} selected={entry} />
        ),
    };
  });
  const open = (id: string) =>
    void navigate({
      to: '/t/$tenant/catalogue/$entry',
      params: { tenant, entry: id },
      search: ((all: object) => all) as never,
      resetScroll: false,
    });
  const ours = own.rows.filter((one) => matches(one, text)).length;
  return (
    <div className="stack">
      <div className="grid screen-only">
        <Field label={t('search')} type="search" optional value={text} onChange={setText} />
        {editions.length > 1 ? (
          <Select
            label={t('since')}
            value={since}
            onChange={setSince}
            empty={t('any-edition')}
            options={editions.map((id) => ({ id, text: id }))}
          />
        ) : null}
      </div>
      <Tabs
        label={t('title')}
        selected={part}
        onSelect={setPart}
        tabs={[
          ...tabs,
          { id: 'own', title: t('part-own', { n: ours }), content: <OwnTab text={text} selected={entry} /> },
          { id: 'graph', title: t('part-graph'), content: <Graph selected={entry} onSelect={open} /> },
          { id: 'changes', title: t('part-changes'), content: <ChangesTab /> },
        ]}
      />
    </div>
  );
}
