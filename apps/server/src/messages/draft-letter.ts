import type { Language } from '@proviso/catalogue';
import type { Purchase } from '@proviso/procurement';
import type { SupplierRow } from '@proviso/store';
import { type Letter, type LetterId, letterText } from './letter.ts';
import { oneLine, timeText, type Values } from './words.ts';

/** What letters are written from, beside the purchase and what happened to it. */
export interface World {
  buyer: string;
  /** Of the workbench's pages of this purchase, without a slash at the end. */
  address: string;
  people: readonly { id: string; name: string | null; roles: readonly string[] }[];
  /** Suppliers whose links hold. */
  invited: readonly SupplierRow[];
  /** All suppliers that the purchase names, by id. */
  suppliers: ReadonlyMap<string, SupplierRow>;
  languageOf(person: string): Language;
}

/** One letter before its words: to people or suppliers, with values in the language of each. */
export interface Draft {
  id: LetterId;
  people?: readonly string[];
  suppliers?: readonly SupplierRow[];
  values?: (language: Language) => Values;
  more?: (language: Language) => string[];
  /** Page of the workbench, for people. */
  page?: string;
  hiddenUntil?: string | null;
}

/** The letters of a draft: each recipient once, in its own language. Pure. */
export function lettersFrom(purchase: Purchase, draft: Draft, { buyer, address, languageOf }: World): Letter[] {
  const { id, values = () => ({}), more = () => [], page, hiddenUntil = null } = draft;
  const letter = (language: Language, link: string | null | undefined) => ({
    ...letterText(
      id,
      language,
      { purchase, buyer, ...(link === undefined ? {} : { link }) },
      values(language),
      more(language),
    ),
    hiddenUntil,
  });
  const { language } = purchase.description;
  return [
    ...(draft.people ?? []).map((person): Letter => {
      const own = languageOf(person);
      return { to: { person, language: own }, ...letter(own, page === undefined ? undefined : `${address}/${page}`) };
    }),
    ...(draft.suppliers ?? []).map(
      ({ name, email }): Letter => ({
        to: { supplier: oneLine(name), address: email, language },
        ...letter(language, null),
      }),
    ),
  ];
}

/** The times of the notice, in words. */
export const times =
  ({ notice }: Purchase) =>
  (language: Language): Values =>
    notice
      ? { closing: timeText(notice.closing, language), questionsUntil: timeText(notice.questionsUntil, language) }
      : { closing: '', questionsUntil: '' };

/** A lot by its title; by its id alone it would tell nothing. */
export const lotOf =
  ({ lots }: Purchase, lot: string) =>
  (): Values => ({ lot: oneLine(lots.find(({ id }) => id === lot)?.title ?? lot) });

/** Whose offer it is. */
export const supplierOf = ({ offers }: Purchase, offer: string | number | undefined): string =>
  offers.find(({ id }) => id === offer)?.supplier ?? '';

/** A supplier by its id, as a list of one or none. */
export const one = ({ suppliers }: World, id: string): SupplierRow[] => {
  const found = suppliers.get(id);
  return found ? [found] : [];
};

/** Suppliers who may still hand something in: all with a link, or the candidates that were chosen. */
export const stillIn = ({ invited: chosen }: Purchase, { invited }: World): SupplierRow[] =>
  invited.filter(({ id }) => chosen === null || chosen.includes(id));

/** Only who still works here, each once. */
export const members = ({ people }: World, ids: readonly string[]): string[] =>
  [...new Set(ids)].filter((id) => people.some((person) => person.id === id && person.roles.length > 0));

/** Everybody who works here in one of these roles. */
export const withRole = ({ people }: World, roles: readonly string[]): string[] =>
  people.filter((person) => person.roles.some((role) => roles.includes(role))).map(({ id }) => id);

/** Who looks after a purchase: whoever made it; when they left, all buyers. */
export const team = ({ createdBy }: Purchase, world: World): string[] => {
  const own = members(world, [createdBy]);
  return own.length > 0 ? own : withRole(world, ['buyer', 'owner']);
};

/** A person's name on one line. */
export const nameOf = ({ people }: World, person: string): string =>
  oneLine(people.find(({ id }) => id === person)?.name ?? '–');
