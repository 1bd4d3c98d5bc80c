import type { Departure, Level } from '@proviso/catalogue';
import type { DemandView, PurchaseView } from 'proviso-server/contract';
import { type ReactNode, useState } from 'react';
import { useTenant } from '../api/index.ts';
import { Button, Dialog, Field, GivingNotice, Notice, Radios, submits } from '../design/index.ts';
import { useLanguage, useWords } from '../i18n/index.ts';
import { useChangeContext } from './change-context.ts';
import { Consequence } from './consequence.tsx';
import { ExplanationFields, emptyExplanation, explanationFault, trimmed } from './departure-fields.tsx';

export type Departing =
  | { kind: 'leave-out' }
  | { kind: 'set-level'; level: Level }
  | { kind: 'set-parameter'; parameter: string; value: number };

const LEVELS = ['basic', 'standard', 'advanced'] as const;

/** A departure from what was derived: what, what it changes, why, who answers for it. */
export function DepartureDialog(props: {
  departing: Departing;
  requirement: string;
  demand: DemandView;
  view: PurchaseView;
  onClose(): void;
}): ReactNode {
  const t = useWords('demand');
  const s = useWords('shell');
  const { me } = useTenant();
  const { requirement, demand, onClose } = props;
  const [base] = useState(props.view);
  const [departing, setDeparting] = useState(props.departing);
  const [explanation, setExplanation] = useState(() => emptyExplanation(me.account.name, new Date()));
  const [tried, setTried] = useState(false);
  const { giving, put } = useChangeContext(base.purchase.id);
  const { context } = demand.file.demand;
  const change: Departure = { requirement, ...departing, ...trimmed(explanation) };
  const departures = [...context.departures.filter((one) => !isSame(one, change)), change];
  const range = rangeOf(demand, requirement, departing);
  const outside =
    range !== null &&
    departing.kind === 'set-parameter' &&
    (!Number.isFinite(departing.value) || departing.value < range[0] || departing.value > range[1]);
  const fault = explanationFault(explanation) || outside;
  const save = async (): Promise<void> => {
    setTried(true);
    if (!fault && (await put({ ...context, departures }, demand, base))) onClose();
  };
  return (
    <Dialog title={t(`depart-${departing.kind}`)} open onClose={onClose} wide stays={giving.pending}>
      <form className="stack" noValidate onSubmit={submits(() => void save())}>
        <p>
          <span className="mono">{requirement}</span> {demand.words.requirements[requirement]?.title}
        </p>
        <Choice
          departing={departing}
          onChange={setDeparting}
          demand={demand}
          requirement={requirement}
          outside={outside}
        />
        <Consequence demand={demand} departures={departures} requirement={requirement} wait={outside} />
        <ExplanationFields value={explanation} onChange={setExplanation} />
        {tried && fault ? (
          <Notice tone="bad">
            <p>{t('depart-fault')}</p>
          </Notice>
        ) : null}
        <GivingNotice giving={giving} onAgain={onClose} />
        <div className="row-end">
          <Button onPress={onClose}>{s('cancel')}</Button>
          <Button type="submit" look="primary" isPending={giving.pending}>
            {t('depart-save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Choice(props: {
  departing: Departing;
  onChange(departing: Departing): void;
  demand: DemandView;
  requirement: string;
  outside: boolean;
}): ReactNode {
  const t = useWords('demand');
  const s = useWords('shell');
  const { language } = useLanguage();
  const { departing, onChange, demand, requirement } = props;
  const entry = demand.file.catalogue.requirements.find(({ id }) => id === requirement);
  if (departing.kind === 'leave-out') return <p>{t('depart-leave-out-text')}</p>;
  if (departing.kind === 'set-level')
    return (
      <Radios
        label={t('level')}
        options={LEVELS.map((id) => ({ id, text: s(`level-${id}`) }))}
        value={departing.level}
        onChange={(level) => onChange({ kind: 'set-level', level: level as Level })}
      />
    );
  const parameter = entry?.parameters.find(({ id }) => id === departing.parameter);
  const [least = 0, most = 0] = parameter?.range ?? [];
  const range = t('depart-range', { least, most });
  return (
    <Field
      label={parameter?.label[language] ?? departing.parameter}
      hint={range}
      error={props.outside ? range : null}
      type="number"
      narrow
      value={Number.isFinite(departing.value) ? String(departing.value) : ''}
      onChange={(value) => onChange({ ...departing, value: value === '' ? Number.NaN : Number(value) })}
    />
  );
}

function rangeOf(demand: DemandView, requirement: string, departing: Departing): [number, number] | null {
  if (departing.kind !== 'set-parameter') return null;
  const entry = demand.file.catalogue.requirements.find(({ id }) => id === requirement);
  return entry?.parameters.find(({ id }) => id === departing.parameter)?.range ?? null;
}

/** A later departure takes the place of the earlier one about the same thing. */
function isSame(one: Departure, other: Departure): boolean {
  return one.requirement === other.requirement && one.kind === other.kind && one.parameter === other.parameter;
}
