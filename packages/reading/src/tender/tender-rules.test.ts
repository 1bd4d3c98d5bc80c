import { type Context, loadCatalogue } from '@proviso/catalogue';
import { contextOf as purchaseOf } from '@proviso/catalogue/check';
import { describe, expect, it } from 'vitest';
import { loadMessages, MESSAGE_LANGUAGES } from '../messages.ts';
import type { Example } from '../rules/rule.ts';
import { contextOf, documentOf } from '../testing/document.ts';
import type { DossierExample } from './dossier/dossier-rule.ts';
import { DOSSIER_RULES } from './dossier/index.ts';
import { lintDossier } from './lint.ts';
import { CatalogueWords, lintDocument } from './lint-document.ts';
import { TENDER_RULES } from './rules/index.ts';
import { TENDER_LANGUAGES } from './tender-words.ts';

const catalogue = loadCatalogue();
const words = new CatalogueWords(catalogue);

function findings(example: Example, id: string) {
  const context = contextOf(example.country ? { country: example.country } : null);
  const { reading } = lintDocument(documentOf(example.text, example.language ?? 'en'), context, words);
  return reading.findings.filter(({ rule }) => rule === id);
}

const PORTAL = purchaseOf(
  {
    schema: 'proviso.context/1',
    title: 'Portal',
    language: 'en',
    country: 'NL',
    sector: 'other',
    kinds: ['service'],
    types: ['web-application', 'cloud-software'],
    services: ['public-services', 'cloud'],
    assets: ['web-servers', 'databases'],
    criticality: 'moderate',
    exposure: 'internet',
    personalData: 'ordinary',
    remoteAccess: 'none',
    hosting: 'cloud',
    development: 'none',
    contractMonths: 48,
    valueBand: 'medium',
  },
  catalogue,
);

function dossierOf(
  { files, language, country, described }: DossierExample,
  purchase: Context | null = described ? PORTAL : null,
) {
  const parts = Object.entries(files).map(([path, text]) => {
    const context = contextOf(country ? { country } : null);
    return lintDocument(documentOf(text, language), { ...context, source: { ...context.source, path } }, words).facts;
  });
  return lintDossier(parts, { catalogue, purchase, country: country ?? null, language: 'en' });
}

describe.each(TENDER_RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  it.each([...rule.bad])('finds: $text', (example) => {
    expect(findings(example, id)).not.toHaveLength(0);
  });

  it.each([...rule.good])('leaves alone: $text', (example) => {
    expect(findings(example, id)).toHaveLength(0);
  });

  it('has good and bad examples in every language', () => {
    for (const list of [rule.good, rule.bad])
      expect([...new Set(list.map(({ language }) => language ?? 'en'))].sort()).toEqual([...TENDER_LANGUAGES].sort());
  });
});

describe.each(DOSSIER_RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  it.each([...rule.bad])('finds, in $language: $files', (example) => {
    expect(dossierOf(example).findings.map((one) => one.rule)).toContain(id);
  });

  it.each([...rule.good])('leaves alone, in $language: $files', (example) => {
    expect(dossierOf(example).findings.map((one) => one.rule)).not.toContain(id);
  });
});

describe.each([...TENDER_RULES, ...DOSSIER_RULES].map(({ id }) => id))('the words of %s', (id) => {
  it('say in every language what it means, why, and what to do', () => {
    for (const language of MESSAGE_LANGUAGES) {
      const texts = loadMessages(language)[id];
      for (const name of ['meaning', 'why', 'message', 'fix'])
        expect(texts?.[name], `${language} ${name}`).toBeTruthy();
      expect(Object.keys(texts ?? {})).toEqual(Object.keys(loadMessages('en')[id] ?? {}));
    }
  });
});

