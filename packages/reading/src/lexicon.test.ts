import { readContent } from '@proviso/content';
import { describe, expect, it } from 'vitest';
import { analyse } from './analysis.ts';
import { LEXICON_FOLDER, lexiconLanguages, lexiconOf, loadLexicons } from './lexicon.ts';
import { strengths } from './statements.ts';
import { documentOf } from './testing/document.ts';

const lexicons = loadLexicons();
const UNION = 'bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv'.split(' ');
const FULL = 'da de en es et fi fr it ja nb nl pl pt sv'.split(' ');

describe('lexicons', () => {
  it('has every official language of the Union, Norwegian and Japanese', () => {
    expect(lexiconLanguages()).toEqual(expect.arrayContaining([...UNION, 'nb', 'ja']));
  });

  it.each(lexiconLanguages())('%s names its own language and has the words every answer needs', (language) => {
    const lexicon = lexiconOf(readContent(new URL(`${language}.yaml`, LEXICON_FOLDER)));
    expect(lexicon.language).toBe(language);
    const cues = new Set(lexicon.terms.map(({ label }) => label.cue));
    for (const cue of [
      'ict',
      'othersubject',
      'procurement',
      'policy',
      'security',
      'falsefriend',
      'must',
      'should',
      'may',
      'forbidden',
      'supplier',
      'buyer',
      'proof',
      'sanction',
      'vague',
      'unnamed',
    ] as const) {
      expect(cues, `${language} ${cue}`).toContain(cue);
    }
    if (language !== 'ja') expect(lexicon.months).toHaveLength(12);
  });

  it.each(FULL)('%s has words for every topic of security', (language) => {
    const terms = [...(lexicons.lexicon('any')?.terms ?? []), ...(lexicons.lexicon(language)?.terms ?? [])];
    expect(new Set(terms.flatMap(({ label }) => label.topic ?? [])).size).toBe(16);
  });

  it('refuses a cue, topic or weight that does not exist', () => {
    expect(() => lexiconOf({ language: 'xx', itc: { 3: 'a' } })).toThrow('no cue itc');
    expect(() => lexiconOf({ language: 'xx', security: { crypto: { 3: 'a' } } })).toThrow('no topic crypto');
    expect(() => lexiconOf({ language: 'xx', ict: { 5: 'a' } })).toThrow('weight 5');
  });

  it('reads Norwegian under each of its codes and an unknown language with the shared words', () => {
    expect(lexicons.matcher('no')).toBe(lexicons.matcher('nb'));
    expect(lexicons.matcher('xx')).toBe(lexicons.matcher('en'));
  });
});

describe('false friends', () => {
  it.each([
    ['en', 'The bid security shall be two percent and the security guards work at night.'],
    ['en', 'Social security contributions and security of supply are the bidder’s concern.'],
    ['en', 'All questions go to https://security.example.org/authentication.'],
    ['fr', 'Un agent de sécurité et un coordonnateur de sécurité sont présents sur le chantier.'],
    ['fr', 'La sécurité des mines et la sécurité incendie relèvent du code du travail.'],
    ['de', 'Es ist eine Sicherheitsleistung zu stellen; die Arbeitssicherheit ist zu beachten.'],
    ['nl', 'De sociale zekerheid en de brandveiligheid van het gebouw vallen onder het bestek.'],
    ['da', 'Der er usikkerhed om mængden, og leverandøren skal stille sikkerhed.'],
    ['nb', 'Det er usikkerhet om mengden, og leverandøren skal stille sikkerhet.'],
    ['sv', 'Det råder osäkerhet om mängden, och leverantören ska ställa säkerhet.'],
    ['it', 'Gli oneri della sicurezza e la garanzia provvisoria sono a carico del concorrente.'],
    ['es', 'La seguridad social y la seguridad vial son obligaciones del contratista.'],
    ['pt', 'A segurança do trabalho e a segurança social são da responsabilidade da empresa.'],
    ['fi', 'Työturvallisuus ja sosiaaliturva ovat toimittajan vastuulla.'],
    ['et', 'Tööohutus ja turvateenus on pakkuja vastutada.'],
    ['pl', 'Wykonawca wniesie zabezpieczenie należytego wykonania i zapewni BHP.'],
    ['ja', '契約保証金を納付し、労働安全を確保すること。'],
  ])('%s: %s', (language, text) => {
    expect(strengths(analyse(documentOf(text, language), lexicons))).not.toContain('strong');
    expect(strengths(analyse(documentOf(text, language), lexicons))).not.toContain('word');
  });
});

describe('security statements', () => {
  it.each([
    ['en', 'All data must be encrypted in transit.'],
    ['fr', 'L’authentification multifacteur est obligatoire pour les administrateurs du système.'],
    ['de', 'Der Auftragnehmer erstellt ein IT-Sicherheitskonzept.'],
    ['nl', 'De leverancier meldt datalekken en beveiligingsincidenten binnen 24 uur.'],
    ['it', 'Il fornitore deve correggere le vulnerabilità del software.'],
    ['es', 'El proveedor debe cifrar los datos y reportar incidentes de seguridad.'],
    ['pt', 'A contratada deve possuir firewall e garantir a segurança da informação.'],
    ['da', 'Leverandøren skal kryptere data og foretage penetrationstest.'],
    ['nb', 'Leverandøren skal ha et styringssystem for informasjonssikkerhet.'],
    ['sv', 'Leverantören ska rapportera säkerhetsincidenter och ha brandväggar.'],
    ['fi', 'Toimittajan tulee ilmoittaa tietoturvapoikkeamista viipymättä.'],
    ['et', 'Kõik paroolid peavad olema krüpteeritud.'],
    ['pl', 'System musi zapewniać uwierzytelnianie dwuskładnikowe i szyfrowanie.'],
    ['ja', '受託者は情報セキュリティ対策を講じること。'],
    ['bg', 'Системата трябва да осигурява криптиране на личните данни и киберсигурност.'],
    ['hr', 'Sustav mora podržavati autentifikaciju i enkripciju podataka.'],
    ['cs', 'Systém musí zajistit šifrování a kybernetickou bezpečnost.'],
    ['el', 'Το σύστημα πρέπει να διασφαλίζει κρυπτογράφηση και ασφάλεια πληροφοριών.'],
    ['ga', 'Ní mór criptiú agus slándáil faisnéise a chinntiú.'],
    ['hu', 'A rendszernek biztosítania kell a titkosítást és az információbiztonságot.'],
    ['lv', 'Sistēmai jānodrošina šifrēšana un informācijas drošība.'],
    ['lt', 'Sistema turi užtikrinti šifravimą ir informacijos saugą.'],
    ['mt', 'Is-sistema għandha tiżgura kriptaġġ u sigurtà tal-informazzjoni.'],
    ['ro', 'Sistemul trebuie să asigure criptarea datelor și securitatea informației.'],
    ['sk', 'Systém musí zabezpečiť šifrovanie a informačnú bezpečnosť.'],
    ['sl', 'Sistem mora zagotavljati šifriranje in informacijsko varnost.'],
  ])('%s: %s', (language, text) => {
    expect(strengths(analyse(documentOf(text, language), lexicons))).toContain('strong');
  });
});
