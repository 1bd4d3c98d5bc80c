import type { OwnRequirement, OwnView } from 'proviso-server/contract';
import { useMemo } from 'react';
import { type CatalogueContent, useCatalogue } from '../api/catalogue.ts';
import { useList, useTenant } from '../api/index.ts';
import { useLanguage } from '../i18n/index.ts';

/** The organisation's own requirements in the reader's language; waits by Suspense. */
export function useOwn(): OwnView {
  const { language } = useLanguage();
  return useList<OwnView>('own', `/catalogue/own?language=${language}`);
}

/** May the reader write one? The server decides in any case. */
export function useMayWrite(): boolean {
  return useTenant().roles.some((role) => role === 'owner' || role === 'security');
}

/** The catalogue with the organisation's own requirements in it, as it is derived by. */
export function useWholeCatalogue(): CatalogueContent {
  const catalogue = useCatalogue();
  const own = useOwn();
  return useMemo(() => {
    const risks = new Map(own.risks.map((one) => [one.id, one]));
    return {
      ...catalogue,
      requirements: [...catalogue.requirements, ...own.rows.flatMap(({ words }) => words ?? [])],
      risks: catalogue.risks.map((one) => risks.get(one.id) ?? one),
    };
  }, [catalogue, own]);
}

/** Its title; of one that does not fit this edition, as it was written. */
export function titleOf({ words, entry }: OwnRequirement): string {
  return words?.title ?? entry.words[entry.language]?.title ?? '';
}
