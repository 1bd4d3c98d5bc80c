import type { TenderFacts } from './tender-facts.ts';

/** What a document adds that could not be read, or is in a language that the tender rules do not know. */
export function nullFacts(path: string): TenderFacts {
  return {
    path,
    language: null,
    concernsIct: false,
    isProcurement: false,
    security: false,
    coverage: [],
    periods: [],
    statesPeriod: [],
    wishes: [],
    annexes: { referred: [], present: [] },
    types: [],
    hosted: false,
    flowsDown: false,
    sanction: false,
    proof: false,
    inspected: false,
    ownHosting: 0,
    obliges: false,
    securityDuties: 0,
    type: null,
    law: false,
    standards: [],
    anchor: null,
    ignores: { ignores: [], withoutReason: [] },
    value: null,
  };
}
