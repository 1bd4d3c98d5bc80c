import { type DemandFile, formOf, type Language, type OfferForm } from '@proviso/catalogue';
import { say, wordsOf } from './messages.ts';

/** The supplier's form of a demand file in one language: the one source of the offline form, the sheet and the server's check. */
export function offerFormOf({ demand, catalogue }: DemandFile, language: Language): OfferForm {
  const words = wordsOf('form', language);
  return formOf(demand, catalogue, language, {
    deviation: say(words, 'deviation'),
    evidence: say(words, 'evidence'),
    remark: say(words, 'remark'),
    units: wordsOf('units', language),
  });
}
