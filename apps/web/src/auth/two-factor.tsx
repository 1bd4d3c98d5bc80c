import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, Suspense, useState } from 'react';
import { api, keys } from '../api/index.ts';
import { Badge, Button, Card, Facts, Field, Notice, submits, toast } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';
import { Waiting } from '../shell/index.ts';
import { QrCode } from './qr.tsx';

interface Enrolment {
  totpURI: string;
  backupCodes: string[];
}

/** Codes from an authenticator app as a second step. The secret is shown as a picture for a phone, as text, and as a link that opens an app on the same device. */
export function TwoFactor({ on }: { on: boolean }): ReactNode {
  const t = useWords('auth');
  const client = useQueryClient();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const refresh = () => client.invalidateQueries({ queryKey: keys.me });
  const begin = useMutation({
    mutationFn: () => api.post<Enrolment>('/auth/two-factor/enable', { password }),
    onSuccess(given) {
      setEnrolment(given);
      setPassword('');
    },
  });
  const finish = useMutation({
    mutationFn: () => api.post('/auth/two-factor/verify-totp', { code: code.replaceAll(/\s/g, '') }),
    async onSuccess() {
      setEnrolment(null);
      setCode('');
      toast({ text: t('two-factor-on-now') });
      await refresh();
    },
  });
  const stop = useMutation({
    mutationFn: () => api.post('/auth/two-factor/disable', { password }),
    async onSuccess() {
      setPassword('');
      await refresh();
    },
  });
  return (
    <Card
      title={t('two-factor')}
      actions={<Badge tone={on ? 'good' : 'warn'}>{on ? t('two-factor-on') : t('two-factor-off')}</Badge>}
    >
      <p className="muted">{t('two-factor-text')}</p>
      {enrolment ? (
        <form className="stack" onSubmit={submits(() => finish.mutate())}>
          <p>{t('two-factor-scan')}</p>
          <Suspense fallback={<Waiting />}>
            <QrCode text={enrolment.totpURI} label={t('two-factor-qr')} />
          </Suspense>
          <Facts
            facts={[
              [t('two-factor-secret'), <code key="secret">{secretOf(enrolment.totpURI)}</code>],
              [
                t('two-factor-link'),
                <a key="link" href={enrolment.totpURI}>
                  {t('two-factor-open')}
                </a>,
              ],
            ]}
          />
          <Notice tone="warn" title={t('backup-codes')}>
            <p>{t('backup-codes-text')}</p>
            <ul className="mono">
              {enrolment.backupCodes.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          </Notice>
          <Field
            label={t('code')}
            hint={t('code-hint')}
            value={code}
            onChange={setCode}
            inputMode="numeric"
            autoComplete="one-time-code"
            error={finish.error ? t('wrong-code') : null}
          />
          <Button type="submit" look="primary" isPending={finish.isPending}>
            {t('two-factor-finish')}
          </Button>
        </form>
      ) : (
        <form className="stack" onSubmit={submits(() => (on ? stop : begin).mutate())}>
          <Field
            label={t('password')}
            hint={t('two-factor-password')}
            type="password"
            autoComplete="current-password"
            value={password}
            onChange={setPassword}
            error={begin.error || stop.error ? t('wrong-password') : null}
          />
          <Button type="submit" look={on ? 'danger' : 'primary'} isPending={begin.isPending || stop.isPending}>
            {on ? t('two-factor-stop') : t('two-factor-begin')}
          </Button>
        </form>
      )}
    </Card>
  );
}

/** The secret of an `otpauth:` address, in groups that can be typed. */
function secretOf(uri: string): string {
  const secret = /[?&]secret=([A-Z2-7]+)/i.exec(uri)?.[1] ?? '';
  return secret.replaceAll(/(.{4})(?=.)/g, '$1 ');
}
