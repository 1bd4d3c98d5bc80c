import type { DemandFile, Language, OfferForm } from '@proviso/catalogue';
import { offerFormOf } from '@proviso/publishing';
import { demandByHash, hasDemand, type TenantScope } from '@proviso/store';
import { LRUCache } from 'lru-cache';
import type { AskedForm } from '../opening/contents.ts';

/**
 * Demand files that were read last. One is two megabytes, every page of a supplier or evaluator needs it, and it never changes: its hash is its
 * name. A purchase is asked first whether it has it, so that nobody is given what belongs to another.
 */
const kept = new LRUCache<string, DemandFile>({ max: 24 });
const forms = new WeakMap<DemandFile, Map<Language, OfferForm>>();

/** The demand file of a purchase with this hash; null where the purchase never had it. Not to be changed. */
export async function demandFile(trx: TenantScope, purchase: string, hash: string): Promise<DemandFile | null> {
  const bytes = Buffer.from(hash, 'hex');
  const known = kept.get(hash);
  if (known) return (await hasDemand(trx, purchase, bytes)) ? known : null;
  const file = (await demandByHash(trx, purchase, bytes))?.file as DemandFile | undefined;
  if (!file) return null;
  kept.set(hash, file);
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
