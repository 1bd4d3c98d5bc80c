/** The closed lists of the catalogue, apart from the schemas, so that who only reads a catalogue loads no schema library. */
export const LANGUAGES = ['en', 'fr', 'nl', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];
export const CONFIDENCE = ['high', 'medium', 'low'] as const;
export const LEVELS = ['basic', 'standard', 'advanced'] as const;
export type Level = (typeof LEVELS)[number];
export const RATINGS = ['low', 'medium', 'high', 'critical'] as const;
export type Rating = (typeof RATINGS)[number];
export const PHASES = ['tender', 'evaluation', 'contract', 'acceptance', 'operation', 'exit'] as const;
export const ANSWERS = ['choice', 'yes-no', 'number', 'date', 'text'] as const;
export const EVIDENCE_TYPES = [
  'probe-result',
  'certificate',
  'audit-report',
  'test-report',
  'sbom',
  'advisory-feed',
  'document',
  'declaration',
  'sample',
  'reference',
] as const;
/** As in OSCAL mapping collections: how the requirement stands to what is referred to. */
export const RELATIONS = ['equal', 'subset', 'superset', 'intersects'] as const;
/** `own`: what an organisation asks of itself, beside the catalogue. */
export const ORIGINS = ['law', 'guidance', 'control-set', 'our-proposal', 'own'] as const;
