/** Why an offer is excluded. A missed knock-out is none of them: the frozen scores decide that. Apart from the schemas, which pages need not load. */
export const EXCLUSION_GROUNDS = ['abnormally-low', 'ineligible', 'inadmissible', 'deviation', 'unreadable'] as const;
