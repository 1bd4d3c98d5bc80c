import { useMutation, useQuery } from '@tanstack/react-query';
import type { Status } from 'proviso-server/contract';
import { type ReactNode, useState } from 'react';
import { api, keys, ProblemError } from '../../api/index.ts';
import { Button, Card, Checkbox, Field, Notice, PageHeader, ProblemNotice, submits } from '../../design/index.ts';
import { useWords } from '../../i18n/index.ts';
import { Outside, useAddress } from '../../shell/index.ts';
import { safeReturn, useGoOn } from '../after.ts';
import { knowsPasskeys, signInByPasskey } from '../passkey.ts';

/** Sign-in by password, and by a code where the account asks for one; or by passkey. */
export default function SignInPage(): ReactNode {
  const t = useWords('auth');
  const [to] = useAddress('to', '/');
  const goOn = useGoOn();
  const [asksCode, setAsksCode] = useState(false);
  const status = useQuery({ queryKey: keys.status, queryFn: () => api.get<Status>('/status') });
  if (status.data?.setUp === false)
    return (
      <Outside>
        <div className="stack">
          <PageHeader title={t('not-set-up-title')} />
          <p>{t('not-set-up-text')}</p>
        </div>
      </Outside>
    );
  return (
    <Outside>
      <div className="stack">
        <PageHeader title={t('sign-in-title')} />
        {status.data?.signOn && !asksCode ? <SignOn to={to} /> : null}
        {asksCode ? (
          <CodeForm onDone={() => goOn(to)} />
        ) : (
          <PasswordForm onDone={() => goOn(to)} onCode={() => setAsksCode(true)} />
        )}
      </div>
    </Outside>
  );
}

/** The organisation's own provider: the browser goes there and comes back signed in, or refused. */
function SignOn({ to }: { to: string }): ReactNode {
  const t = useWords('auth');
  const [error] = useAddress('error', '');
  const go = useMutation({
    async mutationFn() {
      const back = safeReturn(to);
      const asked = { provider: 'oidc', callbackURL: back, errorCallbackURL: '/sign-in', disableRedirect: true };
      const { url } = await api.post<{ url: string }>('/auth/sign-in/social', asked);
      window.location.assign(url);
    },
  });
  return (
    <Card>
      {error === '' ? null : (
        <Notice tone="bad">
          <p>{t(error === 'sign-on-away' ? 'sign-on-away' : 'sign-on-refused')}</p>
        </Notice>
      )}
      <ProblemNotice error={go.error} />
      <Button look="primary" onPress={() => go.mutate()} isPending={go.isPending}>
        {t('sign-on')}
      </Button>
    </Card>
  );
}

function PasswordForm({ onDone, onCode }: { onDone(): Promise<void>; onCode(): void }): ReactNode {
  const t = useWords('auth');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useMutation({
    mutationFn: () => api.post<{ twoFactorRedirect?: boolean }>('/auth/sign-in/email', { email, password }),
    onSuccess: (answer) => (answer.twoFactorRedirect ? onCode() : onDone()),
  });
  const passkey = useMutation({ mutationFn: signInByPasskey, onSuccess: (done) => (done ? onDone() : undefined) });
  return (
    <Card>
      <form className="stack" onSubmit={submits(() => signIn.mutate())}>
        <Field
          label={t('email')}
          type="email"
          autoComplete="username webauthn"
          value={email}
          onChange={setEmail}
          autoFocus
        />
        <Field
          label={t('password')}
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
        />
        <SignInProblem error={signIn.error} refusal={t('wrong-password')} />
        <Button type="submit" look="primary" isPending={signIn.isPending}>
          {t('sign-in')}
        </Button>
      </form>
      {knowsPasskeys() ? (
        <>
          <Button onPress={() => passkey.mutate()} isPending={passkey.isPending}>
            {t('sign-in-passkey')}
          </Button>
          <SignInProblem error={passkey.error} refusal={t('wrong-passkey')} />
        </>
      ) : null}
    </Card>
  );
}

function CodeForm({ onDone }: { onDone(): Promise<void> }): ReactNode {
  const t = useWords('auth');
  const [code, setCode] = useState('');
  const [backup, setBackup] = useState(false);
  const [trustDevice, setTrust] = useState(false);
  const verify = useMutation({
    mutationFn: () =>
      api.post(`/auth/two-factor/${backup ? 'verify-backup-code' : 'verify-totp'}`, {
        code: code.replaceAll(/\s/g, ''),
        trustDevice,
      }),
    onSuccess: onDone,
  });
  return (
    <Card>
      <form className="stack" onSubmit={submits(() => verify.mutate())}>
        <Field
          label={backup ? t('backup-code') : t('code')}
          hint={backup ? t('backup-code-hint') : t('code-hint')}
          value={code}
          onChange={setCode}
          inputMode={backup ? undefined : 'numeric'}
          autoComplete="one-time-code"
          autoFocus
        />
        <Checkbox selected={trustDevice} onChange={setTrust}>
          {t('trust-device')}
        </Checkbox>
        <SignInProblem error={verify.error} refusal={t('wrong-code')} />
        <Button type="submit" look="primary" isPending={verify.isPending}>
          {t('sign-in')}
        </Button>
        <Button look="plain" onPress={() => setBackup(!backup)}>
          {backup ? t('use-code') : t('use-backup-code')}
        </Button>
      </form>
    </Card>
  );
}

/** The library for sign-in refuses in English and tells which half was wrong; ours does neither. */
function SignInProblem({ error, refusal }: { error: unknown; refusal: string }): ReactNode {
  if (error instanceof ProblemError && [400, 401, 403, 422].includes(error.status))
    return (
      <Notice tone="bad">
        <p>{refusal}</p>
      </Notice>
    );
  return <ProblemNotice error={error} />;
}
