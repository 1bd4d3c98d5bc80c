import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Comment, PurchaseView } from 'proviso-server/contract';
import { type ReactNode, useState } from 'react';
import { keys, usePart, useTenant } from '../api/index.ts';
import { Badge, Button, Card, Field, ProblemNotice, submits } from '../design/index.ts';
import { useFormats, useWords } from '../i18n/index.ts';

/** What was said about one thing, and room to say more. Resolving can be undone. */
export function Comments({ view, subject }: { view: PurchaseView; subject: string }): ReactNode {
  if (!view.actions.includes('comment.read')) return null;
  return <CommentList view={view} subject={subject} />;
}

function CommentList({ view, subject }: { view: PurchaseView; subject: string }): ReactNode {
  const t = useWords('demand');
  const formats = useFormats();
  const tenant = useTenant();
  const client = useQueryClient();
  const { id } = view.purchase;
  const comments = usePart<Comment[]>(id, 'comments', '/comments').filter((one) => one.subject === subject);
  const [text, setText] = useState('');
  const refresh = () => client.invalidateQueries({ queryKey: keys.part(tenant.id, id, 'comments') });
  const say = useMutation({
    mutationFn: () => tenant.api.post(`/purchases/${id}/comments`, { subject, text }),
    async onSuccess() {
      setText('');
      await refresh();
    },
  });
  const resolve = useMutation({
    mutationFn: (one: Comment) =>
      tenant.api.patch(`/purchases/${id}/comments/${one.id}`, { resolved: one.resolved === null }),
    onSuccess: refresh,
  });
  return (
    <Card title={t('comments')}>
      {comments.length === 0 ? <p className="muted">{t('comments-none')}</p> : null}
      <ul className="lines">
        {comments.map((one) => (
          <li key={one.id} className="stack-tight">
            <div className="spread small">
              <span>
                <strong>{view.names[one.author] ?? t('somebody')}</strong>{' '}
                <span className="muted">{formats.moment(one.at)}</span>
              </span>
              {one.resolved ? <Badge tone="good">{t('comment-resolved')}</Badge> : null}
            </div>
            <p className="keep-lines">{one.text}</p>
            {view.actions.includes('comment.write') ? (
              <div>
                <Button small look="plain" onPress={() => resolve.mutate(one)}>
                  {one.resolved ? t('comment-reopen') : t('comment-resolve')}
                </Button>
              </div>
            ) : null}
          </li>
        ))}
      </ul>
      {view.actions.includes('comment.write') ? (
        <form className="stack-tight" onSubmit={submits(() => text.trim() !== '' && say.mutate())}>
          <Field label={t('comment')} optional lines value={text} onChange={setText} maxLength={10_000} />
          <ProblemNotice error={say.error ?? resolve.error} />
          <div>
            <Button type="submit" isPending={say.isPending} isDisabled={text.trim() === ''}>
              {t('comment-send')}
            </Button>
          </div>
        </form>
      ) : null}
    </Card>
  );
}
