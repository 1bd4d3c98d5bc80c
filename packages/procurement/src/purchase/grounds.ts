/** Why an offer is excluded. A missed knock-out is none of them: the frozen scores decide that. Apart from the schemas, which pages need not load. */
export const EXCLUSION_GROUNDS = ['abnormally-low', 'ineligible', 'inadmissible', 'deviation', 'unreadable'] as const;

/** Grounds that a request to take part answers with yes or no: Directive 2014/24/EU, Article 57(1), (2), (4). */
export const DECLARED_GROUNDS = ['convictions', 'taxes', 'conduct'] as const;
