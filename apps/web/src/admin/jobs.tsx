import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { keys, useTenant } from '../api/index.ts';
import { Badge, ProblemNotice, Table } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';
import { Waiting } from '../shell/index.ts';

interface JobCount {
  queue: string;
  waiting: number;
  dead: number;
}

/** Work in the background: what waits, and what failed for good. */
export function Jobs(): ReactNode {
  const t = useWords('admin');
  const tenant = useTenant();
  const jobs = useQuery({
    queryKey: keys.list(tenant.id, 'jobs'),
    queryFn: ({ signal }) => tenant.api.get<JobCount[]>('/jobs', { signal }),
    refetchInterval: 5_000,
  });
  if (jobs.isPending) return <Waiting />;
  if (jobs.error) return <ProblemNotice error={jobs.error} />;
  return (
    <div className="stack prose">
      <p className="muted">{t('jobs-text')}</p>
      <Table
        caption={t('part-jobs')}
        rows={jobs.data}
        rowId={({ queue }) => queue}
        empty={<p className="muted">{t('jobs-none')}</p>}
        columns={[
          { id: 'queue', title: t('queue'), cell: ({ queue }) => queue },
          {
            id: 'waiting',
            title: t('waiting'),
            number: true,
            cell: ({ waiting }) => waiting,
            by: ({ waiting }) => waiting,
          },
          {
            id: 'dead',
            title: t('dead'),
            number: true,
            cell: ({ dead }) => (dead > 0 ? <Badge tone="bad">{dead}</Badge> : 0),
            by: ({ dead }) => dead,
          },
        ]}
      />
    </div>
  );
}
