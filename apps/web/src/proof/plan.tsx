import { useMutation } from '@tanstack/react-query';
import type { ProofView } from 'proviso-server/contract';
import { type ReactNode, useState } from 'react';
import { useTenant } from '../api/index.ts';
import { Button, Card, ProblemNotice, Select, submits, toast } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';
import { useProofChanged } from './use-proof.ts';

const EVERY = ['off', 'weekly', 'monthly'] as const;

/** By which profile names are looked at, and how often while the contract runs. */
export function Plan({ id, view }: { id: string; view: ProofView }): ReactNode {
  const t = useWords('proof');
  const s = useWords('shell');
  const { api } = useTenant();
  const changed = useProofChanged(id);
  const { plan, may } = view;
  const [profile, setProfile] = useState(plan.profile);
  const [every, setEvery] = useState<string>(plan.every);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => api.put(`/purchases/${id}/proof/plan`, { version: plan.version, profile, every }),
    onSuccess: async () => {
      await changed();
      toast({ text: t('plan-saved') });
    },
  });
  const titleOf = (wanted: string): string => view.profiles.find((one) => one.id === wanted)?.title ?? wanted;
  return (
    <Card title={t('plan')}>
      {may.plan ? (
        <form className="stack" onSubmit={submits(() => mutate())}>
          <ProblemNotice error={error} />
          <Select
            label={t('profile')}
            hint={t('profile-hint')}
            value={profile}
            onChange={setProfile}
            options={view.profiles.map((one) => ({ id: one.id, text: `${one.id}: ${one.title}` }))}
          />
          <Select
            label={t('every')}
            hint={t('every-hint')}
            narrow
            value={every}
            onChange={setEvery}
            options={EVERY.map((one) => ({ id: one, text: t(`every-${one}`) }))}
          />
          <div className="row">
            <Button type="submit" isPending={isPending} isDisabled={profile === plan.profile && every === plan.every}>
              {s('save')}
            </Button>
          </div>
        </form>
      ) : (
        <p>{t('plan-is', { profile: titleOf(plan.profile), every: t(`every-${plan.every}`) })}</p>
      )}
    </Card>
  );
}
