import type { Exclusion } from '@proviso/catalogue';
import type { Words } from '../i18n/index.ts';

/** Why a requirement is out, in words. */
export function exclusionText(
  exclusion: Exclusion,
  { t, s, riskOf, typeOf }: { t: Words; s: Words; riskOf(id: string): string; typeOf(id: string): string },
): string {
  switch (exclusion.kind) {
    case 'not-applicable':
      return t(`out-${exclusion.because}`);
    case 'answered-otherwise':
      return t('out-otherwise', { by: exclusion.by.join(', ') });
    case 'not-asked':
      return exclusion.types === null
        ? t('out-not-asked')
        : t('out-not-asked-types', { types: exclusion.types.map(typeOf).join(', ') });
    case 'left-out':
      return t('out-left-out');
    default:
      return exclusion.risks
        .map(({ risk, rating, from }) =>
          rating === null
            ? t('out-no-risk', { risk: riskOf(risk) })
            : t('out-low-risk', { risk: riskOf(risk), rating: s(`rating-${rating}`), from: s(`rating-${from}`) }),
        )
        .join(' ');
  }
}
