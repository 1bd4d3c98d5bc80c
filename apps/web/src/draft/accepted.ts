import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Comment, DocumentView, PurchaseView } from 'proviso-server/contract';
import { keys, usePart, useTenant } from '../api/index.ts';

export type Finding = DocumentView['findings'][number] & {
  /** The requirement whose clause would mend it. */
  requirement?: string;
};

/** What names a finding in a document, also for a colleague who reads it later. */
export const markOf = ({ rule, start, end }: Finding): string => `[${rule} ${start}-${end}]`;

/**
 * Suggestions that somebody accepted, kept as comments on the purchase: the team sees them, they survive the page, and taking one back is
 * settling the comment.
 */
export function useAccepted(view: PurchaseView, document: string) {
  const tenant = useTenant();
  const client = useQueryClient();
  const { id } = view.purchase;
  const subject = `draft:${document}`;
  const may = view.actions.includes('comment.read');
  const comments = usePart<Comment[]>(id, 'comments', '/comments', may) ?? [];
  const standing = comments.filter((one) => one.subject === subject && one.resolved === null);
  const refresh = () => client.invalidateQueries({ queryKey: keys.part(tenant.id, id, 'comments') });
  const toggle = useMutation({
    async mutationFn(finding: Finding) {
      const before = standing.find(({ text }) => text.startsWith(markOf(finding)));
      if (before) await tenant.api.patch(`/purchases/${id}/comments/${before.id}`, { resolved: true });
      else
        await tenant.api.post(`/purchases/${id}/comments`, {
          subject,
          text: `${markOf(finding)} ${finding.fix ?? finding.message}`.slice(0, 10_000),
        });
    },
    onSuccess: refresh,
  });
  return {
    by: (finding: Finding): string | null => {
      const found = standing.find(({ text }) => text.startsWith(markOf(finding)));
      return found ? (view.names[found.author] ?? '') : null;
    },
    mayAccept: view.actions.includes('comment.write'),
    toggle,
  };
}
