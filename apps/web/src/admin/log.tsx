import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import type { LogEntry, LogVerdict } from 'proviso-server/contract';
import { type ReactNode, useCallback } from 'react';
import { keys, useTenant } from '../api/index.ts';
import { Button, Card, Notice, ProblemNotice, VirtualList } from '../design/index.ts';
import { useFormats, useWords } from '../i18n/index.ts';

/** Everything that was done, the newest first; each entry's hash holds the one before, so that nothing can be taken out unseen. */
export function Log(): ReactNode {
  const t = useWords('admin');
  const formats = useFormats();
  const tenant = useTenant();
  const log = useInfiniteQuery({
    queryKey: keys.list(tenant.id, 'log'),
    queryFn: ({ pageParam, signal }) =>
      tenant.api.get<{ rows: LogEntry[]; next: string | null }>(
        `/log${pageParam === null ? '' : `?after=${encodeURIComponent(pageParam)}`}`,
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = log;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetchingNextPage]);
  return (
    <div className="stack">
      <Verify />
      <ProblemNotice error={log.error} />
      <VirtualList
        label={t('part-log')}
        rows={log.data?.pages.flatMap(({ rows }) => rows) ?? []}
        rowId={({ seq }) => String(seq)}
        estimate={70}
        onEnd={more}
      >
        {({ seq, at, actor, action, subject, hash }) => (
          <div className="stack-tight">
            <div className="spread">
              <span>
                <span className="number muted">{seq}</span> <strong className="mono">{action}</strong>
              </span>
              <span className="small">{formats.moment(at)}</span>
            </div>
            <span className="small muted mono admin-ids">
              {actor} → {subject.type} {subject.id} · {hash.slice(0, 16)}…
            </span>
          </div>
        )}
      </VirtualList>
    </div>
  );
}

function Verify(): ReactNode {
  const t = useWords('admin');
  const tenant = useTenant();
  const verify = useMutation({ mutationFn: () => tenant.api.get<LogVerdict>('/log/verify') });
  const verdict = verify.data;
  return (
    <Card title={t('verify')}>
      <p className="muted">{t('verify-text')}</p>
      {verdict?.ok ? (
        <Notice tone="good">
          <p>{t('verify-good', { n: verdict.entries })}</p>
          {verdict.head === null ? null : <p className="mono small admin-ids">{verdict.head}</p>}
        </Notice>
      ) : null}
      {verdict && !verdict.ok ? (
        <Notice tone="bad" title={t('verify-bad', { seq: verdict.fault?.seq ?? 0 })}>
          <p>{verdict.fault?.what}</p>
        </Notice>
      ) : null}
      <ProblemNotice error={verify.error} />
      <div>
        <Button onPress={() => verify.mutate()} isPending={verify.isPending}>
          {t('verify')}
        </Button>
      </div>
    </Card>
  );
}
