import { deadlineOf, hasSelection, type Purchase } from '@proviso/procurement';
import type { SupplierRow, TenantScope } from '@proviso/store';
import type { Deps } from '../http/deps.ts';
import { letterText } from './letter.ts';
import { post } from './post.ts';
import { oneLine, timeText, write } from './words.ts';

/** The letter with a supplier's own link; in the outbox until it is sent, then without the link. */
export async function inviteLetter(
  trx: TenantScope,
  deps: Pick<Deps, 'jobs'>,
  purchase: Purchase,
  { supplier, buyer, link, expires }: { supplier: SupplierRow; buyer: string; link: string; expires: Date },
): Promise<void> {
  const { language, zone } = purchase.description;
  const until = timeText(deadlineOf(expires.toISOString(), zone), language);
  const values = { supplier: oneLine(supplier.name), link, expires: until };
  const asksFirst = hasSelection(purchase) && purchase.notice?.stage !== 'tender';
  const more = write(asksFirst ? 'invitation.selection' : 'invitation.sealed', language);
  const text = letterText('invitation', language, { purchase, buyer }, values, [more]);
  const to = { supplier: oneLine(supplier.name), address: supplier.email, language };
  await post(trx, deps, [{ to, ...text, hiddenUntil: null }]);
}
