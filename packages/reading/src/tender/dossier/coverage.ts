import { COVERED } from '../tender-facts.ts';
import { ABSENT_RULES, mayBeMissed, whereAbsent } from './absent.ts';
import type { DossierFound, DossierRule } from './dossier-rule.ts';

/** Requirements whose absence other rules report. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  'INC-01',
  'VUL-01',
  'VUL-02',
  'VUL-04',
  'GOV-07',
  'EXT-01',
  'SUP-01',
  'GOV-10',
]);

/** A control set that is asked for asks for what it contains: OWASP ASVS 5.0.0, chapters on authentication, logging, communication and headers. */
const IMPLIES: Readonly<Record<string, readonly string[]>> = {
  'WEB-05': ['ACC-01', 'ACC-04', 'LOG-01', 'CRY-02', 'WEB-01', 'WEB-02'],
};

/** What the catalogue would demand for this kind of purchase, and no clause of the dossier asks for. */
export const coverage: DossierRule = {
  id: 'tender/coverage',
  level: 'note',
  good: [{ language: 'en', files: { 'a.txt': 'Minutes of a meeting about the summer party.' }, described: true }],
  bad: (ABSENT_RULES[0]?.bad ?? []).map((example) => ({ ...example, described: true })),
  check: (dossier) => {
    const { demand, best } = dossier;
    // Of a guessed purchase the table of what is asked is shown; a finding needs the buyer's word on what is bought.
    if (!mayBeMissed(dossier) || demand === null || dossier.guessed) return [];
    const place = whereAbsent(dossier);
    if (!place) return [];
    const implied = new Set(
      Object.entries(IMPLIES).flatMap(([id, others]) => ((best(id)?.confidence ?? 0) >= COVERED ? others : [])),
    );
    return demand.requirements
      .filter(({ id }) => !ELSEWHERE.has(id) && !implied.has(id) && (best(id)?.confidence ?? 0) < COVERED)
      .map(({ id, weight }): DossierFound => {
        const near = best(id);
        const title = dossier.catalogue.requirements.find((one) => one.id === id)?.title;
        return {
          ...(near ? { part: near.part, quote: near.quote } : place),
          variant: near ? 'near' : 'message',
          values: { requirement: id, title: title?.[dossier.language] ?? id, weight },
          confidence: Math.round((0.95 - (near?.confidence ?? 0)) * 100) / 100,
          requirement: id,
          absent: true,
        };
      });
  },
};
