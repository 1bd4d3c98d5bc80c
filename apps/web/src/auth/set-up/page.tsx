import { useMutation, useQuery } from '@tanstack/react-query';
import type { Status } from 'proviso-server/contract';
import { type ReactNode, useRef, useState } from 'react';
import { api, keys } from '../../api/index.ts';
import { Button, ButtonLink, Card, Field, Notice, PageHeader, ProblemNotice, submits } from '../../design/index.ts';
import { useWords } from '../../i18n/index.ts';
import { Outside } from '../../shell/index.ts';
import { fragmentToken, useGoOn } from '../after.ts';
import { LEAST_PASSWORD, passwordFault } from '../password.ts';

const EMPTY = { organisation: '', name: '', email: '', password: '' };

/** The first page of a new workbench, behind the link that its first start prints. */
export default function SetUpPage(): ReactNode {
  const t = useWords('auth');
  const goOn = useGoOn();
  const [token] = useState(fragmentToken);
  const [typed, setTyped] = useState(EMPTY);
  const [tried, setTried] = useState(false);
  const founded = useRef(false);
  const status = useQuery({ queryKey: keys.status, queryFn: () => api.get<Status>('/status') });
  const setUp = useMutation({
    async mutationFn() {
      // The link works once: where only signing in failed, trying again may not use it again.
      if (!founded.current) await api.post('/set-up', { token, ...typed });
      founded.current = true;
      await api.post('/auth/sign-in/email', { email: typed.email, password: typed.password });
    },
    onSuccess: () => goOn('/'),
  });
  const set = (field: keyof typeof EMPTY) => (value: string) => setTyped({ ...typed, [field]: value });
  const fault = passwordFault(typed.password);
  if (status.data?.setUp || token === '')
    return (
      <Outside>
        <div className="stack">
          <PageHeader title={t('set-up-title')} />
          <Notice tone="warn" actions={<ButtonLink to="/sign-in">{t('to-sign-in')}</ButtonLink>}>
            <p>{status.data?.setUp ? t('set-up-done') : t('set-up-no-token')}</p>
          </Notice>
        </div>
      </Outside>
    );
  return (
    <Outside>
      <div className="stack">
        <PageHeader title={t('set-up-title')}>{t('set-up-text')}</PageHeader>
        <Card>
          <form
            className="stack"
            onSubmit={submits(() => {
              setTried(true);
              if (fault === null) setUp.mutate();
            })}
          >
            <Field
              label={t('organisation')}
              hint={t('organisation-hint')}
              value={typed.organisation}
              onChange={set('organisation')}
              autoComplete="organization"
              maxLength={200}
              autoFocus
            />
            <Field label={t('name')} value={typed.name} onChange={set('name')} autoComplete="name" maxLength={200} />
            <Field
              label={t('email')}
              type="email"
              value={typed.email}
              onChange={set('email')}
              autoComplete="username"
            />
            <Field
              label={t('password')}
              hint={t('password-hint', { n: LEAST_PASSWORD })}
              type="password"
              value={typed.password}
              onChange={set('password')}
              autoComplete="new-password"
              error={tried && fault ? t(fault, { n: LEAST_PASSWORD }) : null}
            />
            <ProblemNotice error={setUp.error} />
            <Button type="submit" look="primary" isPending={setUp.isPending}>
              {t('set-up')}
            </Button>
          </form>
        </Card>
      </div>
    </Outside>
  );
}
