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

/**
 * What each question looks at, the label column it learns from, the ridge penalty, and the plain rule that the weights have to beat.
 * Features are chosen by what the question means.
 */
export const QUESTIONS: Record<
  Question,
  {
    label: string;
    yes: string;
    no: readonly string[];
    features: readonly Name[];
    ridge: number;
    rule(features: Features): boolean;
  }
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
    rule: (f) => f.ictShare >= 0.6 && f.ictVariety >= Math.log1p(2),
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
    rule: (f) => f.procurementDensity > f.policyDensity,
  },
  mentionsSecurity: {
    label: 'mentions_security',
    yes: 'yes',
    no: ['no'],
    features: SECURITY,
    ridge: 1,
    rule: (f) => f.securityHasStrong + f.securityHasWord > 0,
  },
  substantive: {
    label: 'security_level',
    yes: 'substantive',
    no: ['none', 'passing'],
    features: SECURITY,
    ridge: 1,
    rule: (f) => f.securityDemands > 0,
  },
};
