import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Home, Status } from 'proviso-server/contract';
import type { ReactNode } from 'react';
import { api, keys, useTenant } from '../api/index.ts';
import { Button } from '../design/button.tsx';
import { ButtonLink, Card, Deadline, EmptyState, PageHeader, ProblemNotice, toast } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';
import './home.css';

/** Where each thing that waits for somebody is done, with what is shown there. */
const DONE_ON: Readonly<Record<string, string>> = {
  specify: 'demand',
  'close-consultation': 'demand?part=consultation',
  'approve-legal': 'demand?part=approval',
  'approve-security': 'demand?part=approval',
  'approve-prepared-legal': 'demand?part=approval&demand=prepared',
  'approve-prepared-security': 'demand?part=approval&demand=prepared',
  publish: 'publish',
  'answer-question': 'questions',
  'decide-candidates': 'candidates',
  'decide-deviation': 'evaluate?tab=deviations',
  'declare-conflict': 'evaluate',
  'attend-opening': 'opening',
  score: 'evaluate',
  agree: 'evaluate',
  freeze: 'evaluate',
  award: 'award',
  'notify-bidders': 'award?tab=decision',
  sign: 'award?tab=decision',
  obligation: 'contract',
  waiver: 'proof',
};

/** Who only opens has no page for evaluating: the opening asks for the declaration too. */
function pageOf(what: string, roles: readonly string[]): string {
  if (what === 'declare-conflict' && roles.every((one) => one === 'opener')) return 'opening';
  return DONE_ON[what] ?? 'overview';
}

/** What waits for the reader, and what is due. */
export default function HomePage(): ReactNode {
  const t = useWords('home');
  const tenant = useTenant();
  const { data: home } = useSuspenseQuery({
    queryKey: keys.home(tenant.id),
    queryFn: ({ signal }) => tenant.api.get<Home>('/home', { signal }),
  });
  const total = Object.values(home.states).reduce((sum, n) => sum + n, 0);
  if (total === 0) return <FirstVisit />;
  return (
    <>
      <PageHeader title={t('title', { name: tenant.me.account.name.split(' ')[0] ?? '' })}>{tenant.name}</PageHeader>
      <div className="home-columns">
        <Waiting home={home} />
        <Deadlines home={home} />
        <Stages home={home} />
      </div>
    </>
  );
}

function FirstVisit(): ReactNode {
  const t = useWords('home');
  const tenant = useTenant();
  const params = { tenant: tenant.id };
  const mayCreate = tenant.roles.some((one) => one === 'owner' || one === 'buyer');
  return (
    <>
      <PageHeader title={t('first-title')}>{tenant.name}</PageHeader>
      <EmptyState
        title={t('first-what')}
        actions={
          <>
            {mayCreate ? (
              <ButtonLink look="primary" to="/t/$tenant/purchases/new" params={params}>
                {t('first-create')}
              </ButtonLink>
            ) : null}
            <ButtonLink to="/t/$tenant/catalogue" params={params}>
              {t('first-catalogue')}
            </ButtonLink>
            <LoadExample />
          </>
        }
      >
        <ol className="first-steps">
          {['describe', 'approve', 'publish', 'open', 'award'].map((step) => (
            <li key={step}>{t(`first-${step}`)}</li>
          ))}
        </ol>
      </EmptyState>
    </>
  );
}

/** Offered where the server was started with the example, to who may change the organisation's settings. */
function LoadExample(): ReactNode {
  const t = useWords('home');
  const tenant = useTenant();
  const queries = useQueryClient();
  const status = useQuery({ queryKey: keys.status, queryFn: () => api.get<Status>('/status') });
  const loading = useMutation({
    mutationFn: () => tenant.api.post('/example'),
    onSuccess: async () => {
      toast({ text: t('example-done') });
      await queries.invalidateQueries();
    },
  });
  if (!status.data?.example || !tenant.roles.includes('owner')) return null;
  return (
    <div className="stack-tight">
      <div>
        <Button isPending={loading.isPending} onPress={() => loading.mutate()}>
          {t('example-load')}
        </Button>
      </div>
      <span className="small muted">{t('example-text')}</span>
      {loading.isError ? <ProblemNotice error={loading.error} /> : null}
    </div>
  );
}

function Waiting({ home: { waiting } }: { home: Home }): ReactNode {
  const t = useWords('home');
  const { id: tenant, roles, person } = useTenant();
  return (
    <Card title={t('waiting')}>
      {waiting.length === 0 ? <p className="muted">{t('waiting-none')}</p> : null}
      <ul className="lines">
        {waiting.map(({ purchase, title, what, due, count }) => (
          <li key={`${purchase} ${what} ${due}`} className="stack-tight">
            <ToPage
              tenant={tenant}
              purchase={purchase}
              page={pageOf(what, roles)}
              mine={what === 'obligation' ? person : null}
            >
              {t(`what-${what}`, { n: count })}
            </ToPage>
            <span className="small">
              {title}
              {due ? (
                <>
                  {' · '}
                  <Deadline at={due} />
                </>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** A link to a page of a purchase as `DONE_ON` names it; of obligations, to those of one owner. */
function ToPage(props: {
  tenant: string;
  purchase: string;
  page: string;
  mine: string | null;
  children: ReactNode;
}): ReactNode {
  const { tenant, purchase } = props;
  const [path, query = ''] = props.page.split('?');
  const search = { ...Object.fromEntries(new URLSearchParams(query)), ...(props.mine && { owner: props.mine }) };
  return (
    <Link to={`/t/$tenant/purchases/$purchase/${path}`} params={{ tenant, purchase }} search={search as never}>
      {props.children}
    </Link>
  );
}

function Deadlines({ home: { deadlines, calendar } }: { home: Home }): ReactNode {
  const t = useWords('home');
  const s = useWords('shell');
  const { id: tenant } = useTenant();
  return (
    <Card title={t('deadlines')}>
      {deadlines.length === 0 ? <p className="muted">{t('deadlines-none')}</p> : null}
      <ul className="lines">
        {deadlines.map(({ purchase, title, kind, at, count }) => (
          <li key={`${purchase} ${kind} ${at}`} className="stack-tight">
            <Link to="/t/$tenant/purchases/$purchase/overview" params={{ tenant, purchase }}>
              {title}
            </Link>
            <span className="small">
              {s(`due-${kind}`)}
              {count > 1 ? ` (${count})` : null}
              {s('colon')} <Deadline at={at} />
            </span>
          </li>
        ))}
      </ul>
      <div className="stack-tight small">
        <p className="muted">{t('calendar-text')}</p>
        <div>
          <Button
            small
            onPress={() =>
              void navigator.clipboard
                .writeText(new URL(calendar, window.location.href).href)
                .then(() => toast({ text: t('calendar-copied') }))
            }
          >
            {t('calendar-copy')}
          </Button>
        </div>
      </div>
    </Card>
  );
}

function Stages({ home: { states } }: { home: Home }): ReactNode {
  const t = useWords('home');
  const s = useWords('shell');
  const { id: tenant } = useTenant();
  return (
    <Card title={t('stages')}>
      <ul className="lines">
        {Object.entries(states)
          .filter(([, n]) => n > 0)
          .map(([state, n]) => (
            <li key={state} className="spread">
              <Link to="/t/$tenant/purchases" params={{ tenant }} search={{ state } as never}>
                {s(`state-${state}`)}
              </Link>
              <span className="number">{n}</span>
            </li>
          ))}
      </ul>
    </Card>
  );
}
