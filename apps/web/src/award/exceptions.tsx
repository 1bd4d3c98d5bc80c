import { type ReactNode, useState } from 'react';
import { useDemand } from '../api/index.ts';
import { Button, Field, Select } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';

/** One clause that is not as the others: somebody else sees to it, or it is left out of the contract. */
export type Exception =
  | { kind: 'owner'; requirement: string; owner: string }
  | { kind: 'dropped'; requirement: string; reason: string };

/** Is a person chosen, or a reason written, for each? */
export const areComplete = (all: readonly Exception[]): boolean =>
  all.every((one) => (one.kind === 'owner' ? one.owner !== '' : one.reason.trim().length >= 3));

/** As the command wants them. */
export function signedWith(all: readonly Exception[]) {
  return {
    owners: all.flatMap((one) => (one.kind === 'owner' ? [{ requirement: one.requirement, owner: one.owner }] : [])),
    dropped: all.flatMap((one) =>
      one.kind === 'dropped' ? [{ requirement: one.requirement, reason: one.reason.trim() }] : [],
    ),
  };
}

/** Names single clauses of a lot: a list of a few, where most have none. */
export function Exceptions(props: {
  id: string;
  /** The requirements that become clauses. */
  requirements: readonly string[];
  people: readonly { id: string; text: string }[];
  value: readonly Exception[];
  onChange(value: Exception[]): void;
}): ReactNode {
  const t = useWords('award');
  const words = useDemand(props.id)?.words.requirements ?? {};
  const [next, setNext] = useState('');
  const { requirements, people, value, onChange } = props;
  const textOf = (one: string): string => `${one} ${words[one]?.title ?? ''}`.trim();
  const left = requirements.filter((one) => !value.some(({ requirement }) => requirement === one));
  const add = (one: Exception): void => {
    onChange([...value, one]);
    setNext('');
  };
  return (
    <div className="stack">
      <p className="muted">{t('exceptions-text')}</p>
      {value.map((one, i) => (
        <fieldset key={one.requirement} className="stack-tight">
          <legend>{textOf(one.requirement)}</legend>
          {one.kind === 'owner' ? (
            <Select
              label={t('owner')}
              optional={false}
              empty={t('owner-choose')}
              value={one.owner}
              onChange={(owner) => onChange(value.with(i, { ...one, owner }))}
              options={people}
            />
          ) : (
            <Field
              label={t('exception-reason')}
              hint={t('exception-reason-hint')}
              lines
              maxLength={4000}
              value={one.reason}
              onChange={(reason) => onChange(value.with(i, { ...one, reason }))}
            />
          )}
          <div>
            <Button small onPress={() => onChange(value.toSpliced(i, 1))}>
              {t('exception-remove')}
              <span className="unseen"> {one.requirement}</span>
            </Button>
          </div>
        </fieldset>
      ))}
      {left.length > 0 ? (
        <>
          <Select
            label={t('exception-clause')}
            empty={t('exception-choose')}
            value={next}
            onChange={setNext}
            options={left.map((one) => ({ id: one, text: textOf(one) }))}
          />
          <div className="row">
            <Button isDisabled={next === ''} onPress={() => add({ kind: 'owner', requirement: next, owner: '' })}>
              {t('exception-owner')}
            </Button>
            <Button isDisabled={next === ''} onPress={() => add({ kind: 'dropped', requirement: next, reason: '' })}>
              {t('exception-drop')}
            </Button>
          </div>
        </>
      ) : null}
    </div>
  );
}
