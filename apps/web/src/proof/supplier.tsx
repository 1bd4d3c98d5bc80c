import { useMutation } from '@tanstack/react-query';
import type { JudgedAgain, ProofOfSupplier, ProofRun, ProofView } from 'proviso-server/contract';
import type { ReactNode } from 'react';
import { usePurchase, useTenant } from '../api/index.ts';
import { Badge, Button, Card, Facts, Fold, Notice, ProblemNotice, Table, toast } from '../design/index.ts';
import { useFormats, useLanguage, useWords } from '../i18n/index.ts';
import { Runs } from './beside.tsx';
import { History } from './history.tsx';
import { Mark } from './marks.tsx';
import { Checks } from './results.tsx';
import { useProofChanged } from './use-proof.ts';
import { Accept, Waivers } from './waivers.tsx';

/** Changes that stand on the page at once; a service that began to work has a hundred. */
const SHOWN_AT_ONCE = 12;

interface Parts {
  id: string;
  view: ProofView;
  supplier: ProofOfSupplier;
}

/** All that is known from outside of one supplier. */
export function Supplier(parts: Parts): ReactNode {
  const t = useWords('proof');
  const { supplier } = parts;
  return (
    <Card
      title={
        <>
          {supplier.name} {supplier.contracted ? <Badge tone="accent">{t('contracted')}</Badge> : null}
        </>
      }
      actions={<ProbeNow {...parts} />}
    >
      <Consent id={parts.id} supplier={supplier} />
      <h3>{t('requirements')}</h3>
      <Requirements {...parts} />
      <h3>{t('changes')}</h3>
      <Changes supplier={supplier} />
      <h3>{t('waivers')}</h3>
      <Waivers id={parts.id} supplier={supplier} mayEnd={parts.view.may.waive} />
      <h3>{t('history')}</h3>
      <div className="proof-names">
        {supplier.names.map(({ kind, name, runs }) => (
          <section key={`${kind} ${name}`} className="stack-tight" aria-label={`${t(`kind-${kind}`)} ${name}`}>
            <h4>
              {name} <span className="muted small">{t(`kind-${kind}`)}</span>
            </h4>
            <History name={name} runs={runs} />
            <Runs id={parts.id} runs={runs.slice(0, 1)} />
            {runs[0] ? <Again id={parts.id} run={runs[0]} profile={parts.view.plan.profile} /> : null}
          </section>
        ))}
      </div>
    </Card>
  );
}

function ProbeNow({ id, view, supplier }: Parts): ReactNode {
  const t = useWords('proof');
  const formats = useFormats();
  const { api } = useTenant();
  const changed = useProofChanged(id);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => api.post(`/purchases/${id}/proof/rounds`, { supplier: supplier.supplier }),
    onSuccess: async () => {
      await changed();
      toast({ text: t('started', { name: supplier.name }) });
    },
  });
  const agreed = supplier.consent !== null && supplier.consent.withdrawn === null;
  if (supplier.running !== null)
    return <span className="small">{t('running', { at: formats.moment(supplier.running) })}</span>;
  if (!view.may.run || !view.looks || !agreed) return null;
  return (
    <div className="stack-tight">
      <Button onPress={() => mutate()} isPending={isPending}>
        {t('probe-now')}
        <span className="unseen"> {supplier.name}</span>
      </Button>
      <ProblemNotice error={error} />
    </div>
  );
}

function Consent({ id, supplier }: Omit<Parts, 'view'>): ReactNode {
  const { consent, name } = supplier;
  const t = useWords('proof');
  const formats = useFormats();
  if (consent === null)
    return (
      <Notice title={t('no-consent')}>
        <p>{t('no-consent-text')}</p>
      </Notice>
    );
  const { targets } = consent;
  const services = targets.services.map(({ host, port, service }) => `${host}:${port} (${service})`);
  const lists = [
    [t('kind-host'), targets.hosts],
    [t('kind-mail'), targets.mail],
    [t('kind-service'), services],
    [t('selectors'), targets.selectors],
  ] as const;
  return (
    <>
      {consent.withdrawn === null ? null : (
        <Notice tone="warn" title={t('consent-withdrawn')}>
          <p>{t('consent-withdrawn-text', { at: formats.moment(consent.withdrawn) })}</p>
        </Notice>
      )}
      <Fold title={t('consent-of', { name })}>
        <Facts
          facts={[
            ...lists.filter(([, list]) => list.length > 0).map(([title, list]) => [title, list.join(', ')] as const),
            [t('rate'), t('rate-is', { n: consent.perMinute })],
            [t('signed'), <Signed key="signed" id={id} supplier={supplier} />],
            [
              t('words'),
              <span key="words" className="keep-lines" lang={consent.language}>
                {consent.text}
              </span>,
            ],
            [
              t('hash'),
              <code key="hash" className="proof-subjects">
                {consent.sha256}
              </code>,
            ],
          ]}
        />
      </Fold>
    </>
  );
}

