import type { ReactNode } from 'react';
import { isPartMissing, LOCAL_CODES, ProblemError } from '../api/problem.ts';
import type { Conflict, Giving } from '../api/purchase.ts';
import { useWords } from '../i18n/provider.tsx';
import { Button } from './button.tsx';
import { Notice } from './parts.tsx';

/** What went wrong in the reader's words: the server's, or ours where it could not be reached. */
export function useProblemText(): (error: unknown) => string {
  const t = useWords('shell');
  return (error) => {
    if (isPartMissing(error)) return t('renewed-text');
    if (!(error instanceof ProblemError)) return t('problem-unknown');
    if (error.message !== '') return error.message;
    const code = LOCAL_CODES.find((one) => one === error.problem.code);
    return code === undefined ? t('problem-status', { status: error.status }) : t(`problem-${code}`);
  };
}

/** A refusal beside what was asked, or that the page is of an earlier build. Nothing for null. */
export function ProblemNotice({ error, actions }: { error: unknown; actions?: ReactNode }): ReactNode {
  const t = useWords('shell');
  const say = useProblemText();
  if (!error) return null;
  // Trying again would not help: a browser keeps that the part was not there.
  if (isPartMissing(error))
    return (
      <Notice
        tone="warn"
        title={t('renewed-title')}
        actions={<Button onPress={() => window.location.reload()}>{t('renewed-load')}</Button>}
      >
        <p>{say(error)}</p>
      </Notice>
    );
  return (
    <Notice tone="bad" title={t('problem-title')} actions={actions}>
      <p>{say(error)}</p>
    </Notice>
  );
}

/** What became of a command: a refusal, or what somebody else changed meanwhile with the choice to apply one's own again. */
export function GivingNotice({ giving, onAgain }: { giving: Giving; onAgain?(): void }): ReactNode {
  const t = useWords('shell');
  if (giving.conflict)
    return (
      <Notice
        tone="warn"
        title={t('conflict-title')}
        actions={
          <>
            <Button
              look="primary"
              onPress={() => void giving.again().then((done) => done && onAgain?.())}
              isPending={giving.pending}
            >
              {t('conflict-again')}
            </Button>
            <Button onPress={giving.dismiss}>{t('conflict-leave')}</Button>
          </>
        }
      >
        <ConflictText conflict={giving.conflict} />
      </Notice>
    );
  return <ProblemNotice error={giving.error} />;
}

function ConflictText({ conflict }: { conflict: Conflict }): ReactNode {
  const t = useWords('shell');
  const changed = changedParts(conflict);
  return (
    <>
      <p>{t('conflict-text')}</p>
      <ul>
        {changed.map((part) => (
          <li key={part}>{t(`part-${part}`)}</li>
        ))}
        {changed.length === 0 ? <li>{t('part-other')}</li> : null}
      </ul>
    </>
  );
}

/** Parts of a purchase that a reader can be told about, by their names in the document. */
export const NAMED_PARTS = [
  'state',
  'description',
  'lots',
  'demand',
  'plan',
  'openers',
  'evaluators',
  'consultations',
  'approvals',
  'notice',
  'corrigenda',
  'questions',
  'requests',
  'offers',
  'declarations',
  'evaluation',
  'awards',
  'contracts',
  'obligations',
  'callOffs',
] as const;

/** Which parts differ between two readings of one purchase. */
export function changedParts({ before, now }: Conflict): (typeof NAMED_PARTS)[number][] {
  return NAMED_PARTS.filter((part) => JSON.stringify(before.purchase[part]) !== JSON.stringify(now.purchase[part]));
}
