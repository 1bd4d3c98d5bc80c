import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { OpenerKey as Key, PurchaseAtStake } from 'proviso-server/contract';
import { type ReactNode, useState } from 'react';
import { keys, ProblemError, useList, useTenant } from '../api/index.ts';
import { Button, Card, Checkbox, Field, Fold, Notice, ProblemNotice, submits, toast } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';
import { FingerprintText } from '../publish/fingerprint.tsx';
import { Waiting } from '../shell/index.ts';
import type { KeyAnswer, KeyAsked } from './opener-key-worker.ts';
import { StakeList } from './stake-list.tsx';

/** NIST SP 800-63B-4, section 3.1.1.2: what a password needs that stands alone. As the room for sealing asks it. */
const LEAST = 15;

/** Runs one piece of work in a thread of its own. @throws KeyRefused with the code of the refusal */
async function inWorker(asked: KeyAsked): Promise<Exclude<KeyAnswer, { kind: 'refused' }>> {
  const worker = new Worker(new URL('./opener-key-worker.ts', import.meta.url), { type: 'module' });
  try {
    const answer = await new Promise<KeyAnswer>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<KeyAnswer>) => resolve(data);
      worker.onerror = () => reject(new KeyRefused('unknown'));
      worker.postMessage(asked);
    });
    if (answer.kind === 'refused') throw new KeyRefused(answer.code);
    return answer;
  } finally {
    worker.terminate();
  }
}

class KeyRefused extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** One's own key for opening offers: made here, kept under a passphrase that nobody else ever has. */
export function OpenerKey(): ReactNode {
  const t = useWords('admin');
  const tenant = useTenant();
  const queryKey = keys.list(tenant.id, 'opener-key');
  const key = useQuery({
    queryKey,
    async queryFn({ signal }) {
      try {
        return await tenant.api.get<Key>('/opener-key', { signal });
      } catch (error) {
        if (error instanceof ProblemError && error.status === 404) return null;
        throw error;
      }
    },
  });
  if (key.isPending) return <Waiting />;
  if (key.error) return <ProblemNotice error={key.error} />;
  return (
    <div className="stack prose">
      {key.data ? (
        <>
          <Card title={t('your-fingerprint')}>
            <p className="muted">{t('your-fingerprint-text')}</p>
            <FingerprintText text={key.data.fingerprint} />
          </Card>
          <ChangePassphrase current={key.data} />
          <Fold title={t('replace-key')}>
            <Notice tone="warn">
              <p>{t('replace-key-text')}</p>
            </Notice>
            <AtStake />
            <MakeKey replaces />
          </Fold>
        </>
      ) : (
        <Card title={t('make-key')}>
          <p>{t('make-key-text')}</p>
          <MakeKey replaces={false} />
        </Card>
      )}
    </div>
  );
}

/** What one could not open any more with another key, before it is made. */
function AtStake(): ReactNode {
  const t = useWords('admin');
  const held = useList<PurchaseAtStake[]>('opener-key-purchases', '/opener-key/purchases');
  const kinds = [
    ['replace-lost', 'bad', held.filter(({ lost }) => lost)],
    ['replace-unreadable', 'warn', held.filter(({ published, lost }) => published && !lost)],
    ['replace-again', 'neutral', held.filter(({ published }) => !published)],
  ] as const;
  return kinds.map(([title, tone, purchases]) =>
    purchases.length === 0 ? null : (
      <Notice key={title} tone={tone} title={t(title)}>
        <StakeList purchases={purchases} />
      </Notice>
    ),
  );
}

