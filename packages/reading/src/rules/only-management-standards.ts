import { clauseAt } from '../facts/facts.ts';
import { isNamedStandard } from '../mentions.ts';
import type { Rule } from './rule.ts';

/** Standards about managing security, by family; control baselines such as FedRAMP hold technical measures and are none of them. */
const MANAGEMENT: ReadonlySet<string> = new Set([
  'ISO/IEC 27001',
  'ISO/IEC 27002',
  'ISO/IEC 27701',
  'ISO 22301',
  'ISO/IEC 20000-1',
  'SOC 2',
  'ISAE 3402',
  'NIST CSF',
  'COBIT',
]);

/** A document about ICT asks for security and names only standards about managing it: nothing says what the product must do. */
export const onlyManagementStandards: Rule = {
  id: 'security/only-management-standards',
  level: 'note',
  good: [
    {
      text: 'De cloudsoftware moet gegevens versleutelen en tweefactorauthenticatie vragen. Gunningscriteria staan in de aanbesteding. Zijn er standaarden nodig? De leverancier van de software moet dan voldoen aan ISO/IEC 27001.',
      language: 'nl',
    },
    {
      text: 'The cloud software must encrypt data in transit with TLS 1.3 or later. The supplier of the software must hold an ISO/IEC 27001 certificate.',
    },
  ],
  bad: [
    {
      text: 'The cloud software must encrypt data in transit and require multi-factor authentication for user accounts. The supplier of the software must hold an ISO/IEC 27001 certificate for information security. Award criteria follow in the tender.',
    },
  ],
  create: ({ report, analysis, scope, security, standards, family }) => ({
    end() {
      if (!scope.concernsIct || !scope.isProcurement || standards.value !== 'management') return;
      if (!(security.value === 'requirement' || security.value === 'proof')) return;
      const named = standards.mentions.filter(isNamedStandard);
      if (!named.every(({ standard }) => standard !== null && MANAGEMENT.has(family(standard)))) return;
      const first = named.find(({ modality }) => modality === 'must' || modality === 'should');
      if (!first) return;
      const clause = clauseAt(analysis, first.start);
      // "Is a standard needed? Think of ISO 27001." asks the reader.
      const block = analysis.document.blocks[clause.block];
      if (/\?(?:\s|$)/.test(analysis.document.text.slice(block?.start ?? clause.start, clause.end))) return;
      report({ clause, start: first.start, end: first.end, values: { standard: first.standard ?? first.text } });
    },
  }),
};
