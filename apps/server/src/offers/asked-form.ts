import type { DemandFile, Language, OfferForm } from '@proviso/catalogue';
import { offerFormOf } from '@proviso/publishing/form-of-file';
import { demandByHash, hasDemand, type TenantScope } from '@proviso/store';
import { LRUCache } from 'lru-cache';
import type { AskedForm } from '../opening/contents.ts';

/**
 * Demand files that were read last. One is two megabytes, every page of a supplier or evaluator needs it, and it never changes: its hash is its
 * name. A purchase is asked first whether it has it, so that nobody is given what belongs to another.
 */
const kept = new LRUCache<string, DemandFile>({ max: 24 });

/** What is made of a demand file in a language, once for as long as the file is kept: it never changes. */
export function onceEach<Made>(
  make: (file: DemandFile, language: Language) => Made,
): (file: DemandFile, language: Language) => Made {
  const made = new WeakMap<DemandFile, Map<Language, Made>>();
  return (file, language) => {
    const own = made.get(file) ?? new Map<Language, Made>();
    made.set(file, own);
    const known = own.get(language) ?? make(file, language);
    own.set(language, known);
    return known;
  };
}

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
export const formOfFile = onceEach<OfferForm>(offerFormOf);

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