function MakeKey({ replaces }: { replaces: boolean }): ReactNode {
  const t = useWords('admin');
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [sure, setSure] = useState(!replaces);
  const [tried, setTried] = useState(false);
  const fault = passphraseFault(passphrase, again);
  const keep = useKeep();
  const make = useMutation({
    async mutationFn() {
      const made = await inWorker({ kind: 'make', passphrase });
      if (made.kind !== 'made') return;
      const { recipient, fingerprint, protectedIdentity } = made;
      await keep({ recipient, fingerprint, protectedIdentity });
    },
    onSuccess() {
      setPassphrase('');
      setAgain('');
      setTried(false);
      toast({ text: t('key-kept') });
    },
  });
  return (
    <form
      className="stack"
      onSubmit={submits(() => {
        setTried(true);
        if (fault === null && sure) make.mutate();
      })}
    >
      <Field
        label={t('passphrase')}
        hint={t('passphrase-hint', { n: LEAST })}
        type="password"
        autoComplete="new-password"
        value={passphrase}
        onChange={setPassphrase}
        error={tried && fault ? t(fault, { n: LEAST }) : null}
      />
      <Field
        label={t('passphrase-again')}
        type="password"
        autoComplete="new-password"
        value={again}
        onChange={setAgain}
      />
      {replaces ? (
        <Checkbox selected={sure} onChange={setSure}>
          {t('replace-key-sure')}
        </Checkbox>
      ) : null}
      <KeyProblem error={make.error} />
      <p className="muted small">{t('passphrase-lost')}</p>
      <div>
        <Button type="submit" look={replaces ? 'danger' : 'primary'} isPending={make.isPending} isDisabled={!sure}>
          {t('make-key')}
        </Button>
      </div>
    </form>
  );
}

function ChangePassphrase({ current }: { current: Key }): ReactNode {
  const t = useWords('admin');
  const [passphrase, setPassphrase] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [tried, setTried] = useState(false);
  const fault = passphraseFault(next, again);
  const keep = useKeep();
  const change = useMutation({
    async mutationFn() {
      const { protectedIdentity } = current;
      const changed = await inWorker({ kind: 'change', protectedIdentity, passphrase, next });
      await keep({ ...current, protectedIdentity: changed.protectedIdentity });
    },
    onSuccess() {
      for (const set of [setPassphrase, setNext, setAgain]) set('');
      setTried(false);
      toast({ text: t('passphrase-changed') });
    },
  });
  return (
    <Fold title={t('change-passphrase')}>
      <form
        className="stack"
        onSubmit={submits(() => {
          setTried(true);
          if (fault === null) change.mutate();
        })}
      >
        <Field
          label={t('passphrase-now')}
          type="password"
          autoComplete="current-password"
          value={passphrase}
          onChange={setPassphrase}
        />
        <Field
          label={t('passphrase-next')}
          hint={t('passphrase-hint', { n: LEAST })}
          type="password"
          autoComplete="new-password"
          value={next}
          onChange={setNext}
          error={tried && fault ? t(fault, { n: LEAST }) : null}
        />
        <Field
          label={t('passphrase-again')}
          type="password"
          autoComplete="new-password"
          value={again}
          onChange={setAgain}
        />
        <KeyProblem error={change.error} />
        <div>
          <Button type="submit" isPending={change.isPending}>
            {t('change-passphrase')}
          </Button>
        </div>
      </form>
    </Fold>
  );
}

function useKeep(): (key: Key) => Promise<void> {
  const tenant = useTenant();
  const client = useQueryClient();
  return async (key) => {
    await tenant.api.put('/opener-key', key);
    await client.invalidateQueries({ queryKey: keys.list(tenant.id, 'opener-key') });
    await client.invalidateQueries({ queryKey: keys.list(tenant.id, 'people') });
    await client.invalidateQueries({ queryKey: keys.list(tenant.id, 'opener-key-purchases') });
  };
}

function KeyProblem({ error }: { error: unknown }): ReactNode {
  const t = useWords('admin');
  if (!(error instanceof KeyRefused)) return <ProblemNotice error={error} />;
  const known = ['weak-passphrase', 'wrong-passphrase', 'broken-identity'].includes(error.code);
  return (
    <Notice tone="bad">
      <p>{t(known ? error.code : 'key-failed', { n: LEAST })}</p>
    </Notice>
  );
}

function passphraseFault(one: string, again: string): 'weak-passphrase' | 'passphrase-differs' | null {
  if ([...one.normalize('NFKC')].length < LEAST) return 'weak-passphrase';
  return one === again ? null : 'passphrase-differs';
}
