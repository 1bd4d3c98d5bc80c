import type { DemandFile, Language, OfferForm } from '@proviso/catalogue';
import { offerFormOf } from '@proviso/publishing';
import { demandByHash, type TenantScope } from '@proviso/store';
import type { AskedForm } from '../opening/contents.ts';

/**
 * Demand files that were read last. One is a few megabytes, every page of a supplier needs it, and it never changes: its hash is its name. Whoever
 * asks has read the purchase in its tenant's scope before.
 */
const kept = new Map<string, DemandFile>();
const MOST_KEPT = 4;
const forms = new WeakMap<DemandFile, Map<Language, OfferForm>>();

/** The demand file of a purchase with this hash; null where the purchase never had it. Not to be changed. */
export async function demandFile(trx: TenantScope, purchase: string, hash: string): Promise<DemandFile | null> {
  const key = `${purchase} ${hash}`;
  const known = kept.get(key);
  kept.delete(key);
  const file = known ?? ((await demandByHash(trx, purchase, Buffer.from(hash, 'hex')))?.file as DemandFile | undefined);
  if (!file) return null;
  kept.set(key, file);
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  return file;
}

/** The form of a demand file in one language. */
export function formOfFile(file: DemandFile, language: Language): OfferForm {
  const made = forms.get(file) ?? new Map<Language, OfferForm>();
  forms.set(file, made);
  const form = made.get(language) ?? offerFormOf(file, language);
  made.set(language, form);
  return form;
}

/** The form of the demand with this hash; null where the purchase never had it. */
export async function askedForm(
  trx: TenantScope,
  purchase: string,
  demand: string,
  language: Language,
): Promise<AskedForm | null> {
  const file = await demandFile(trx, purchase, demand);
  return file && { file, form: formOfFile(file, language) };
}
