import type { OpeningView, Person, PurchaseView } from 'proviso-server/contract';
import { type ReactNode, useState } from 'react';
import { useBase, useGive, useList, usePart, useTenant } from '../api/index.ts';
import {
  Badge,
  Button,
  ButtonLink,
  Card,
  Checkboxes,
  GivingNotice,
  Notice,
  Select,
  submits,
  toast,
} from '../design/index.ts';
import { useWords } from '../i18n/index.ts';
import { Fingerprint } from './fingerprint.tsx';

/** Who opens and who scores. At least two of each: nobody does either alone. */
export function Team({ view }: { view: PurchaseView }): ReactNode {
  const may = view.actions.includes('people.read');
  return (
    <div className="columns-even">
      <div className="stack">
        {may && view.commands.includes('openers.name') ? <OpenersForm view={view} /> : null}
        <Fingerprints view={view} />
      </div>
      {may && view.commands.includes('evaluators.name') ? <EvaluatorsForm view={view} /> : <Evaluators view={view} />}
    </div>
  );
}

const nameOf = ({ name, email }: Person): string => name ?? email ?? '–';

function OpenersForm({ view }: { view: PurchaseView }): ReactNode {
  const t = useWords('publish');
  const s = useWords('shell');
  const tenant = useTenant();
  const people = useList<Person[]>('people', '/people').filter(({ erased }) => !erased);
  const { base, adopt } = useBase(view, (one) => [one.openers, one.recovery]);
  const [openers, setOpeners] = useState(base.purchase.openers);
  const [recovery, setRecovery] = useState(base.purchase.recovery ?? '');
  const giving = useGive(view.purchase.id);
  const undo = useGive(view.purchase.id);
  const able = people.filter(({ roles }) => roles.includes('opener'));
  const finish = (): void => {
    const before = { openers: base.purchase.openers, recovery: base.purchase.recovery };
    adopt();
    toast({
      text: t('team-saved'),
      undo: before.openers.length >= 2 ? () => void undo.give('openers.name', before) : undefined,
    });
  };
  const send = async (): Promise<void> => {
    if (await giving.give('openers.name', { openers, recovery: recovery === '' ? null : recovery }, base)) finish();
  };
  if (able.length < 2)
    return (
      <Notice
        tone="warn"
        title={t('openers-few')}
        actions={
          <ButtonLink to="/t/$tenant/admin" params={{ tenant: tenant.id }}>
            {t('to-people')}
          </ButtonLink>
        }
      >
        <p>{t('openers-few-text')}</p>
      </Notice>
    );
  return (
    <Card title={t('openers')}>
      <form className="stack" onSubmit={submits(() => void send())}>
        <Checkboxes
          label={t('openers-label')}
          hint={t('openers-hint')}
          options={able.map((one) => ({
            id: one.id,
            text: nameOf(one),
            hint: one.opener ? undefined : t('opener-no-key'),
          }))}
          value={openers}
          onChange={setOpeners}
          error={openers.length < 2 ? t('openers-two') : null}
        />
        <Select
          label={t('recovery')}
          hint={t('recovery-hint')}
          empty={t('recovery-none')}
          value={recovery}
          onChange={setRecovery}
          options={people
            .filter(({ id, opener }) => opener && !openers.includes(id))
            .map((one) => ({ id: one.id, text: nameOf(one) }))}
        />
        <GivingNotice giving={giving} onAgain={finish} />
        <div>
          <Button type="submit" look="primary" isPending={giving.pending}>
            {s('save')}
          </Button>
        </div>
      </form>
    </Card>
  );
}

/** The fingerprint of each opener's key: read to each other, so that nobody slips in another's. */
function Fingerprints({ view }: { view: PurchaseView }): ReactNode {
  const t = useWords('publish');
  if (view.purchase.openers.length === 0) return <p className="muted">{t('openers-none')}</p>;
  if (!view.actions.includes('offer.list')) return null;
  return (
    <Card title={t('fingerprints')}>
      <p className="muted">{t('fingerprints-text')}</p>
      <FingerprintList view={view} />
    </Card>
  );
}

function FingerprintList({ view }: { view: PurchaseView }): ReactNode {
  const t = useWords('publish');
  const { openers } = usePart<OpeningView>(view.purchase.id, 'opening', '/opening');
  return (
    <ul className="lines">
      {openers.map(({ id, name, recipient }) => (
        <li key={id} className="stack-tight">
          <strong>{name || (id === 'recovery' ? t('recovery') : t('unknown-person'))}</strong>
          {recipient === null ? (
            <span>
              <Badge tone="warn">{t('opener-no-key')}</Badge> <span className="small">{t('opener-no-key-text')}</span>
            </span>
          ) : (
            <Fingerprint recipient={recipient} />
          )}
        </li>
      ))}
    </ul>
  );
}

function EvaluatorsForm({ view }: { view: PurchaseView }): ReactNode {
  const t = useWords('publish');
  const s = useWords('shell');
  const people = useList<Person[]>('people', '/people').filter(
    ({ erased, roles }) => !erased && roles.includes('evaluator'),
  );
  const { base, adopt } = useBase(view, ({ evaluators }) => evaluators);
  const [chosen, setChosen] = useState(base.purchase.evaluators.map(({ person }) => person));
  const giving = useGive(view.purchase.id);
  const undo = useGive(view.purchase.id);
  const before = base.purchase.evaluators;
  const finish = (): void => {
    adopt();
    toast({
      text: t('team-saved'),
      undo: before.length >= 2 ? () => void undo.give('evaluators.name', { evaluators: before }) : undefined,
    });
  };
  const send = async (): Promise<void> => {
    // Who was named for some lots only stays so.
    const evaluators = chosen.map((person) => before.find((one) => one.person === person) ?? { person, lots: null });
    if (await giving.give('evaluators.name', { evaluators }, base)) finish();
  };
  return (
    <Card title={t('evaluators')}>
      {people.length < 2 ? <p>{t('evaluators-few')}</p> : null}
      <form className="stack" onSubmit={submits(() => void send())}>
        <Checkboxes
          label={t('evaluators-label')}
          hint={t('evaluators-hint')}
          options={people.map((one) => ({ id: one.id, text: nameOf(one) }))}
          value={chosen}
          onChange={setChosen}
          error={chosen.length < 2 ? t('evaluators-two') : null}
        />
        <GivingNotice giving={giving} onAgain={finish} />
        <div>
          <Button type="submit" look="primary" isPending={giving.pending}>
            {s('save')}
          </Button>
        </div>
      </form>
    </Card>
  );
}

function Evaluators({ view }: { view: PurchaseView }): ReactNode {
  const t = useWords('publish');
  return (
    <Card title={t('evaluators')}>
      {view.purchase.evaluators.length === 0 ? <p className="muted">{t('evaluators-none')}</p> : null}
      <ul className="lines">
        {view.purchase.evaluators.map(({ person }) => (
          <li key={person}>{view.names[person] ?? t('unknown-person')}</li>
        ))}
      </ul>
    </Card>
  );
}
