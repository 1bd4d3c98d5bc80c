import type { Person } from 'proviso-server/contract';
import { type ReactNode, useId, useState } from 'react';
import { useGive, useOptionalList, usePurchase } from '../api/index.ts';
import { Button, Card, Deadline, Facts, Field, Fold, GivingNotice, Notice, Select, useNow } from '../design/index.ts';
import { submits } from '../design/submits.ts';
import { useFormats, useWords } from '../i18n/index.ts';
import { centsOf } from '../offer/amount.ts';
import type { Award } from './decision.tsx';
import { areComplete, type Exception, Exceptions, signedWith } from './exceptions.tsx';
import { type AwardParts, clausesOf } from './parts.ts';

/** The contracts of an award: each clause becomes an obligation of whoever is named. */
export function Signing(props: AwardParts & { award: Award }): ReactNode {
  const t = useWords('award');
  const { id, lot, award } = props;
  const { purchase, commands } = usePurchase(id);
  const now = useNow();
  const { standstill } = award;
  if (!standstill) return null;
  const runs = standstill.means !== 'none' && now <= new Date(standstill.end.instant);
  return (
    <>
      {award.offers.map((offer) => {
        const contract = purchase.contracts.find((one) => one.lot === lot && one.offer === offer);
        const name = props.view.names[offer] ?? offer;
        if (contract) return <Signed key={offer} id={id} name={name} contract={contract} />;
        if (runs)
          return (
            <Notice key={offer} title={t('sign-waits', { name })}>
              <p>
                {t('standstill')}: <Deadline at={standstill.end.instant} zone={standstill.end.zone} />
              </p>
            </Notice>
          );
        return commands.includes('contract.sign') ? (
          <Sign key={offer} {...props} offer={offer} name={name} />
        ) : (
          <Notice key={offer} title={t('sign-not-you')} />
        );
      })}
    </>
  );
}

function Signed(props: {
  id: string;
  name: string;
  contract: ReturnType<typeof usePurchase>['purchase']['contracts'][number];
}): ReactNode {
  const t = useWords('award');
  const formats = useFormats();
  const { purchase } = usePurchase(props.id);
  const { contract, name } = props;
  const own = (one: { lot: string; offer: string }): boolean =>
    one.lot === contract.lot && one.offer === contract.offer;
  const dropped = purchase.dropped.filter(own);
  return (
    <Card title={t('signed', { name })}>
      <Facts
        facts={[
          [t('from'), formats.day(contract.from)],
          [t('to'), formats.day(contract.to)],
          [t('value'), contract.value === null ? '–' : formats.money(contract.value)],
          [t('hash'), <code key="hash">{contract.hash}</code>],
          [t('obligations'), formats.number(purchase.obligations.filter(own).length)],
        ]}
      />
      {dropped.length > 0 ? (
        <>
          <h3>{t('dropped')}</h3>
          <ul className="lines">
            {dropped.map((one) => (
              <li key={one.requirement}>
                {one.requirement}: {t(`dropped-${one.because}`)} {one.reason}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </Card>
  );
}

function Sign({ id, lot, offer, name }: AwardParts & { offer: string; name: string }): ReactNode {
  const t = useWords('award');
  const giving = useGive(id);
  const people = useOptionalList<Person[]>('people', '/people') ?? [];
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [value, setValue] = useState('');
  const [owner, setOwner] = useState('');
  const [hash, setHash] = useState('');
  const [exceptions, setExceptions] = useState<Exception[]>([]);
  const { purchase } = usePurchase(id);
  const persons = people
    .filter(({ erased }) => !erased)
    .map((one) => ({ id: one.id, text: one.name ?? one.email ?? one.id }));
  const file = useId();
  const cents = value.trim() === '' ? null : centsOf(value);
  const wrong = value.trim() !== '' && cents === null;
  const choose = async (chosen: File | undefined): Promise<void> => {
    setHash(chosen ? await sha256Of(chosen) : '');
  };
  const send = (): void =>
    void giving.give('contract.sign', { lot, offer, from, to, hash, value: cents, owner, ...signedWith(exceptions) });
  return (
    <Card title={t('sign', { name })}>
      <p className="prose">{t('sign-text')}</p>
      <form className="stack" onSubmit={submits(send)}>
        <div className="row">
          <Field label={t('from')} type="date" narrow value={from} onChange={setFrom} />
          <Field
            label={t('to')}
            type="date"
            narrow
            value={to}
            onChange={setTo}
            error={from !== '' && to !== '' && to <= from ? t('to-fault') : null}
          />
        </div>
        <Field
          label={t('value')}
          optional
          narrow
          inputMode="decimal"
          value={value}
          onChange={setValue}
          error={wrong ? t('value-fault') : null}
        />
        <Select
          label={t('owner')}
          hint={t('owner-hint')}
          optional={false}
          empty={t('owner-choose')}
          value={owner}
          onChange={setOwner}
          options={persons}
        />
        <Fold title={t('exceptions', { n: exceptions.length })}>
          <Exceptions
            id={id}
            requirements={clausesOf(purchase, lot)}
            people={persons}
            value={exceptions}
            onChange={setExceptions}
          />
        </Fold>
        <div className="field">
          <label className="field-label" htmlFor={file}>
            {t('contract-file')}
          </label>
          <span className="field-hint">{t('contract-file-hint')}</span>
          <input id={file} type="file" onChange={(event) => void choose(event.target.files?.[0])} />
          {hash === '' ? null : <code className="hash">{hash}</code>}
        </div>
        <GivingNotice giving={giving} />
        <div>
          <Button
            type="submit"
            look="primary"
            isPending={giving.pending}
            isDisabled={from === '' || to <= from || wrong || owner === '' || hash === '' || !areComplete(exceptions)}
          >
            {t('sign-send')}
          </Button>
        </div>
      </form>
    </Card>
  );
}

/** SHA-256 of a file, in hexadecimals; the file itself goes nowhere. */
async function sha256Of(file: File): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
