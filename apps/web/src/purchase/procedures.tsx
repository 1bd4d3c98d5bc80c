import { leastPeriod, procedures } from '@proviso/procurement';
import type { Option } from '../design/index.ts';
import { useWords, type Words } from '../i18n/index.ts';

type Procedure = (typeof procedures)[number];

/** Every procedure that a purchase can begin with, in a sentence and with its stages. A call-off begins from its framework. */
export function useProcedures(): Option[] {
  const t = useWords('wizard');
  return procedures
    .filter(({ id }) => id !== 'call-off')
    .map((one) => ({
      id: one.id,
      text: t(`procedure-${one.id}`),
      hint: (
        <>
          {t(`procedure-${one.id}-hint`)}
          <br />
          {t('stages', { list: stagesOf(one, t).join(' → ') })}
        </>
      ),
    }));
}

/** What follows the publication, with the shortest periods where offers come electronically, as here they do. */
function stagesOf(procedure: Procedure, t: Words): string[] {
  const days = (stage: 'selection' | 'tender'): number => leastPeriod(procedure, stage, ['electronic']).days;
  const selects = procedure.stages.includes('selection');
  return [
    ...(selects ? [t('stage-selection', { n: days('selection') })] : []),
    ...(selects ? [t('stage-candidates', { n: procedure.leastCandidates?.count ?? 1 })] : []),
    t('stage-tender', { n: days('tender') }),
    t('stage-evaluation'),
    ...(procedure.rounds ? [t('stage-rounds')] : []),
    t('stage-award'),
    ...(procedure.id === 'framework' ? [t('stage-call-offs')] : []),
  ];
}
