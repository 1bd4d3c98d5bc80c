import type { ProofOfSupplier, ProofResult } from 'proviso-server/contract';
import type { ReactNode } from 'react';
import { Badge, type Tone } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';

type Proved = ProofOfSupplier['requirements'][number]['proved'];
type Verdict = ProofResult['verdict'];

const PROVED: Readonly<Record<Proved, [sign: string, tone: Tone]>> = {
  proved: ['✓', 'good'],
  refuted: ['✗', 'bad'],
  partly: ['◐', 'warn'],
  unknown: ['?', 'neutral'],
  'not-probed': ['–', 'neutral'],
};
const VERDICTS: Readonly<Record<Verdict, [sign: string, tone: Tone]>> = {
  pass: ['✓', 'good'],
  fail: ['✗', 'bad'],
  warn: ['◐', 'warn'],
  inconclusive: ['?', 'neutral'],
  'not-applicable': ['–', 'neutral'],
};

/** What was claimed and what is proved, in words with a sign: never colour alone. */
export function Mark({ proved, claimed = null }: { proved: Proved; claimed?: number | null }): ReactNode {
  const t = useWords('proof');
  const [sign, tone] = PROVED[proved];
  return (
    <Badge tone={tone}>
      <span aria-hidden="true">{sign} </span>
      {claimed === null ? null : `${t(claimed > 0 ? 'claimed-yes' : 'claimed-no')} · `}
      {t(`proved-${proved}`)}
    </Badge>
  );
}

/** What one check came to. */
export function VerdictMark({ verdict, accepted = false }: { verdict: Verdict; accepted?: boolean }): ReactNode {
  const t = useWords('proof');
  const [sign, tone] = VERDICTS[verdict];
  return (
    <>
      <Badge tone={accepted ? 'warn' : tone}>
        <span aria-hidden="true">{sign} </span>
        {t(`verdict-${verdict}`)}
      </Badge>
      {accepted ? <Badge tone="warn">{t('accepted')}</Badge> : null}
    </>
  );
}
