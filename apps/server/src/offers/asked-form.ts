import type { DemandFile, Language } from '@proviso/catalogue';
import { offerFormOf } from '@proviso/publishing';
import { demandByHash, type TenantScope } from '@proviso/store';
import type { AskedForm } from '../opening/contents.ts';

/** The form of the demand with this hash; null where the purchase never had it. */
export async function askedForm(
  trx: TenantScope,
  purchase: string,
  demand: string,
  language: Language,
): Promise<AskedForm | null> {
  const row = await demandByHash(trx, purchase, Buffer.from(demand, 'hex'));
  if (!row) return null;
  const file = row.file as DemandFile;
  return { file, form: offerFormOf(file, language) };
}
