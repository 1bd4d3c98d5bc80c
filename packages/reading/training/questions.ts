import type { Question } from '../src/classifier.ts';
import type { Features } from '../src/features.ts';

type Name = keyof Features;

const SECURITY: readonly Name[] = [
  'ictDensity',
  'ictShare',
  'securityDensity',
  'securityStrong',
  'securityNear',
  'securityWord',
  'securityHasStrong',
  'securityHasNear',
  'securityHasWord',
  'securityVariety',
  'securityTitle',
  'securityDemands',
  'securityNearDemands',
  'securityBidding',
  'securityTopics',
];

/** What each question looks at, the label column it learns from, and the ridge penalty. Chosen by what the question means. */
export const QUESTIONS: Record<
  Question,
  { label: string; yes: string; no: readonly string[]; features: readonly Name[]; ridge: number }
> = {
  concernsIct: {
    label: 'concerns_ict',
    yes: 'yes',
    no: ['no'],
    features: [
      'ictDensity',
      'ictVariety',
      'ictTitle',
      'ictOpening',
      'otherDensity',
      'otherTitle',
      'ictShare',
      'securityDensity',
    ],
    ridge: 1,
  },
  isProcurement: {
    label: 'is_procurement',
    yes: 'yes',
    no: ['no'],
    features: [
      'procurementDensity',
      'procurementVariety',
      'procurementTitle',
      'procurementOpening',
      'policyDensity',
      'policyTitle',
      'policyOpening',
      'supplierDensity',
      'notice',
      'securityDensity',
    ],
    ridge: 1,
  },
  mentionsSecurity: { label: 'mentions_security', yes: 'yes', no: ['no'], features: SECURITY, ridge: 1 },
  substantive: { label: 'security_level', yes: 'substantive', no: ['none', 'passing'], features: SECURITY, ridge: 1 },
};
