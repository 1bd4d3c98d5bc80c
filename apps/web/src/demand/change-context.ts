import type { Context } from '@proviso/catalogue';
import type { DemandView, PurchaseView } from 'proviso-server/contract';
import { type Giving, useGive, useTenant } from '../api/index.ts';
import { toast } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';

/**
 * Puts another context in place of a purchase's: the server derives and keeps the next version. Earlier versions stay, so that the change
 * can be taken back by putting the former context again.
 */
export function useChangeContext(id: string): {
  giving: Giving;
  put(context: Context, before: DemandView | null, base?: PurchaseView): Promise<boolean>;
} {
  const tenant = useTenant();
  const t = useWords('demand');
  const giving = useGive(id);
  const undoing = useGive(id);
  const send = (context: Context) => (version: number) =>
    tenant.api.put(`/purchases/${id}/demand`, { version, context });
  return {
    giving,
    async put(context, before, base) {
      const done = await giving.change(send(context), base);
      if (done)
        toast({
          text: t('saved'),
          undo: before ? () => void undoing.change(send(before.file.demand.context)) : undefined,
        });
      return done;
    },
  };
}
