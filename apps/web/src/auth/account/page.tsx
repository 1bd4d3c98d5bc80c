import { useMutation, useQuery } from '@tanstack/react-query';
import type { Me } from 'proviso-server/contract';
import { type ReactNode, useState } from 'react';
import { api } from '../../api/index.ts';
import { Button, Card, Field, Notice, PageHeader, ProblemNotice, submits, toast } from '../../design/index.ts';
import { useFormats, useWords } from '../../i18n/index.ts';
import { Outside, SignedIn } from '../../shell/index.ts';
import { addPasskey, knowsPasskeys } from '../passkey.ts';
import { LEAST_PASSWORD, passwordFault } from '../password.ts';
import { TwoFactor } from '../two-factor.tsx';

/** One's own account, whatever organisation: password, passkeys, codes. */
export default function AccountPage(): ReactNode {
  return <SignedIn>{(me) => <Account me={me} />}</SignedIn>;
}

function Account({ me }: { me: Me }): ReactNode {
  const t = useWords('auth');
  return (
    <Outside>
      <div className="stack">
        <PageHeader title={t('account-title')}>{`${me.account.name} · ${me.account.email}`}</PageHeader>
        <p>
          <a href="/">{t('back-to-work')}</a>
        </p>
        <TwoFactor on={me.account.twoFactor} />
        {knowsPasskeys() ? <Passkeys /> : null}
        <Password />
      </div>
    </Outside>
  );
}

interface Passkey {
  id: string;
  name?: string | null;
  createdAt?: string | null;
}

function Passkeys(): ReactNode {
  const t = useWords('auth');
  const formats = useFormats();
  const [name, setName] = useState('');
  const list = useQuery({
    queryKey: ['passkeys'],
    queryFn: () => api.get<Passkey[]>('/auth/passkey/list-user-passkeys'),
  });
  const add = useMutation({
    mutationFn: () => addPasskey(name),
    async onSuccess(done) {
      if (!done) return;
      setName('');
      toast({ text: t('passkey-added') });
      await list.refetch();
    },
  });
  const remove = useMutation({
    mutationFn: (id: string) => api.post('/auth/passkey/delete-passkey', { id }),
    onSuccess: () => list.refetch(),
  });
  return (
    <Card title={t('passkeys')}>
      <p className="muted">{t('passkeys-text')}</p>
      {list.data?.length ? (
        <ul className="lines">
          {list.data.map((one) => (
            <li key={one.id} className="spread">
              <span>
                {one.name || t('passkey-unnamed')}{' '}
                {one.createdAt ? <span className="muted small">{formats.day(one.createdAt)}</span> : null}
              </span>
              <Button small onPress={() => remove.mutate(one.id)} isPending={remove.isPending}>
                {t('remove')}
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      <form className="stack" onSubmit={submits(() => add.mutate())}>
        <Field label={t('passkey-name')} hint={t('passkey-name-hint')} value={name} onChange={setName} maxLength={80} />
        <ProblemNotice error={add.error ?? remove.error} />
        <Button type="submit" isPending={add.isPending}>
          {t('passkey-add')}
        </Button>
      </form>
    </Card>
  );
}

function Password(): ReactNode {
  const t = useWords('auth');
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [tried, setTried] = useState(false);
  const fault = passwordFault(next);
  const change = useMutation({
    mutationFn: () =>
      api.post('/auth/change-password', { currentPassword: current, newPassword: next, revokeOtherSessions: true }),
    onSuccess() {
      setCurrent('');
      setNext('');
      setTried(false);
      toast({ text: t('password-changed') });
    },
  });
  return (
    <Card title={t('change-password')}>
      <form
        className="stack"
        onSubmit={submits(() => {
          setTried(true);
          if (fault === null) change.mutate();
        })}
      >
        <Field
          label={t('password-now')}
          type="password"
          autoComplete="current-password"
          value={current}
          onChange={setCurrent}
        />
        <Field
          label={t('password-new')}
          hint={t('password-hint', { n: LEAST_PASSWORD })}
          type="password"
          autoComplete="new-password"
          value={next}
          onChange={setNext}
          error={tried && fault ? t(fault, { n: LEAST_PASSWORD }) : null}
        />
        {change.error ? (
          <Notice tone="bad">
            <p>{t('password-not-changed')}</p>
          </Notice>
        ) : null}
        <Button type="submit" isPending={change.isPending}>
          {t('change-password')}
        </Button>
      </form>
    </Card>
  );
}