describe('security/vague in a tender', () => {
  it.each([
    ['en', 'Tender for software. The supplier must do all that is necessary to prevent malicious use of the platform.'],
    ['fr', 'Appel d’offres. Le fournisseur doit faire le nécessaire contre les attaques du portail.'],
    [
      'nl',
      'Aanbesteding. Van de leverancier wordt verwacht dat hij al het nodige doet om misbruik van het platform tegen te gaan.',
    ],
    [
      'de',
      'Ausschreibung. Der Auftragnehmer muss alles Erforderliche tun, um den Missbrauch der Plattform zu verhindern.',
    ],
  ])('finds bordering words, in %s: %s', (language, text) => {
    expect(findings({ text, language }, 'security/vague')).not.toHaveLength(0);
  });

  it('leaves alone what concerns no system', () => {
    const text =
      'Tender for software. The supplier must use its best efforts for an orderly transition to a successor.';
    expect(findings({ text }, 'security/vague')).toHaveLength(0);
  });
});

describe('whose law applies', () => {
  const text =
    'See https://www.gov.uk/a and https://www.gov.uk/b of the UK. The supplier must deliver Cisco Catalyst switches for the network.';
  const rulesIn = (isTender: boolean) =>
    lintDocument(documentOf(text), { ...contextOf({ country: 'IE' }), isTender }, words).reading.findings.map(
      ({ rule }) => rule,
    );

  it('is the word of a buyer who says that it is a tender', () => {
    expect(rulesIn(true)).toContain('tender/brand');
    expect(rulesIn(false)).not.toContain('tender/brand');
  });
});

describe('a dossier', () => {
  const TENDER =
    'Invitation to tender: a web application with hosting.\nThe supplier must deliver the web application and the website, and encrypt personal data. Award criteria follow.';

  it('is judged as a whole: what one file asks, another need not', () => {
    const files = {
      'tender.txt': TENDER,
      'security.txt': 'The supplier must notify the buyer of security incidents within 24 hours.',
    };
    const alone = dossierOf({ language: 'en', files: { 'tender.txt': TENDER } });
    expect(alone.findings.map(({ rule }) => rule)).toContain('tender/no-incident-notice');
    expect(dossierOf({ language: 'en', files }).findings.map(({ rule }) => rule)).not.toContain(
      'tender/no-incident-notice',
    );
  });

  it('says what was guessed of the purchase, and takes the buyer’s word instead where it is given', () => {
    const guessed = dossierOf({ language: 'en', files: { 'tender.txt': TENDER } });
    expect(guessed.inferred?.types[0]?.id).toBe('web-application');
    const purchase = purchaseOf(
      {
        schema: 'proviso.context/1',
        title: 'Mail',
        language: 'en',
        country: 'NL',
        sector: 'government',
        kinds: ['service'],
        types: ['email-service'],
        services: ['email'],
        assets: ['mail-servers'],
        criticality: 'high',
        exposure: 'internet',
        personalData: 'ordinary',
        remoteAccess: 'none',
        hosting: 'cloud',
        development: 'none',
        contractMonths: 48,
        valueBand: 'large',
      },
      catalogue,
    );
    const told = dossierOf({ language: 'en', files: { 'tender.txt': TENDER } }, purchase);
    expect(told.inferred).toBeNull();
    expect(told.coverage.map(({ requirement }) => requirement)).toContain('MAIL-03');
  });

  it.each([
    ['en', 'Request for tenders: online parking permit service. The supplier must host the service and encrypt data.'],
    ['fr', 'Appel d’offres : guichet électronique. Le fournisseur doit héberger le logiciel et chiffrer les données.'],
    ['nl', 'Aanbesteding: online platform. De leverancier moet de software hosten en gegevens versleutelen.'],
    [
      'de',
      'Ausschreibung: webbasiertes Fachverfahren. Der Auftragnehmer muss die Software hosten und Daten verschlüsseln.',
    ],
  ])('takes what is online for a web application, in %s: %s', (language, text) => {
    expect(dossierOf({ language, files: { 'a.txt': text } }).inferred?.types[0]?.id).toBe('web-application');
  });

  it.each([
    ['in a language without rules', 'et', 'Pakkuja peab teavitama turvaintsidentidest.', 'language'],
    ['that buys nothing', 'en', 'The board met on Monday and had lunch.', 'no-procurement'],
  ])('%s is not judged for what is absent, and says so', (_, language, text, reason) => {
    const lint = dossierOf({ language, files: { 'a.txt': text } });
    expect(lint.notJudged).toBe(reason);
    expect(lint.findings.filter(({ rule }) => /no-|coverage|internet/.test(rule))).toEqual([]);
  });
});
