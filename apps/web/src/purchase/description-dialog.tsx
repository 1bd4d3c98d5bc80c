import type { PurchaseView } from 'proviso-server/contract';
import { type ReactNode, useState } from 'react';
import { useGive } from '../api/index.ts';
import { Button, Checkbox, Dialog, Field, GivingNotice, submits, toast } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';
import { QuestionField } from './question-field.tsx';
import { type Answers, CEILING, ceilingOf, faultOf, type Question } from './questions.ts';

const ASKED: readonly Question[] = [
  { key: 'title', kind: 'text' },
  { key: 'reference', kind: 'text', optional: true },
  { key: 'procedure', kind: 'procedure' },
  { key: 'country', kind: 'country' },
  { key: 'language', kind: 'language' },
  { key: 'zone', kind: 'zone' },
  { key: 'contractMonths', kind: 'months' },
  CEILING,
];

/** Changes what is bought and how, with what shortens or lengthens periods by law. */
export function DescriptionDialog({ view, onClose }: { view: PurchaseView; onClose(): void }): ReactNode {
  const t = useWords('purchase');
  const s = useWords('shell');
  const [base] = useState(view);
  const before = base.purchase.description;
  const [answers, setAnswers] = useState<Answers>({
    ...before,
    ceiling: before.ceiling === null ? '' : (before.ceiling / 100).toFixed(2),
  } as Answers);
  const [urgency, setUrgency] = useState(before.urgency);
  const [priorInformation, setPrior] = useState(before.priorInformation ?? '');
  const [longTerm, setLongTerm] = useState(before.longTerm ?? '');
  const giving = useGive(base.purchase.id);
  const undo = useGive(base.purchase.id);
  const asked = ASKED.filter(({ procedure }) => procedure === undefined || procedure === answers.procedure);
  const save = async (): Promise<void> => {
    if (asked.some((one) => faultOf(answers, one))) return;
    const done = await giving.give(
      'purchase.describe',
      {
        ...before,
        ...answers,
        title: String(answers.title).trim(),
        reference: String(answers.reference ?? '').trim() || null,
        contractMonths: Number(answers.contractMonths),
        urgency,
        priorInformation: priorInformation === '' ? null : priorInformation,
        longTerm: longTerm.trim() || null,
        ceiling: ceilingOf(answers),
      },
      base,
    );
    if (done) finish();
  };
  const finish = (): void => {
    onClose();
    toast({ text: t('saved'), undo: () => void undo.give('purchase.describe', before) });
  };
  return (
    <Dialog title={t('description')} open onClose={onClose} wide stays={giving.pending}>
      <form className="stack" noValidate onSubmit={submits(() => void save())}>
        {asked.map((question) => (
          <QuestionField
            key={question.key}
            question={question}
            answers={answers}
            onAnswer={(key, value) => setAnswers({ ...answers, [key]: value })}
            showFaults
          />
        ))}
        <Field
          label={t('prior-information')}
          hint={t('prior-information-hint')}
          type="date"
          optional
          narrow
          value={priorInformation}
          onChange={setPrior}
        />
        <Checkbox selected={urgency !== null} onChange={(on) => setUrgency(on ? '' : null)} hint={t('urgent-hint')}>
          {t('urgent')}
        </Checkbox>
        {urgency === null ? null : (
          <Field label={t('urgent-reason')} lines value={urgency} onChange={setUrgency} maxLength={4000} />
        )}
        {answers.procedure === 'framework' && Number(answers.contractMonths) > 48 ? (
          <Field label={t('long-term')} hint={t('long-term-hint')} lines value={longTerm} onChange={setLongTerm} />
        ) : null}
        <GivingNotice giving={giving} onAgain={finish} />
        <div className="row-end">
          <Button onPress={onClose}>{s('cancel')}</Button>
          <Button type="submit" look="primary" isPending={giving.pending}>
            {s('save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
