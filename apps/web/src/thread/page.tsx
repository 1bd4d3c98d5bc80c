import { Link, useNavigate } from '@tanstack/react-router';
import type { DemandView, PurchaseView, Thread } from 'proviso-server/contract';
import { type ReactNode, Suspense } from 'react';
import { useDemand, usePart, usePurchase, useTenant } from '../api/index.ts';
import { NoDemand } from '../demand/no-demand.tsx';
import { Badge, EmptyState, Notice, PageHeader, Select } from '../design/index.ts';
import { useFormats, useLanguage, useWords } from '../i18n/index.ts';
import { ProofBeside } from '../proof/beside.tsx';
import { usePathPart, usePurchaseId, Waiting } from '../shell/index.ts';
import './thread.css';

/** One requirement from the risk that calls for it to the obligation that keeps it, on one page. */
export default function ThreadPage(): ReactNode {
  const t = useWords('thread');
  const view = usePurchase(usePurchaseId());
  const demand = useDemand(view.purchase.id);
  const requirement = usePathPart('requirement');
  return (
    <>
      <PageHeader title={requirement === '' ? t('title') : t('title-of', { requirement })}>{t('intro')}</PageHeader>
      {demand === null ? (
        <NoDemand view={view} />
      ) : requirement === '' ? (
        <All view={view} demand={demand} />
      ) : (
        <>
          <Choice view={view} demand={demand} requirement={requirement} />
          <Suspense fallback={<Waiting />}>
            <Life view={view} requirement={requirement} />
          </Suspense>
        </>
      )}
    </>
  );
}

/** Another requirement to choose, with the way to the one before and the one after. */
function Choice(props: { view: PurchaseView; demand: DemandView; requirement: string }): ReactNode {
  const t = useWords('thread');
  const { id: tenant } = useTenant();
  const navigate = useNavigate();
  const { view, demand, requirement } = props;
  const { requirements } = demand.file.demand;
  const at = requirements.findIndex(({ id }) => id === requirement);
  const params = { tenant, purchase: view.purchase.id };
  const step = (to: number, text: string): ReactNode => {
    const one = requirements[to];
    return one && at >= 0 ? (
      <Link to="/t/$tenant/purchases/$purchase/thread/$requirement" params={{ ...params, requirement: one.id }}>
        {text}
      </Link>
    ) : null;
  };
  return (
    <div className="thread-choice screen-only">
      <Select
        label={t('requirement')}
        empty={t('choose')}
        value={requirement}
        onChange={(chosen) => {
          const to = '/t/$tenant/purchases/$purchase/thread/$requirement';
          if (chosen !== '') void navigate({ to, params: { ...params, requirement: chosen } });
        }}
        options={requirements.map(({ id }) => ({ id, text: `${id} ${demand.words.requirements[id]?.title ?? ''}` }))}
      />
      <div className="row">
        {step(at - 1, t('before'))}
        {step(at + 1, t('after'))}
      </div>
    </div>
  );
}

/** All requirements, each a way to its thread. */
function All({ view, demand }: { view: PurchaseView; demand: DemandView }): ReactNode {
  const { id: tenant } = useTenant();
  return (
    <ul className="lines">
      {demand.file.demand.requirements.map(({ id: requirement }) => (
        <li key={requirement}>
          <Link
            to="/t/$tenant/purchases/$purchase/thread/$requirement"
            params={{ tenant, purchase: view.purchase.id, requirement }}
          >
            <code>{requirement}</code> {demand.words.requirements[requirement]?.title}
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Life({ view, requirement }: { view: PurchaseView; requirement: string }): ReactNode {
  const t = useWords('thread');
  const formats = useFormats();
  const { language } = useLanguage();
  const thread = usePart<Thread>(
    view.purchase.id,
    'thread',
    `/thread/${encodeURIComponent(requirement)}?language=${language}`,
  );
  const gaps = thread.steps.filter(({ missing }) => missing).length;
  if (thread.steps.length === 0)
    return (
      <EmptyState title={thread.title}>
        <p>{t('empty')}</p>
      </EmptyState>
    );
  return (
    <div className="stack prose">
      <h2>{thread.title}</h2>
      {gaps > 0 ? (
        <Notice tone="warn">
          <p>{t('gaps', { n: gaps })}</p>
        </Notice>
      ) : null}
      <ol className="thread">
        {thread.steps.map((step, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps have no id, and come in one order.
          <li key={i} className={step.missing ? 'thread-step thread-missing' : 'thread-step'}>
            <div className="row">
              <Badge tone={step.missing ? 'warn' : 'accent'}>{t(`kind-${step.kind}`)}</Badge>
              {step.missing ? <Badge tone="bad">{t('missing')}</Badge> : null}
              {step.at ? <span className="muted small">{formats.moment(step.at)}</span> : null}
            </div>
            <strong>{step.title}</strong>
            {step.text === '' ? null : <p className="keep-lines">{step.text}</p>}
            {step.offer ? <p className="muted small">{offerName(view, step.offer)}</p> : null}
            {step.offer && step.kind === 'answer' ? (
              <ProofBeside id={view.purchase.id} offer={step.offer} requirement={requirement} />
            ) : null}
          </li>
        ))}
      </ol>
    </div>
  );
}

function offerName({ purchase, names }: PurchaseView, offer: string): string {
  const supplier = purchase.offers.find(({ id }) => id === offer)?.supplier;
  return (supplier && names[supplier]) || offer;
}
