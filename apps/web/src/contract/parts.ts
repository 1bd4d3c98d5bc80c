import type { Obligation, Purchase } from '@proviso/procurement';
import type { Person, PurchaseView } from 'proviso-server/contract';
import { useDemand, useOptionalList } from '../api/index.ts';
import { useLanguage, type Words } from '../i18n/index.ts';

/** Whose contract it is. */
export function supplierOf({ purchase, names }: PurchaseView, offer: string): string {
  const supplier = purchase.offers.find(({ id }) => id === offer)?.supplier;
  return (supplier && names[supplier]) || offer;
}

/** The people of the organisation: for names that the purchase no longer tells, and to choose from. */
export function usePeople(view: PurchaseView): { nameOf(id: string): string; choices: { id: string; text: string }[] } {
  const people = useOptionalList<Person[]>('people', '/people', view.actions.includes('people.read')) ?? [];
  const nameOf = (id: string): string =>
    view.names[id] ?? people.find((one) => one.id === id)?.name ?? people.find((one) => one.id === id)?.email ?? id;
  return {
    nameOf,
    choices: people
      .filter(({ erased, roles }) => !erased && roles.length > 0)
      .map((one) => ({ id: one.id, text: one.name ?? one.email ?? one.id })),
  };
}

/** What requirements are called, what their clauses say, and what would show that they are kept; in the reader's language. */
export function useClauses(
  purchase: string,
): (requirement: string) => { title: string; text: string; proof: string[] } {
  const demand = useDemand(purchase);
  const { language } = useLanguage();
  return (requirement) => ({
    title: demand?.words.requirements[requirement]?.title ?? '',
    text: demand?.words.requirements[requirement]?.clause ?? '',
    proof: (demand?.file.catalogue.requirements.find(({ id }) => id === requirement)?.evidence ?? []).map(
      ({ text }) => text[language],
    ),
  });
}

/** How often, or when, it is to be shown. */
export function rhythmOf({ kind, every }: Obligation, t: Words): string {
  return every ? t(`every-${every.unit}`, { n: every.count }) : t(`kind-${kind}`);
}

/** Lots have a name of their own only where there are several. */
export const lotTitle = ({ lots }: Purchase, lot: string): string | null =>
  lots.length > 1 ? (lots.find(({ id }) => id === lot)?.title ?? lot) : null;
