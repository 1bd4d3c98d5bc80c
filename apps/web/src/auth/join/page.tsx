import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useRef, useState } from 'react';
import { api, ProblemError } from '../../api/index.ts';
import { Button, ButtonLink, Card, Field, Notice, PageHeader, ProblemNotice, submits } from '../../design/index.ts';
import { useWords } from '../../i18n/index.ts';
import { Outside, Waiting } from '../../shell/index.ts';
import { fragmentToken, useGoOn } from '../after.ts';
import { LEAST_PASSWORD, passwordFault } from '../password.ts';

interface Invitation {
  email: string;
  name: string;
  organisation: string;
  /** Has this address an account here already? */
  account: boolean;
}

/** An invitation into an organisation: with a new account, or with the one that the invited address has. */
export default function JoinPage(): ReactNode {
  const t = useWords('auth');
  const [token] = useState(fragmentToken);
  const invitation = useQuery({
    queryKey: ['join', token],
    queryFn: ({ signal }) => api.get<Invitation>('/join', { signal, headers: { 'x-proviso-join': token } }),
    enabled: token !== '',
    retry: false,
  });
  return (
    <Outside>
      {token === '' || hasEnded(invitation.error) ? (
        <div className="stack">
          <PageHeader title={t('join-title')} />
          <Notice tone="warn" actions={<ButtonLink to="/sign-in">{t('to-sign-in')}</ButtonLink>}>
            <p>{t('join-gone')}</p>
          </Notice>
        </div>
      ) : invitation.data ? (
        <JoinForm token={token} invitation={invitation.data} />
      ) : invitation.error ? (
        <ProblemNotice error={invitation.error} />
      ) : (
        <Waiting />
      )}
    </Outside>
  );
}

function JoinForm({ token, invitation }: { token: string; invitation: Invitation }): ReactNode {
  const t = useWords('auth');
  const goOn = useGoOn();
  const { account, email, organisation } = invitation;
  const [name, setName] = useState(invitation.name);
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const joined = useRef(false);
  const fault = account ? null : passwordFault(password);
  const join = useMutation({
    async mutationFn() {
      // The link works once: where only signing in failed, trying again may not use it again.
      if (!joined.current) await api.post('/join', { token, name, password });
      joined.current = true;
      await api.post('/auth/sign-in/email', { email, password });
    },
    onSuccess: () => goOn('/'),
  });
  const refused = join.error instanceof ProblemError && join.error.status === 403;
  return (
    <div className="stack">
      <PageHeader title={t('join-title')}>{t('join-text', { organisation })}</PageHeader>
      <Card>
        <form
          className="stack"
          onSubmit={submits(() => {
            setTried(true);
            if (fault === null) join.mutate();
          })}
        >
          <p>{account ? t('join-known', { email }) : t('join-new', { email })}</p>
          <Field label={t('name')} value={name} onChange={setName} autoComplete="name" maxLength={200} />
          <Field
            label={t('password')}
            hint={account ? undefined : t('password-hint', { n: LEAST_PASSWORD })}
            type="password"
            value={password}
            onChange={setPassword}
            autoComplete={account ? 'current-password' : 'new-password'}
            error={tried && fault ? t(fault, { n: LEAST_PASSWORD }) : refused ? t('wrong-password') : null}
          />
          {refused ? null : <ProblemNotice error={join.error} />}
          <Button type="submit" look="primary" isPending={join.isPending}>
            {t('join')}
          </Button>
        </form>
      </Card>
    </div>
  );
}

const hasEnded = (error: unknown): boolean =>
  error instanceof ProblemError && (error.status === 410 || error.status === 404);
