import { ABSENT_RULES } from './absent.ts';
import { contradiction } from './contradiction.ts';
import { coverage } from './coverage.ts';
import { danglingAnnex } from './dangling-annex.ts';
import { describedOnly } from './described-only.ts';
import { disproportionate } from './disproportionate.ts';
import type { DossierRule } from './dossier-rule.ts';
import { internetStandards } from './internet-standards.ts';
import { mixedModality } from './mixed-modality.ts';
import { noEvidence } from './no-evidence.ts';
import { noSecurity } from './no-security.ts';

/** Rules on a whole tender: contradictions between its parts, and what none of them says. */
export const DOSSIER_RULES: readonly DossierRule[] = [
  contradiction,
  mixedModality,
  danglingAnnex,
  describedOnly,
  noSecurity,
  noEvidence,
  ...ABSENT_RULES,
  internetStandards,
  disproportionate,
  coverage,
];
