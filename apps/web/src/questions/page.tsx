import type { PurchaseView } from 'proviso-server/contract';
import { type ReactNode, useState } from 'react';
import { useGive, usePurchase } from '../api/index.ts';
import {
  Badge,
  Button,
  Card,
  Checkbox,
  Deadline,
  EmptyState,
  Field,
  GivingNotice,
  PageHeader,
  submits,
  Tabs,
  toast,
} from '../design/index.ts';
import { useFormats, useWords } from '../i18n/index.ts';
import { useAddress, usePurchaseId } from '../shell/index.ts';

type Question = PurchaseView['purchase']['questions'][number];

/** Clarification questions: asked by one, answered to all, without the asker's name. */
export default function QuestionsPage(): ReactNode {
  const t = useWords('questions');
  const view = usePurchase(usePurchaseId());
  const { questions, notice } = view.purchase;
  const open = questions.filter(({ answer }) => answer === null);
  // As it was when the page was opened: answering the last one leads nowhere else.
  const [first] = useState(open.length === 0 ? 'answered' : 'open');
  const [part, setPart] = useAddress('part', first);
  const answered = questions.filter(({ answer }) => answer !== null);
  return (
    <>
      <PageHeader title={t('title')}>
        <p>{t('intro')}</p>
        {notice && view.purchase.state === 'published' ? (
          <p>
            {t('until')} <Deadline at={notice.questionsUntil.instant} zone={notice.questionsUntil.zone} />
          </p>
        ) : null}
      </PageHeader>
      {questions.length === 0 ? (
        <EmptyState title={t('none-title')}>
          <p>{notice ? t('none-text') : t('none-unpublished')}</p>
        </EmptyState>
      ) : (
        <Tabs
          label={t('title')}
          selected={part}
          onSelect={setPart}
          tabs={[
            {
              id: 'open',
              title: t('part-open', { n: open.length }),
              content:
                open.length === 0 ? (
                  <p className="muted">{t('all-answered')}</p>
                ) : (
                  <div className="stack prose">
                    {open.map((one) => (
                      <OpenQuestion key={one.id} question={one} view={view} />
                    ))}
                  </div>
                ),
            },
            {
              id: 'answered',
              title: t('part-answered', { n: answered.length }),
              content: (
                <div className="stack prose">
                  {answered.map((one) => (
                    <Answered key={one.id} question={one} />
                  ))}
                </div>
              ),
            },
          ]}
        />
      )}
    </>
  );
}

function OpenQuestion({ question, view }: { question: Question; view: PurchaseView }): ReactNode {
  const t = useWords('questions');
  const formats = useFormats();
  return (
    <Card
      title={formats.moment(question.at)}
      actions={question.late ? <Badge tone="warn">{t('late')}</Badge> : undefined}
    >
      <blockquote className="keep-lines">{question.text}</blockquote>
      {view.commands.includes('question.answer') ? (
        <AnswerForm question={question} view={view} />
      ) : (
        <p className="muted small">{t('who-answers')}</p>
      )}
    </Card>
  );
}

/** The answer, kept in the page until it is sent. A late one asks for a later closing, or why it does not matter; the server says which. */
function AnswerForm({ question, view }: { question: Question; view: PurchaseView }): ReactNode {
  const t = useWords('questions');
  const [text, setText] = useState('');
  const [rewords, setRewords] = useState(false);
  const [wording, setWording] = useState(question.text);
  const [closing, setClosing] = useState('');
  const [insignificant, setInsignificant] = useState('');
  const giving = useGive(view.purchase.id);
  const isLate = giving.error !== null;
  const finish = (): void => toast({ text: t('answered-now') });
  const send = async (): Promise<void> => {
    const done = await giving.give('question.answer', {
      question: question.id,
      text: text.trim(),
      wording: rewords && wording.trim() !== question.text ? wording.trim() : null,
      closing: closing === '' ? null : closing,
      insignificant: insignificant.trim() === '' ? null : insignificant.trim(),
    });
    if (done) finish();
  };
  return (
    <form className="stack" onSubmit={submits(() => void send())}>
      <Field label={t('answer')} hint={t('answer-hint')} lines value={text} onChange={setText} maxLength={10_000} />
      <Checkbox selected={rewords} onChange={setRewords} hint={t('reword-hint')}>
        {t('reword')}
      </Checkbox>
      {rewords ? <Field label={t('wording')} lines value={wording} onChange={setWording} maxLength={10_000} /> : null}
      {isLate || closing !== '' || insignificant !== '' ? (
        <>
          <Field
            label={t('new-closing')}
            hint={t('new-closing-hint', { zone: view.purchase.description.zone })}
            type="datetime-local"
            optional
            narrow
            value={closing}
            onChange={setClosing}
          />
          <Field
            label={t('insignificant')}
            hint={t('insignificant-hint')}
            optional
            lines
            value={insignificant}
            onChange={setInsignificant}
            maxLength={4000}
          />
        </>
      ) : null}
      <GivingNotice giving={giving} onAgain={finish} />
      <div>
        <Button type="submit" look="primary" isPending={giving.pending} isDisabled={text.trim() === ''}>
          {t('send')}
        </Button>
      </div>
    </form>
  );
}

function Answered({ question: { text, at, answer } }: { question: Question }): ReactNode {
  const t = useWords('questions');
  const formats = useFormats();
  if (!answer) return null;
  return (
    <Card title={formats.moment(at)}>
      <blockquote className="keep-lines">{answer.wording ?? text}</blockquote>
      {answer.wording ? <p className="muted small">{t('reworded')}</p> : null}
      <p className="keep-lines">{answer.text}</p>
      <p className="muted small">{t('answered-at', { at: formats.moment(answer.at) })}</p>
      {answer.extended ? (
        <p className="small">
          {t('extended')} <Deadline at={answer.extended.to.instant} zone={answer.extended.to.zone} />
        </p>
      ) : null}
    </Card>
  );
}
