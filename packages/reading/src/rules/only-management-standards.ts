import { clauseAt } from '../facts/facts.ts';
import { isNamedStandard } from '../mentions.ts';
import type { Rule } from './rule.ts';

/** A document about ICT asks for security and names only standards about managing it: nothing says what the product must do. */
export const onlyManagementStandards: Rule = {
  id: 'security/only-management-standards',
  level: 'note',
  good: [
    {
      text: 'The cloud software must encrypt data in transit with TLS 1.3 or later. The supplier of the software must hold an ISO/IEC 27001 certificate.',
    },
  ],
  bad: [
    {
      text: 'The cloud software must encrypt data in transit and require multi-factor authentication for user accounts. The supplier of the software must hold an ISO/IEC 27001 certificate for information security.',
    },
  ],
  create: ({ report, analysis, scope, security, standards }) => ({
    end() {
      if (!scope.concernsIct || standards.value !== 'management') return;
      if (!(security.value === 'requirement' || security.value === 'proof')) return;
      const first = standards.mentions.find((mention) => isNamedStandard(mention) && mention.modality !== 'context');
      if (first)
        report({
          clause: clauseAt(analysis, first.start),
          start: first.start,
          end: first.end,
          values: { standard: first.standard ?? first.text },
        });
    },
  }),
};