/** Who signed, which an owner may erase once the consent is over. */
function Signed({ id, supplier: { supplier, consent } }: Omit<Parts, 'view'>): ReactNode {
  const t = useWords('proof');
  const formats = useFormats();
  const { api } = useTenant();
  const { actions, purchase } = usePurchase(id);
  const changed = useProofChanged(id);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => api.delete(`/purchases/${id}/proof/suppliers/${supplier}/signer`),
    onSuccess: changed,
  });
  if (consent === null) return null;
  const { signer, role, withdrawn } = consent;
  const at = formats.moment(consent.given);
  const isOver = withdrawn !== null || purchase.state === 'ended' || purchase.state === 'stopped';
  if (signer === null) return t('signed-erased', { at });
  return (
    <div className="stack-tight">
      <span>{t('signed-by', { signer, role: role ?? '–', at })}</span>
      {isOver && actions.includes('people.manage') ? (
        <div>
          <Button small look="danger" onPress={() => mutate()} isPending={isPending}>
            {t('erase-signer')}
          </Button>
        </div>
      ) : null}
      <ProblemNotice error={error} />
    </div>
  );
}

function Requirements({ id, view, supplier }: Parts): ReactNode {
  const titleOf = (requirement: string): string => view.requirements.find((one) => one.id === requirement)?.title ?? '';
  const of = (check: string) => view.checks.find((one) => one.id === check);
  const mayAccept = view.may.waive;
  return supplier.requirements.map(({ requirement, proved, checks }) => (
    <Fold
      key={requirement}
      title={
        <>
          <code>{requirement}</code> {titleOf(requirement)} <Mark proved={proved} />
        </>
      }
    >
      <Checks
        checks={checks}
        titleOf={(check) => of(check)?.title ?? check}
        whyOf={(check) => of(check)?.why ?? null}
        action={(result) =>
          mayAccept && result.verdict === 'fail' && !result.accepted ? (
            <Accept id={id} supplier={supplier.supplier} result={result} today={view.today} />
          ) : null
        }
      />
    </Fold>
  ));
}

function Changes({ supplier: { changes, name } }: { supplier: ProofOfSupplier }): ReactNode {
  const t = useWords('proof');
  if (changes.length === 0) return <p className="muted small">{t('changes-none')}</p>;
  const table = <Differences caption={t('changes-of', { name })} rows={changes} />;
  if (changes.length <= SHOWN_AT_ONCE) return table;
  return <Fold title={t('changes-many', { n: changes.length })}>{table}</Fold>;
}

function Differences(props: {
  caption: string;
  rows: readonly { title: string; subject: string; check: string; before: string | null; after: string | null }[];
}): ReactNode {
  const t = useWords('proof');
  const said = (verdict: string | null): string => (verdict === null ? t('verdict-none') : t(`verdict-${verdict}`));
  return (
    <Table
      caption={props.caption}
      rows={props.rows}
      rowId={({ check, subject }) => `${check} ${subject}`}
      columns={[
        { id: 'check', title: t('check'), cell: ({ title }) => title, by: ({ title }) => title },
        {
          id: 'subject',
          title: t('looked-at'),
          cell: ({ subject }) => <span className="proof-subjects">{subject}</span>,
        },
        { id: 'before', title: t('before'), cell: ({ before }) => said(before) },
        { id: 'after', title: t('after'), cell: ({ after }) => said(after) },
      ]}
    />
  );
}

/** Judges the last look again by what its profile asks now, or by the one that is chosen now: what differs, without a network. */
function Again({ id, run, profile }: { id: string; run: ProofRun; profile: string }): ReactNode {
  const t = useWords('proof');
  const { api } = useTenant();
  const { language } = useLanguage();
  const { mutate, data, isPending, error } = useMutation({
    mutationFn: () =>
      api.get<JudgedAgain>(`/purchases/${id}/proof/runs/${run.id}/again?profile=${profile}&language=${language}`),
  });
  const moved = run.changed || run.profile !== profile;
  if (!moved) return null;
  return (
    <div className="stack-tight">
      <p className="small">
        <Badge tone="warn">{t('drift')}</Badge> {t('drift-text', { profile })}
      </p>
      <div className="row">
        <Button small onPress={() => mutate()} isPending={isPending}>
          {t('judge-again')}
          <span className="unseen"> {run.name}</span>
        </Button>
      </div>
      <ProblemNotice error={error} />
      <div role="status">
        {data === undefined ? null : data.differences.length === 0 ? (
          <p className="small">{t('again-same')}</p>
        ) : (
          <Differences caption={t('again-of', { name: run.name, profile: data.profile })} rows={data.differences} />
        )}
      </div>
    </div>
  );
}
