import { describe, expect, test } from 'vitest';
import { DocumentBuilder } from './builder.ts';
import { fillLanguages } from './language.ts';

const SENTENCES: Record<string, string> = {
  en: 'The supplier shall report every security incident to the buyer without delay and keep records of it.',
  fr: 'Le titulaire signale sans délai à l’acheteur tout incident de sécurité et en conserve la trace.',
  nl: 'De leverancier meldt ieder beveiligingsincident onverwijld aan de opdrachtgever en houdt daarvan een register bij.',
  de: 'Der Auftragnehmer meldet jeden Sicherheitsvorfall unverzüglich dem Auftraggeber und führt darüber Buch.',
  it: 'Il fornitore segnala senza indugio all’amministrazione ogni incidente di sicurezza e ne tiene un registro.',
  es: 'El contratista comunicará sin demora a la administración cualquier incidente de seguridad y llevará un registro.',
  pt: 'O fornecedor comunica de imediato à entidade adjudicante qualquer incidente de segurança e mantém o seu registo.',
  da: 'Leverandøren underretter straks ordregiveren om enhver sikkerhedshændelse og fører en fortegnelse over dem.',
  sv: 'Leverantören ska utan dröjsmål anmäla varje säkerhetsincident till beställaren och föra register över dem.',
  fi: 'Toimittaja ilmoittaa jokaisesta tietoturvapoikkeamasta viipymättä tilaajalle ja pitää niistä kirjaa.',
  et: 'Tarnija teatab igast turvaintsidendist viivitamata hankijale ja peab nende kohta arvestust.',
  pl: 'Wykonawca niezwłocznie zgłasza zamawiającemu każdy incydent bezpieczeństwa i prowadzi ich rejestr.',
  mt: 'Il-fornitur għandu jinforma minnufih lix-xerrej b’kull inċident ta’ sigurtà u jżomm reġistru tagħhom.',
  ga: 'Cuirfidh an soláthraí an ceannaitheoir ar an eolas faoi gach teagmhas slándála gan mhoill agus coimeádfaidh sé taifead ar na teagmhais.',
  bg: 'Изпълнителят уведомява незабавно възложителя за всеки инцидент със сигурността и води регистър.',
  el: 'Ο ανάδοχος αναφέρει χωρίς καθυστέρηση κάθε περιστατικό ασφάλειας στην αναθέτουσα αρχή.',
  ja: '受託者は、情報セキュリティに関する事故を発見した場合、直ちに発注者に報告すること。',
};

function documentOf(...paragraphs: string[]) {
  const builder = new DocumentBuilder('txt');
  for (const paragraph of paragraphs) builder.add('paragraph', paragraph);
  return builder.build();
}

describe('the language of a document', () => {
  test.each(Object.entries(SENTENCES))('%s', async (language, sentence) => {
    const document = documentOf(sentence);
    await fillLanguages(document);
    expect(document.language).toBe(language);
    expect(document.blocks[0]?.language).toBe(language);
  });

  test('is not told from numbers and names', async () => {
    const document = documentOf('12.50 | 13.75 | 2024', 'ISO/IEC 27001:2022', '-');
    await fillLanguages(document);
    expect(document.language).toBeNull();
    expect(document.blocks.every((block) => block.language === undefined)).toBe(true);
  });

  test('of an empty document is unknown', async () => {
    const document = documentOf();
    await fillLanguages(document);
    expect(document.language).toBeNull();
  });
});

describe('the language of a passage', () => {
  test('each half of a document in two languages has its own', async () => {
    const many = (language: string): string[] => Array.from({ length: 12 }, () => SENTENCES[language] ?? '');
    const document = documentOf(...many('fr'), ...many('nl'), ...many('nl'));
    await fillLanguages(document);
    expect(document.language).toBe('nl');
    expect(document.blocks[2]?.language).toBe('fr');
    expect(document.blocks.at(-2)?.language).toBe('nl');
  });

  test('a row of numbers inherits it', async () => {
    const document = documentOf(...Array.from({ length: 11 }, () => SENTENCES.de ?? ''), '27001 | 2024 | 17,5');
    await fillLanguages(document);
    expect(document.blocks.at(-1)?.language).toBe('de');
  });
});
