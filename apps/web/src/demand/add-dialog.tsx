import type { Level } from '@proviso/catalogue';
import type { DemandView, PurchaseView } from 'proviso-server/contract';
import { type ReactNode, useState } from 'react';
import { useTenant } from '../api/index.ts';
import { Button, Dialog, GivingNotice, Notice, Radios, Select, submits } from '../design/index.ts';
import { useLanguage, useWords } from '../i18n/index.ts';
import { useChangeContext } from './change-context.ts';
import { Consequence } from './consequence.tsx';
import { ExplanationFields, emptyExplanation, explanationFault, trimmed } from './departure-fields.tsx';

const LEVELS = ['basic', 'standard', 'advanced'] as const;

/** Asks for a requirement that nothing called for. What cannot apply to such a purchase is not offered. */
export function AddDialog(props: { view: PurchaseView; demand: DemandView; onClose(): void }): ReactNode {
  const t = useWords('demand');
  const s = useWords('shell');
  const { language } = useLanguage();
  const { me } = useTenant();
  const { demand, onClose } = props;
  const [base] = useState(props.view);
  const [requirement, setRequirement] = useState('');
  const [level, setLevel] = useState<Level>('standard');
  const [explanation, setExplanation] = useState(() => emptyExplanation(me.account.name, new Date()));
  const [tried, setTried] = useState(false);
  const { giving, put } = useChangeContext(base.purchase.id);
  const { context, excluded } = demand.file.demand;
  const titles = new Map(demand.file.catalogue.requirements.map(({ id, title }) => [id, title[language]]));
  const options = excluded
    .filter(({ exclusion }) => exclusion.kind !== 'not-applicable' && exclusion.kind !== 'left-out')
    .map(({ id }) => ({ id, text: `${id} ${titles.get(id) ?? ''}` }));
  const added = { requirement, kind: 'add' as const, level };
  const fault = requirement === '' || explanationFault(explanation);
  const save = async (): Promise<void> => {
    setTried(true);
    if (fault) return;
    const departures = [...context.departures, { ...added, ...trimmed(explanation) }];
    if (await put({ ...context, departures }, demand, base)) onClose();
  };
  return (
    <Dialog title={t('add-requirement')} open onClose={onClose} wide stays={giving.pending}>
      <form className="stack" noValidate onSubmit={submits(() => void save())}>
        <p className="muted">{t('add-text')}</p>
        <Select
          label={t('requirement')}
          optional={false}
          empty={t('choose')}
          value={requirement}
          onChange={setRequirement}
          options={options}
        />
        <Radios
          label={t('level')}
          options={LEVELS.map((id) => ({ id, text: s(`level-${id}`) }))}
          value={level}
          onChange={(value) => setLevel(LEVELS.find((one) => one === value) ?? 'standard')}
        />
        {requirement === '' ? null : (
          <Consequence
            demand={demand}
            departures={[...context.departures, { ...added, ...trimmed(explanation) }]}
            requirement={requirement}
            wait={false}
          />
        )}
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
