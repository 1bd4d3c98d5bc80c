import type { Language } from '@proviso/catalogue';
import type { Purchase } from '@proviso/procurement';
import { oneLine, type Values, type WordId, write } from './words.ts';

/** Ids that have a subject and a body. */
export type LetterId = WordId extends infer Id ? (Id extends `${infer Name}.body` ? Name : never) : never;

/** To whom: a person of the buyer, or a supplier with an address or none. */
export type Recipient =
  | { person: string; language: Language }
  | { supplier: string; address: string | null; language: Language };

export interface Letter {
  to: Recipient;
  subject: string;
  body: string;
  /** Tells who bids: the outbox shows it from this moment on. */
  hiddenUntil: string | null;
}

/** A plain sentence or two on what the letter is about, whom it is from and where to go. */
export interface Frame {
  purchase: Pick<Purchase, 'description'>;
  buyer: string;
  /** Address of a page of the workbench; null: the supplier's own link, which only the supplier has; undefined: none. */
  link?: string | null;
}

/** What letters call a purchase. */
export function purchaseName({ description: { title, reference } }: Frame['purchase'], language: Language): string {
  const named = oneLine(title);
  return reference === null
    ? named
    : write('frame.purchase', language, { title: named, reference: oneLine(reference) });
}

/** The words of a letter in one language. Values are text of others: lines stay lines, and nothing in them is markup. */
export function letterText(
  id: LetterId,
  language: Language,
  { purchase, buyer, link }: Frame,
  values: Values = {},
  more: readonly string[] = [],
): { subject: string; body: string } {
  const all = {
    title: oneLine(purchase.description.title),
    purchase: purchaseName(purchase, language),
    buyer: oneLine(buyer),
    ...values,
  };
  const body = [write(`${id}.body`, language, all), ...more];
  if (link === null) body.push(write('frame.own-link', language));
  else if (link !== undefined) body.push(link);
  body.push(write('frame.end', language, all));
  return { subject: oneLine(write(`${id}.subject`, language, all), 240), body: readable(body.join('\n\n')) };
}

/** Text without control characters but line ends, and without marks that turn the reading direction. */
export function readable(text: string): string {
  return text.toWellFormed().replace(/(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069\ufeff]/gu, '');
}
