import { Link } from '@tanstack/react-router';
import type { ProofRun, ProofView } from 'proviso-server/contract';
import type { ReactNode } from 'react';
import { useTenant } from '../api/index.ts';
import { Fold } from '../design/index.ts';
import { useFormats, useWords } from '../i18n/index.ts';
import { Mark } from './marks.tsx';
import { Checks } from './results.tsx';
import { lastRuns, proofOf, useProof } from './use-proof.ts';
import './proof.css';

interface Which {
  /** The purchase. */
  id: string;
  offer: string;
  requirement: string;
  /** What the answer says for itself, by the scale; null where only a person can tell. */
  claimed?: number | null;
}

/** In a cell: what was claimed and what is proved, and nothing where nothing from outside can tell. */
export function ProofMark({
  view,
  offer,
  requirement,
  claimed,
}: Omit<Which, 'id'> & { view: ProofView | undefined }): ReactNode {
  const proof = proofOf(view, offer, requirement);
  if (!proof || proof.found.proved === 'not-probed') return null;
  return <Mark proved={proof.found.proved} claimed={claimed ?? null} />;
}

/** Below an answer: what is seen from outside, how, when, from where and by what, with the proof to take along. */
export function ProofBeside({ id, offer, requirement, claimed }: Which): ReactNode {
  const t = useWords('proof');
  const { id: tenant } = useTenant();
  const view = useProof(id);
  const proof = proofOf(view, offer, requirement);
  if (!view || !proof) return null;
  const { supplier, found } = proof;
  const of = (check: string) => view.checks.find((one) => one.id === check);
  return (
    <div className="proof-beside">
      <Mark proved={found.proved} claimed={claimed ?? null} />
      <Fold title={t('how')}>
        <Checks
          checks={found.checks}
          titleOf={(check) => of(check)?.title ?? check}
          whyOf={(check) => of(check)?.why ?? null}
        />
        <Runs id={id} runs={lastRuns(supplier)} />
        {supplier.consent === null || supplier.consent.withdrawn !== null ? (
          <p className="muted small">{t(supplier.consent === null ? 'no-consent' : 'consent-withdrawn')}</p>
        ) : null}
        <p className="small">
          <Link to="/t/$tenant/purchases/$purchase/proof" params={{ tenant, purchase: id }}>
            {t('to-proof')}
          </Link>
        </p>
      </Fold>
    </div>
  );
}

/** When and from where names were looked at, by which profile, and the signed proof of each look. */
export function Runs({ id, runs }: { id: string; runs: readonly ProofRun[] }): ReactNode {
  const t = useWords('proof');
  const formats = useFormats();
  const { api } = useTenant();
  return (
    <ul className="proof-runs small">
      {runs.map((run) => (
        <li key={run.id}>
          {t('look', { name: run.name, kind: t(`kind-${run.kind}`), at: formats.moment(run.at), profile: run.profile })}{' '}
          {run.place === '' ? null : `${t('from', { place: run.place })} `}
          <a href={api.address(`/purchases/${id}/proof/runs/${run.id}/bundle`)} download>
            {t('bundle')}
            <span className="unseen"> {run.name}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
