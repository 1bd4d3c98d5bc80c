import { deprecatedProtocol } from './deprecated-protocol.ts';
import { onlyManagementStandards } from './only-management-standards.ts';
import { repealedLaw } from './repealed-law.ts';
import type { Rule } from './rule.ts';
import { superseded } from './superseded.ts';
import { unknownEdition } from './unknown-edition.ts';
import { unnamedStandards } from './unnamed-standards.ts';
import { unreadable } from './unreadable.ts';
import { vague } from './vague.ts';
import { withdrawn } from './withdrawn.ts';
import { withoutEquivalent } from './without-equivalent.ts';

/** Every rule; a new one is a file here, a line in this list and its words in `messages/`. */
export const RULES: readonly Rule[] = [
  superseded,
  withdrawn,
  deprecatedProtocol,
  repealedLaw,
  unknownEdition,
  withoutEquivalent,
  unnamedStandards,
  vague,
  onlyManagementStandards,
  unreadable,
];
