/** Language and country of spelling, dates and figures, per language of the catalogue. */
export const PROOFING = { en: 'en-GB', fr: 'fr-FR', nl: 'nl-NL', de: 'de-DE' } as const;
