import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTenant } from '../api/index.ts';
import { Badge, Button, ButtonAnchor, EmptyState, Notice } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';
import { useAddress } from '../shell/index.ts';
import { OwnForm } from './own-form.tsx';
import { matches } from './search.ts';
import { titleOf, useMayWrite, useOwn } from './whole.ts';

/** What the organisation asks beside the catalogue: to read, and to write where the reader may. */
export function OwnTab({ text, selected }: { text: string; selected: string }): ReactNode {
  const t = useWords('catalogue');
  const { id: tenant, api } = useTenant();
  const { rows } = useOwn();
  const mayWrite = useMayWrite();
  const [writing, setWriting] = useAddress('write');
  const changed = rows.find(({ id, retired }) => id === writing && !retired);
  if (mayWrite && (writing === 'new' || changed))
    return <OwnForm key={writing} kept={changed ?? null} onDone={() => setWriting('')} />;
  const write = mayWrite ? (
    <Button look="primary" onPress={() => setWriting('new')}>
      {t('own-new')}
    </Button>
  ) : undefined;
  if (rows.length === 0)
    return (
      <EmptyState title={t('own-none')} actions={write}>
        <p>{t('own-none-text')}</p>
        <p>{t('own-none-how')}</p>
        {mayWrite ? null : <p>{t('own-none-reader')}</p>}
      </EmptyState>
    );
  const shown = rows.filter((one) => matches(one, text));
  return (
    <div className="stack">
      <p className="muted">{t('own-text')}</p>
      <div className="row screen-only">
        {write}
        <ButtonAnchor href={api.address('/catalogue/own.yaml')} download="own-requirements.yaml">
          {t('own-export')}
        </ButtonAnchor>
      </div>
      {shown.length === 0 ? (
        <EmptyState title={t('none')}>
          <p>{t('none-text')}</p>
        </EmptyState>
      ) : null}
      <ul className="lines">
        {shown.map((one) => (
          <li key={one.id} className="stack-tight">
            <div className="spread">
              <Link
                to="/t/$tenant/catalogue/$entry"
                params={{ tenant, entry: one.id }}
                search={((all: object) => all) as never}
                aria-current={one.id === selected ? 'true' : undefined}
                resetScroll={false}
              >
                <span className="mono small">{one.id}</span> {titleOf(one)}
              </Link>
              <span className="row">
                {one.retired ? <Badge>{t('own-retired')}</Badge> : null}
                {one.faults.length > 0 ? <Badge tone="bad">{t('own-broken')}</Badge> : null}
              </span>
            </div>
            {one.faults.length > 0 ? (
              <Notice tone="warn">
                <p>{t('own-broken-text')}</p>
                {one.faults.map(({ where, message }) => (
                  <p key={`${where} ${message}`}>{message}</p>
                ))}
              </Notice>
            ) : null}
          </li>
        ))}
      </ul>
    </div>
  );
}
