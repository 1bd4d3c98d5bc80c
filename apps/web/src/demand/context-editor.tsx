import type { Context } from '@proviso/catalogue';
import type { DemandView, PurchaseView } from 'proviso-server/contract';
import { type ReactNode, useState } from 'react';
import { useVocabulary } from '../api/catalogue.ts';
import { Button, Card, Checkboxes, GivingNotice, Notice, submits } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';
import { Preview } from '../purchase/preview.tsx';
import { QuestionField } from '../purchase/question-field.tsx';
import { type Answers, answersOf, contextOf, faultOf, guessed, type Rest, STEPS } from '../purchase/questions.ts';
import { useChangeContext } from './change-context.ts';
import '../purchase/purchase.css';

/** Asked elsewhere: they are the purchase's own, and changed in its description. */
const OF_DESCRIPTION = ['title', 'reference', 'country', 'language', 'zone', 'procedure', 'contractMonths'];
const QUESTIONS = STEPS.flatMap(({ id, questions }) =>
  questions.filter(({ key }) => !OF_DESCRIPTION.includes(key)).map((question) => ({ step: id, question })),
);

/** All questions of a purchase on one page, for changing answers; what the change means stands beside them before it is saved. */
export function ContextEditor(props: { view: PurchaseView; demand: DemandView | null; onDone(): void }): ReactNode {
  const t = useWords('demand');
  const s = useWords('shell');
  const [base] = useState(props.view);
  const { demand, onDone } = props;
  const before = demand?.file.demand.context;
  const [answers, setAnswers] = useState<Answers>(() => firstAnswers(base, before));
  const [rest, setRest] = useState<Rest>(() => ({
    laws: before?.laws ?? { add: [], remove: [] },
    departures: before?.departures ?? [],
  }));
  const [tried, setTried] = useState(false);
  const { giving, put } = useChangeContext(base.purchase.id);
  const context = contextOf(answers, rest);
  const faults = QUESTIONS.filter(({ question }) => faultOf(answers, question));
  const save = async (): Promise<void> => {
    setTried(true);
    if (faults.length > 0 || !context) return;
    if (await put(context, demand, base)) onDone();
  };
  return (
    <div className="columns">
      <form className="stack-roomy" noValidate onSubmit={submits(() => void save())}>
        {QUESTIONS.map(({ question }) => (
          <QuestionField
            key={question.key}
            question={question}
            answers={answers}
            onAnswer={(key, value) => setAnswers({ ...answers, [key]: value })}
            showFaults={tried}
          />
        ))}
        <Laws
          presumed={demand?.file.demand.laws ?? []}
          laws={rest.laws}
          onChange={(laws) => setRest({ ...rest, laws })}
        />
        {tried && faults.length > 0 ? (
          <Notice tone="bad">
            <p>{t('context-faults', { n: faults.length })}</p>
          </Notice>
        ) : null}
        <GivingNotice giving={giving} onAgain={onDone} />
        <div className="row">
          <Button onPress={onDone}>{s('cancel')}</Button>
          <Button type="submit" look="primary" isPending={giving.pending}>
            {t('context-save')}
          </Button>
        </div>
      </form>
      <Preview context={context} guesses={guessed(answers).filter((key) => !OF_DESCRIPTION.includes(key)).length} />
    </div>
  );
}

function firstAnswers({ purchase: { description } }: PurchaseView, before: Context | undefined): Answers {
  const { title, reference, country, language, contractMonths } = description;
  return { ...(before ? answersOf(before) : {}), title, reference, country, language, contractMonths };
}

/** Which laws apply is presumed from the answers; the buyer knows better and says so. */
function Laws(props: {
  presumed: readonly string[];
  laws: Context['laws'];
  onChange(laws: Context['laws']): void;
}): ReactNode {
  const t = useWords('demand');
  const { laws: known } = useVocabulary();
  const { presumed, laws } = props;
  const applies = (id: string): boolean =>
    laws.add.includes(id) || (presumed.includes(id) && !laws.remove.includes(id));
  return (
    <Card title={t('laws')}>
      <Checkboxes
        label={t('laws-label')}
        hint={t('laws-hint')}
        options={known.map(({ id, text, note }) => ({ id, text, hint: note }))}
        value={known.map(({ id }) => id).filter(applies)}
        onChange={(chosen) =>
          props.onChange({
            // What is presumed needs no adding; what is neither presumed nor chosen needs no removing.
            add: chosen.filter((id) => !presumed.includes(id) || laws.add.includes(id)),
            remove: [...presumed, ...laws.remove].filter((id, i, all) => !chosen.includes(id) && all.indexOf(id) === i),
          })
        }
      />
    </Card>
  );
}
