import type { Rule } from './rule.ts';
import { staleEdition } from './stale-edition.ts';

/** An edition that a newer one has replaced is asked for. */
export const superseded: Rule = {
  id: 'standards/superseded',
  level: 'warning',
  good: [
    { text: 'The supplier must hold an ISO/IEC 27001:2022 certificate.' },
    { text: 'The supplier must hold an ISO/IEC 27001 certificate.' },
    { text: 'Controls must follow NIST SP 800-53 Rev. 4 or later.' },
  ],
  bad: [
    { text: 'The supplier must hold an ISO/IEC 27001:2013 certificate.' },
    { text: 'Controls must follow NIST SP 800-53 Rev. 4 in full.' },
  ],
  create: staleEdition(['superseded', 'obsolete'], { replaced: 'message', alone: 'unreplaced' }),
};
