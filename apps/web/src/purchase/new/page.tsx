import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { NewPurchase, PurchaseView } from 'proviso-server/contract';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { keys, type Tenant, useTenant } from '../../api/index.ts';
import { Button, Notice, PageHeader, ProblemNotice, submits } from '../../design/index.ts';
import { type Language, useLanguage, useWords } from '../../i18n/index.ts';
import { useAddress, Waiting } from '../../shell/index.ts';
import { useKeptAnswers } from '../kept-answers.ts';
import { countryOfZone, ownZone } from '../places.ts';
import { Preview } from '../preview.tsx';
import { QuestionField } from '../question-field.tsx';
import {
  type Answers,
  allAnswered,
  askedIn,
  ceilingOf,
  contextOf,
  faultOf,
  guessed,
  STEPS,
  type Step,
} from '../questions.ts';
import { Summary } from '../summary.tsx';
import '../purchase.css';

const NO_REST = { laws: { add: [], remove: [] }, departures: [] };
type Defaults = Partial<Omit<NewPurchase, 'title' | 'reference'>>;

/** A purchase in plain words, five short steps; beside them, what each answer means for what suppliers must do. */
export default function NewPurchasePage(): ReactNode {
  const tenant = useTenant();
  const { language } = useLanguage();
  const defaults = useQuery({
    queryKey: keys.list(tenant.id, 'settings', 'purchase.defaults'),
    queryFn: () => tenant.api.get<{ value: Defaults }>('/settings/purchase.defaults'),
    retry: false,
  });
  if (defaults.isPending) return <Waiting />;
  return <Wizard tenant={tenant} first={firstAnswers(defaults.data?.value ?? {}, tenant, language)} />;
}

function firstAnswers(defaults: Defaults, tenant: Tenant, language: Language): Answers {
  return {
    buyer: tenant.name,
    language,
    // Where the organisation is, if nobody has said so by its settings or an earlier purchase.
    country: countryOfZone(ownZone()),
    zone: ownZone(),
    procedure: 'open',
    ...defaults,
  };
}

function Wizard({ tenant, first }: { tenant: Tenant; first: Answers }): ReactNode {
  const t = useWords('wizard');
  const { answers, answer, resumed, forget } = useKeptAnswers(tenant.id, first);
  const [at, setAt] = useAddress('step', STEPS[0]?.id);
  const [tried, setTried] = useState(false);
  const index = Math.max(
    0,
    STEPS.findIndex(({ id }) => id === at),
  );
  const step = STEPS[index] as Step;
  const create = useCreate(tenant, answers, forget);
  const context = contextOf(answers, NO_REST);
  const go = (to: number): void => {
    setTried(false);
    setAt(STEPS[to]?.id ?? '');
  };
  const onward = (): void => {
    if (askedIn(step, answers).some((one) => faultOf(answers, one))) setTried(true);
    else if (index < STEPS.length - 1) go(index + 1);
    else if (allAnswered(answers)) create.mutate();
    else setTried(true);
  };
  return (
    <>
      <PageHeader title={t('title')}>{t('intro')}</PageHeader>
      <StepList at={index} answers={answers} onGo={go} />
      {resumed ? (
        <Notice actions={<Button onPress={forget}>{t('begin-anew')}</Button>}>
          <p>{t('resumed')}</p>
        </Notice>
      ) : null}
      <div className="columns wizard">
        <form className="stack-roomy" noValidate onSubmit={submits(onward)}>
          <StepHeading key={step.id} step={step} index={index} />
          {askedIn(step, answers).map((question) => (
            <QuestionField key={question.key} {...{ question, answers, onAnswer: answer, showFaults: tried }} />
          ))}
          {step.id === 'check' ? <Summary answers={answers} onGo={go} /> : null}
          {tried ? <Faults step={step} answers={answers} /> : null}
          <ProblemNotice error={create.error} />
          <div className="row">
            {index > 0 ? <Button onPress={() => go(index - 1)}>{t('back')}</Button> : null}
            <Button type="submit" look="primary" isPending={create.isPending}>
              {step.id === 'check' ? t('create') : t('next')}
            </Button>
          </div>
        </form>
        <Preview context={context} guesses={guessed(answers).length} />
      </div>
    </>
  );
}

/** Moves the focus to the new step's heading, so that a screen reader reads on from there. */
function StepHeading({ step, index }: { step: Step; index: number }): ReactNode {
  const t = useWords('wizard');
  const heading = useRef<HTMLHeadingElement>(null);
  const [first] = useState(index === 0);
  useEffect(() => {
    if (!first) heading.current?.focus();
  }, [first]);
  return (
    <div className="stack-tight">
      <h2 ref={heading} tabIndex={-1}>
        {t(`step-${step.id}`)}
      </h2>
      <p className="muted">{t(`step-${step.id}-text`)}</p>
    </div>
  );
}

function StepList({ at, answers, onGo }: { at: number; answers: Answers; onGo(to: number): void }): ReactNode {
  const t = useWords('wizard');
  return (
    <nav aria-label={t('steps')}>
      <ol className="steps">
        {STEPS.map((step, i) => {
          const { id } = step;
          const questions = askedIn(step, answers);
          const done = questions.length > 0 && questions.every((one) => faultOf(answers, one) === null);
          return (
            <li key={id}>
              <button
                type="button"
                className="step"
                aria-current={i === at ? 'step' : undefined}
                onClick={() => onGo(i)}
              >
                <span className="step-number" aria-hidden="true">
                  {done ? '✓' : i + 1}
                </span>
                {t(`step-${id}`)}
                {done ? <span className="unseen">{t('step-done')}</span> : null}
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

function Faults({ step, answers }: { step: Step; answers: Answers }): ReactNode {
  const t = useWords('wizard');
  const questions = step.id === 'check' ? STEPS.flatMap((one) => askedIn(one, answers)) : askedIn(step, answers);
  const open = questions.filter((one) => faultOf(answers, one));
  if (open.length === 0) return null;
  return (
    <Notice tone="bad" title={t('faults', { n: open.length })}>
      <ul>
        {open.map(({ key }) => (
          <li key={key}>{t(`ask-${key}`)}</li>
        ))}
      </ul>
    </Notice>
  );
}

/** Makes the purchase, then its demand. When the second fails the first is not made twice. */
function useCreate(tenant: Tenant, answers: Answers, forget: () => void) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const made = useRef<PurchaseView | null>(null);
  return useMutation({
    async mutationFn() {
      const { title, reference, language, country, zone, procedure, contractMonths } =
        answers as unknown as NewPurchase;
      made.current ??= await tenant.api.post<PurchaseView>('/purchases', {
        title: title.trim(),
        reference: reference.trim(),
        language,
        country,
        zone,
        procedure,
        contractMonths: Number(contractMonths),
        ceiling: ceilingOf(answers),
      });
      const { id } = made.current.purchase;
      const context = contextOf(answers, NO_REST);
      await tenant.api.put(`/purchases/${id}/demand`, { version: made.current.version, context });
      return id;
    },
    async onSuccess(purchase) {
      forget();
      await client.invalidateQueries({ queryKey: keys.tenant(tenant.id) });
      await navigate({ to: '/t/$tenant/purchases/$purchase/overview', params: { tenant: tenant.id, purchase } });
    },
  });
}
