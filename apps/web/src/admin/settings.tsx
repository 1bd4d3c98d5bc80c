import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { NewPurchase, ProbeProfileLine } from 'proviso-server/contract';
import { type ReactNode, useState } from 'react';
import { keys, useList, useTenant } from '../api/index.ts';
import { Button, Card, Field, ProblemNotice, Select, submits, toast } from '../design/index.ts';
import { useLanguage, useWords } from '../i18n/index.ts';
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

/** What new purchases begin with, how suppliers' services are looked at, and how long the words of the log are kept. */
export function Settings(): ReactNode {
  return (
    <div className="stack prose">
      <PurchaseDefaults />
      <Probes />
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

const EVERY = ['off', 'weekly', 'monthly'] as const;

/** By what suppliers' services are looked at, and how often while a contract runs; a purchase can say otherwise. */
function Probes(): ReactNode {
  const t = useWords('admin');
  const s = useWords('shell');
  const { language } = useLanguage();
  const profiles = useList<ProbeProfileLine[]>('probe-profiles', `/probe-profiles?language=${language}`);
  const { kept, save } = useSetting<{ profile: string; every: string }>('probes');
  const [answers, setAnswers] = useState(kept);
  return (
    <Card title={t('probes')}>
      <p className="muted">{t('probes-text')}</p>
      <form className="stack" noValidate onSubmit={submits(() => save.mutate(answers))}>
        <Select
          label={t('probes-profile')}
          value={answers.profile}
          onChange={(profile) => setAnswers({ ...answers, profile })}
          options={profiles.map(({ id, title }) => ({ id, text: `${id}: ${title}` }))}
        />
        <Select
          label={t('probes-every')}
          narrow
          value={answers.every}
          onChange={(every) => setAnswers({ ...answers, every })}
          options={EVERY.map((id) => ({ id, text: t(`probes-${id}`) }))}
        />
        <ProblemNotice error={save.error} />
        <div>
          <Button type="submit" isPending={save.isPending}>
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
