import type { ProofOfSupplier, ProofResult } from 'proviso-server/contract';
import type { ReactNode } from 'react';
import { Fold } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';
import { VerdictMark } from './marks.tsx';

/** Results that say the same of several addresses stand together. */
interface Told extends ProofResult {
  subjects: string[];
}

function together(results: readonly ProofResult[]): Told[] {
  const told = new Map<string, Told>();
  for (const one of results) {
    const key = JSON.stringify([one.name, one.check, one.verdict, one.accepted, one.sentences]);
    const known = told.get(key);
    if (known) known.subjects.push(one.subject);
    else told.set(key, { ...one, subjects: [one.subject] });
  }
  return [...told.values()];
}

/** What decided a live check: each result with its sentences and what to do; what passes is folded away. */
export function Results(props: {
  results: readonly ProofResult[];
  /** What can be done about a result. */
  action?(result: ProofResult): ReactNode;
}): ReactNode {
  const t = useWords('proof');
  const all = together(props.results);
  const fine = all.filter(({ verdict }) => verdict === 'pass' || verdict === 'not-applicable');
  const others = all.filter((one) => !fine.includes(one));
  const list = (some: readonly Told[]): ReactNode => (
    <ul className="proof-results">
      {some.map((one) => (
        <li key={[one.name, one.check, one.subject].join(' ')}>
          <div className="row">
            <VerdictMark verdict={one.verdict} accepted={one.accepted} />
            <strong>{one.title}</strong>
          </div>
          <p className="muted small proof-subjects">{one.subjects.join(', ')}</p>
          {one.sentences.map((text) => (
            <p key={text} className="small">
              {text}
            </p>
          ))}
          {one.todo === '' ? null : <p className="small">{t('todo', { text: one.todo })}</p>}
          {props.action?.(one)}
        </li>
      ))}
    </ul>
  );
  if (all.length === 0) return <p className="muted small">{t('no-results')}</p>;
  return (
    <>
      {others.length > 0 ? list(others) : null}
      {fine.length > 0 ? <Fold title={t('fine', { n: fine.length })}>{list(fine)}</Fold> : null}
    </>
  );
}

/** The live checks of one requirement with what decided each. */
export function Checks(props: {
  checks: ProofOfSupplier['requirements'][number]['checks'];
  titleOf(check: string): string;
  whyOf(check: string): string | null;
  action?(result: ProofResult): ReactNode;
}): ReactNode {
  return props.checks.map(({ check, results }) => (
    <div key={check} className="stack-tight">
      <p className="proof-check">{props.titleOf(check)}</p>
      {props.whyOf(check) === null ? (
        <Results results={results} {...(props.action ? { action: props.action } : {})} />
      ) : (
        <p className="muted small">{props.whyOf(check)}</p>
      )}
    </div>
  ));
}
