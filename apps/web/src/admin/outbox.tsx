import { useInfiniteQuery } from '@tanstack/react-query';
import type { Letter } from 'proviso-server/contract';
import type { ReactNode } from 'react';
import { keys, useTenant } from '../api/index.ts';
import { Badge, Button, EmptyState, Fold, ProblemNotice } from '../design/index.ts';
import { useFormats, useWords } from '../i18n/index.ts';
import { Waiting } from '../shell/index.ts';

const TONES = { waiting: 'neutral', sent: 'good', failed: 'bad' } as const;

/** Every letter: sent where mail is set up, else kept here to be read and passed on by hand. */
export function Outbox(): ReactNode {
  const t = useWords('admin');
  const formats = useFormats();
  const tenant = useTenant();
  const outbox = useInfiniteQuery({
    queryKey: keys.list(tenant.id, 'outbox'),
    queryFn: ({ pageParam, signal }) =>
      tenant.api.get<{ rows: Letter[]; next: string | null }>(
        `/outbox${pageParam === null ? '' : `?after=${encodeURIComponent(pageParam)}`}`,
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
  const letters = outbox.data?.pages.flatMap(({ rows }) => rows) ?? [];
  if (outbox.isPending) return <Waiting />;
  return (
    <div className="stack prose">
      <p className="muted">{t('outbox-text')}</p>
      <ProblemNotice error={outbox.error} />
      {outbox.isSuccess && letters.length === 0 ? (
        <EmptyState title={t('outbox-none')}>
          <p>{t('outbox-none-text')}</p>
        </EmptyState>
      ) : null}
      {letters.map(({ id, to, subject, body, state, created }) => (
        <Fold
          key={id}
          title={
            <>
              <Badge tone={TONES[state]}>{t(`letter-${state}`)}</Badge> {subject}{' '}
              <span className="muted small">
                {to} · {formats.moment(created)}
              </span>
            </>
          }
        >
          <p className="keep-lines">{body}</p>
        </Fold>
      ))}
      {outbox.hasNextPage ? (
        <div>
          <Button onPress={() => void outbox.fetchNextPage()} isPending={outbox.isFetchingNextPage}>
            {t('more')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
