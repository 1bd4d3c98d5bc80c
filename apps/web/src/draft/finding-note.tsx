import type { ReactNode } from 'react';
import { Badge, Button, Fold, type Tone, toast } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';
import type { Finding } from './accepted.ts';

const TONES: Readonly<Record<Finding['level'], Tone>> = { error: 'bad', warning: 'warn', note: 'neutral' };

/** One note in the margin: what is wrong, what to write instead, and whether the team has accepted that. */
export function FindingNote(props: {
  id: string;
  finding: Finding;
  /** Clause of the requirement that is missing. */
  clause: string | null;
  /** Who accepted the suggestion; null for nobody. */
  acceptedBy: string | null;
  onAccept?(): void;
}): ReactNode {
  const t = useWords('draft');
  const { finding, clause, acceptedBy, onAccept } = props;
  return (
    <aside id={props.id} className="margin-note" aria-label={`${t(`level-${finding.level}`)}: ${finding.message}`}>
      <p>
        <Badge tone={TONES[finding.level]}>{t(`level-${finding.level}`)}</Badge> {finding.message}
      </p>
      {finding.fix ? (
        <p>
          <strong>{t('suggestion')}</strong> {finding.fix}
        </p>
      ) : null}
      {clause === null ? null : (
        <Fold title={t('clause')}>
          <p>{clause}</p>
          <div>
            <Button
              small
              onPress={() => void navigator.clipboard.writeText(clause).then(() => toast({ text: t('copied') }))}
            >
              {t('copy')}
            </Button>
          </div>
        </Fold>
      )}
      <div className="row">
        {acceptedBy === null ? null : <Badge tone="good">{t('accepted', { name: acceptedBy })}</Badge>}
        {onAccept && (finding.fix !== null || clause !== null) ? (
          <Button small onPress={onAccept}>
            {acceptedBy === null ? t('accept') : t('take-back')}
          </Button>
        ) : null}
        <span className="muted mono">{finding.rule}</span>
      </div>
    </aside>
  );
}
