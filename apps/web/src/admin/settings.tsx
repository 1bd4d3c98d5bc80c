import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { NewPurchase } from 'proviso-server/contract';
import { type ReactNode, useState } from 'react';
import { keys, useList, useTenant } from '../api/index.ts';
import { Button, Card, Field, ProblemNotice, submits, toast } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';
import { QuestionField } from '../purchase/question-field.tsx';
import type { Answers, Question } from '../purchase/questions.ts';

interface Setting<Value> {
  value: Value;
  version: number;
}
type Defaults = Omit<NewPurchase, 'title' | 'reference'>;

const ASKED: readonly Question[] = [
  { key: 'country', kind: 'country' },
  { key: 'language', kind: 'language' },
  { key: 'zone', kind: 'zone' },
  { key: 'procedure', kind: 'procedure' },
  { key: 'contractMonths', kind: 'months' },
];

/** What new purchases begin with, and how long the words of the log are kept. */
export function Settings(): ReactNode {
  return (
    <div className="stack prose">
      <PurchaseDefaults />
      <Retention />
    </div>
  );
}

/** Saves a setting over the version that was read; a 409 says that somebody else saved first, and shows theirs after loading again. */
function useSetting<Value>(name: string) {
  const t = useWords('admin');
  const tenant = useTenant();
  const client = useQueryClient();
  const kept = useList<Setting<Value>>('settings', `/settings/${name}`);
  const [version, setVersion] = useState(kept.version);
  const save = useMutation({
    mutationFn: (value: unknown) => tenant.api.put<Setting<Value>>(`/settings/${name}`, { version, value }),
    async onSuccess(saved) {
      setVersion(saved.version);
      toast({ text: t('saved') });
      await client.invalidateQueries({ queryKey: keys.list(tenant.id, 'settings') });
    },
  });
  return { kept: kept.value, save };
}

function PurchaseDefaults(): ReactNode {
  const t = useWords('admin');
  const s = useWords('shell');
  const { kept, save } = useSetting<Defaults>('purchase.defaults');
  const [answers, setAnswers] = useState<Answers>(() => ({ ...kept }));
  return (
    <Card title={t('defaults')}>
      <p className="muted">{t('defaults-text')}</p>
      <form className="stack" noValidate onSubmit={submits(() => save.mutate(answers))}>
        {ASKED.map((question) => (
          <QuestionField
            key={question.key}
            question={question}
            answers={answers}
            onAnswer={(key, value) => setAnswers({ ...answers, [key]: value })}
            showFaults
          />
        ))}
        <ProblemNotice error={save.error} />
        <div>
          <Button type="submit" look="primary" isPending={save.isPending}>
            {s('save')}
          </Button>
        </div>
      </form>
    </Card>
  );
}

function Retention(): ReactNode {
  const t = useWords('admin');
  const s = useWords('shell');
  const { kept, save } = useSetting<{ days: number } | null>('retention');
  const [days, setDays] = useState(kept ? String(kept.days) : '');
  const fault = days !== '' && !(Number.isInteger(Number(days)) && Number(days) >= 30 && Number(days) <= 36_500);
  return (
    <Card title={t('retention')}>
      <form
        className="stack"
        noValidate
        onSubmit={submits(() => !fault && days !== '' && save.mutate({ days: Number(days) }))}
      >
        <Field
          label={t('retention-days')}
          hint={t('retention-hint')}
          error={fault ? t('retention-fault') : null}
          type="number"
          min={30}
          max={36500}
          narrow
          optional
          value={days}
          onChange={setDays}
        />
        <ProblemNotice error={save.error} />
        <div>
          <Button type="submit" isPending={save.isPending} isDisabled={fault || days === ''}>
            {s('save')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
