import type { Rule } from '../../rules/rule.ts';
import { brand } from './brand.ts';
import { certificateWithoutScope } from './certificate-without-scope.ts';
import { unknownStandard } from './unknown-standard.ts';
import { untestable } from './untestable.ts';
import { versionMissing } from './version-missing.ts';
import { wrongAddressee } from './wrong-addressee.ts';

/** Rules on one document of a tender, beside those of every reading. What is absent is judged over the dossier: `../dossier/`. */
export const TENDER_RULES: readonly Rule[] = [
  unknownStandard,
  versionMissing,
  brand,
  untestable,
  certificateWithoutScope,
  wrongAddressee,
];
