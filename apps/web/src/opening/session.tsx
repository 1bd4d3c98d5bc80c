import type { OpenerKey, OpeningView } from 'proviso-server/contract';
import { type ReactNode, useState } from 'react';
import { useGive, usePurchase, useTenant } from '../api/index.ts';
import { Button, Card, Field, GivingNotice, Notice, ProblemNotice } from '../design/index.ts';
import { submits } from '../design/submits.ts';
import { useFormats, useWords } from '../i18n/index.ts';
import { combinedIdentity, type Part, sharesToPass } from './shares.ts';
import { unlock } from './unlock.ts';

/** Refusals of sealing that an opener can do something about. */
const SAID = [
  'wrong-passphrase',
  'broken-identity',
  'not-a-holder',
  'wrong-key',
  'wrong-share',
  'tampered-share',
  'broken-share',
  'same-share',
  'wrong-secret',
];

/** The opening of one part, step by step. */
export function Session({ id, part, view }: { id: string; part: Part; view: OpeningView }): ReactNode {
  const t = useWords('opening');
  const formats = useFormats();
  const { person, api } = useTenant();
  const { names, purchase } = usePurchase(id);
  const attending = useGive(id);
  const opening = useGive(id);
  /** The opener's secret key; in memory only, and gone with the page. */
  const [identity, setIdentity] = useState<string | null>(null);
  const [busy, setBusy] = useState<'pass' | 'open' | null>(null);
  const [trouble, setTrouble] = useState<unknown>(null);
  const present = view.present.filter((one) => one.part === part);
  const here = present.some((one) => one.person === person);
  const passed = view.passed.filter((one) => one.part === part);
  const holder = purchase.recovery === person && !purchase.openers.includes(person) ? 'recovery' : person;
  const done = purchase.openings.find((one) => one.part === part && one.round === purchase.round)?.done ?? null;
  const nameOf = (one: string): string =>
    view.openers.find((other) => other.id === one)?.name || names[one] || (one === 'recovery' ? t('recovery') : one);

  const step = async (which: 'pass' | 'open', work: (key: string) => Promise<unknown>): Promise<void> => {
    if (identity === null) return;
    setBusy(which);
    setTrouble(null);
    try {
      await work(identity);
    } catch (error) {
      setTrouble(error);
    } finally {
      setBusy(null);
    }
  };
  const pass = () =>
    step('pass', async (key) => {
      const shares = await sharesToPass(view, part, holder, key);
      await opening.change(() => api.post(`/purchases/${id}/opening/pass`, { part, shares }));
    });
  const open = () =>
    step('open', async (key) => {
      const secret = await combinedIdentity(view, part, holder, key);
      const done = await opening.change((version) =>
        api.post(`/purchases/${id}/opening/open`, { version, part, identity: secret }),
      );
      if (done) setIdentity(null);
    });

  return (
    <Card title={t(`session-${part}`)}>
      <ol className="steps">
        <li>
          <h3>{t('step-attend')}</h3>
          <ul>
            {present.map((one) => (
              <li key={one.person}>{t('present', { name: nameOf(one.person), time: formats.moment(one.at) })}</li>
            ))}
          </ul>
          {present.length === 0 ? <p className="muted">{t('present-none')}</p> : null}
          <GivingNotice giving={attending} />
          {here ? null : (
            <Button
              look="primary"
              isPending={attending.pending}
              onPress={() => void attending.give('opening.attend', { part })}
            >
              {t('attend')}
            </Button>
          )}
        </li>
        <li>
          <h3>{t('step-unlock')}</h3>
          {identity === null ? <Unlock onUnlocked={setIdentity} disabled={!here} /> : <p>✓ {t('unlocked')}</p>}
        </li>
        <li>
          <h3>{t('step-pass')}</h3>
          <p className="prose">{t('pass-text')}</p>
          {view.given.includes(part) ? <p role="status">✓ {t('passed')}</p> : null}
          <Button isDisabled={identity === null} isPending={busy === 'pass'} onPress={() => void pass()}>
            {t('pass')}
          </Button>
        </li>
        <li>
          <h3>{t('step-open')}</h3>
          <p className="prose">
            {passed.length === 0
              ? t('open-waits')
              : t('open-ready', { names: formats.list([...new Set(passed.map(({ from }) => nameOf(from)))]) })}
          </p>
          <Button
            look="primary"
            isDisabled={identity === null || passed.length === 0 || present.length < 2}
            isPending={busy === 'open'}
            onPress={() => void open()}
          >
            {t('open', { n: view.offers.filter(({ late }) => !late).length })}
          </Button>
          {busy === 'open' ? <p role="status">{t('opening-now')}</p> : null}
        </li>
        <li>
          <h3>{t('step-confirm')}</h3>
          <p className="prose">
            {done === null
              ? t('confirm-waits')
              : done.by === person
                ? t('confirm-other')
                : t('confirm-text', { name: nameOf(done.by) })}
          </p>
          {done !== null && done.by !== person ? (
            <>
              <code className="hash">{done.hash}</code>
              <Button
                look="primary"
                isDisabled={!here}
                isPending={attending.pending}
                onPress={() => void attending.give('opening.confirm', { part, hash: done.hash })}
              >
                {t('confirm')}
              </Button>
            </>
          ) : null}
        </li>
      </ol>
      <SealingTrouble error={trouble} />
      <GivingNotice giving={opening} />
    </Card>
  );
}

function Unlock({ onUnlocked, disabled }: { onUnlocked(identity: string): void; disabled: boolean }): ReactNode {
  const t = useWords('opening');
  const { api } = useTenant();
  const [passphrase, setPassphrase] = useState('');
  const [pending, setPending] = useState(false);
  const [trouble, setTrouble] = useState<unknown>(null);
  const go = async (): Promise<void> => {
    setPending(true);
    setTrouble(null);
    try {
      const { protectedIdentity } = await api.get<OpenerKey>('/opener-key');
      onUnlocked(await unlock({ protectedIdentity, passphrase }));
      setPassphrase('');
    } catch (error) {
      setTrouble(error);
    } finally {
      setPending(false);
    }
  };
  return (
    <form className="stack" onSubmit={submits(() => void go())}>
      <Field
        label={t('passphrase')}
        hint={t('passphrase-hint')}
        type="password"
        autoComplete="off"
        value={passphrase}
        onChange={setPassphrase}
        disabled={disabled}
      />
      <SealingTrouble error={trouble} />
      <div>
        <Button type="submit" isPending={pending} isDisabled={disabled || passphrase === ''}>
          {t('unlock')}
        </Button>
      </div>
    </form>
  );
}

/** A refusal of sealing in the reader's words; anything else as everywhere. */
function SealingTrouble({ error }: { error: unknown }): ReactNode {
  const t = useWords('opening');
  const { code } = (error ?? {}) as { code?: unknown };
  if (typeof code === 'string')
    return <Notice tone="bad" title={SAID.includes(code) ? t(`trouble-${code}`) : t('trouble-other', { code })} />;
  return <ProblemNotice error={error} />;
}
