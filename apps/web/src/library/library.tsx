import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { LibraryDocument, Passage } from 'proviso-server/contract';
import { type ReactNode, useCallback, useDeferredValue, useId, useState } from 'react';
import { keys, useTenant } from '../api/index.ts';
import { Badge, EmptyState, Field, PageHeader, ProblemNotice, VirtualList } from '../design/index.ts';
import { useFormats, useWords } from '../i18n/index.ts';
import { useAddress, Waiting } from '../shell/index.ts';
import { Excerpt } from './excerpt.tsx';
import { Report } from './report.tsx';

interface PageOf<Row> {
  rows: Row[];
  next: string | null;
}

/** Where something is read, the list is asked again now and then. */
const WHILE_READING = 3_000;

/** All documents, the newest first; or the passages that were searched for. */
export function Library(): ReactNode {
  const t = useWords('library');
  const { roles } = useTenant();
  const [text, setText] = useAddress('q');
  const wanted = useDeferredValue(text).trim();
  const mayAdd = roles.some((one) => ['owner', 'buyer', 'security', 'legal'].includes(one));
  return (
    <>
      <PageHeader title={t('title')}>{t('text')}</PageHeader>
      <div className="stack">
        {mayAdd ? <Upload /> : null}
        <Field label={t('search')} hint={t('search-hint')} type="search" optional value={text} onChange={setText} />
        {wanted.length >= 2 ? (
          <Found wanted={wanted} />
        ) : (
          <>
            <Report />
            <Documents mayAdd={mayAdd} />
          </>
        )}
      </div>
    </>
  );
}

/** A list that grows while one scrolls. */
function usePages<Row>(what: string, path: (after: string | null) => string, again?: (rows: Row[]) => number | false) {
  const { id, api } = useTenant();
  const pages = useInfiniteQuery({
    queryKey: keys.list(id, 'documents', what),
    queryFn: ({ pageParam, signal }) => api.get<PageOf<Row>>(path(pageParam), { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    refetchInterval: ({ state }) => again?.(state.data?.pages.flatMap((one) => one.rows) ?? []) ?? false,
  });
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = pages;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetchingNextPage]);
  return {
    rows: pages.data?.pages.flatMap((one) => one.rows) ?? [],
    error: pages.error,
    isPending: pages.isPending,
    more,
  };
}

function Documents({ mayAdd }: { mayAdd: boolean }): ReactNode {
  const t = useWords('library');
  const formats = useFormats();
  const tenant = useTenant();
  const { rows, error, isPending, more } = usePages<LibraryDocument>(
    'all',
    (after) => `/documents${after === null ? '' : `?after=${encodeURIComponent(after)}`}`,
    (all) => (all.some(({ read }) => !read) ? WHILE_READING : false),
  );
  if (isPending) return <Waiting />;
  if (error) return <ProblemNotice error={error} />;
  if (rows.length === 0)
    return (
      <EmptyState title={t('none')}>
        <p>{mayAdd ? t('none-text') : t('none-text-reader')}</p>
      </EmptyState>
    );
  return (
    <VirtualList label={t('title')} rows={rows} rowId={({ id }) => id} estimate={62} onEnd={more}>
      {(row) => (
        <div className="spread">
          <div>
            <Link
              to="/t/$tenant/library/$document"
              params={{ tenant: tenant.id, document: row.id }}
              className="file-name"
            >
              {row.name}
            </Link>
            <div className="muted small">
              {formats.day(row.at)} · {formats.bytes(row.bytes)}
              {row.pages === null ? null : ` · ${t('pages', { n: row.pages })}`}
            </div>
          </div>
          <Badge tone={row.read ? 'good' : 'neutral'}>{row.read ? t('read') : t('being-read')}</Badge>
        </div>
      )}
    </VirtualList>
  );
}

function Found({ wanted }: { wanted: string }): ReactNode {
  const t = useWords('library');
  const tenant = useTenant();
  const { rows, error, isPending, more } = usePages<Passage>(`found ${wanted}`, (after) => {
    const query = new URLSearchParams({ q: wanted, ...(after === null ? {} : { after }) });
    return `/search?${query}`;
  });
  if (isPending) return <Waiting />;
  if (error) return <ProblemNotice error={error} />;
  if (rows.length === 0)
    return (
      <EmptyState title={t('not-found', { words: wanted })}>
        <p>{t('not-found-text')}</p>
      </EmptyState>
    );
  return (
    <VirtualList
      label={t('found')}
      rows={rows.map((row, i) => ({ ...row, key: `${i} ${row.document}` }))}
      rowId={({ key }) => key}
      estimate={110}
      onEnd={more}
    >
      {(row) => (
        <div className="stack-tight">
          <Link
            to="/t/$tenant/library/$document"
            params={{ tenant: tenant.id, document: row.document }}
            className="file-name"
          >
            {row.name}
          </Link>
          <span className="muted small">
            {[row.heading, row.page === null ? null : t('page', { n: row.page })].filter(Boolean).join(' · ')}
          </span>
          <Excerpt text={row.excerpt} language={row.language} />
        </div>
      )}
    </VirtualList>
  );
}

function Upload(): ReactNode {
  const t = useWords('library');
  const tenant = useTenant();
  const client = useQueryClient();
  const id = useId();
  const [state, setState] = useState<{ name: string; error: unknown }[]>([]);
  const [sending, setSending] = useState<string | null>(null);
  const send = async (files: File[]): Promise<void> => {
    setState([]);
    for (const file of files) {
      setSending(file.name);
      try {
        await tenant.api.post(`/documents?${new URLSearchParams({ name: file.name })}`, file);
      } catch (error) {
        setState((before) => [...before, { name: file.name, error }]);
      }
    }
    setSending(null);
    await client.invalidateQueries({ queryKey: keys.list(tenant.id, 'documents') });
  };
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {t('upload')}
      </label>
      <span className="field-hint" id={`${id}-hint`}>
        {t('upload-hint')}
      </span>
      <input
        id={id}
        type="file"
        multiple
        aria-describedby={`${id}-hint`}
        disabled={sending !== null}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = '';
          void send(files);
        }}
      />
      <p role="status" className="small">
        {sending === null ? '' : t('uploading', { name: sending })}
      </p>
      {state.map(({ name, error }) => (
        <div key={name}>
          <strong className="file-name">{name}</strong>
          <ProblemNotice error={error} />
        </div>
      ))}
    </div>
  );
}
