import { wasOpened } from '@proviso/procurement';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ProofOfSupplier, ProofView } from 'proviso-server/contract';
import { useCallback } from 'react';
import { keys, usePurchase, useTenant } from '../api/index.ts';
import { useLanguage } from '../i18n/index.ts';

/** What is seen from outside, for pages that show it beside something else: undefined until it is there, and where the reader may not have it. */
export function useProof(id: string): ProofView | undefined {
  const tenant = useTenant();
  const { language } = useLanguage();
  const { purchase, actions } = usePurchase(id);
  return useQuery({
    queryKey: keys.part(tenant.id, id, 'proof', language),
    queryFn: ({ signal }) => tenant.api.get<ProofView>(`/purchases/${id}/proof?language=${language}`, { signal }),
    enabled: actions.includes('probe.read') && wasOpened(purchase),
  }).data;
}

/** Has what is seen fetched again, after a change. */
export function useProofChanged(id: string): () => Promise<void> {
  const tenant = useTenant();
  const client = useQueryClient();
  return useCallback(async () => {
    await client.invalidateQueries({ queryKey: keys.part(tenant.id, id, 'proof') });
    void client.invalidateQueries({ queryKey: keys.home(tenant.id) });
  }, [client, tenant.id, id]);
}

/** What probes say of an offer's promise; undefined where nothing from outside can. */
export function proofOf(
  view: ProofView | undefined,
  offer: string,
  requirement: string,
): { supplier: ProofOfSupplier; found: ProofOfSupplier['requirements'][number] } | undefined {
  const supplier = view?.suppliers.find(({ offers }) => offers.includes(offer));
  const found = supplier?.requirements.find((one) => one.requirement === requirement);
  return supplier && found && { supplier, found };
}

/** The last look at each name of a supplier. */
export const lastRuns = ({ names }: ProofOfSupplier): ProofOfSupplier['names'][number]['runs'] =>
  names.flatMap(({ runs }) => runs.slice(0, 1));
