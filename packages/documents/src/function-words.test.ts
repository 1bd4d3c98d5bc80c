import { describe, expect, it } from 'vitest';
import { languageOfWords } from './function-words.ts';

const PROSE = {
  en: 'The supplier must report to the buyer all incidents that have an effect on the service, and it shall keep the logs of which this contract speaks for at least twelve months after the end of it.',
  fr: "Le fournisseur doit signaler à l'acheteur les incidents qui ont un effet sur le service, et il conserve dans des fichiers sûrs les journaux dont il est question dans ce contrat pour une durée de douze mois.",
  nl: 'De leverancier moet aan de opdrachtgever alle incidenten melden die een gevolg voor de dienst hebben, en hij bewaart het logboek waarvan in deze overeenkomst sprake is ook na het einde van het contract voor een jaar.',
  de: 'Der Auftragnehmer hat dem Auftraggeber alle Vorfälle zu melden, die sich auf die Dienste auswirken, und er bewahrt das Protokoll, von dem im Vertrag die Rede ist, auch nach dem Ende für eine Dauer von zwölf Monaten auf.',
};

describe('languageOfWords', () => {
  it.each(Object.entries(PROSE))('tells %s by its little words', (language, text) => {
    expect(languageOfWords(text)).toBe(language);
  });

  it.each([
    [
      'Danish',
      'Leverandøren skal underrette køberen om alle hændelser, der har betydning for tjenesten, og den skal opbevare logfilerne i mindst tolv måneder efter kontraktens ophør, medmindre andet er aftalt mellem parterne skriftligt.',
    ],
    [
      'Spanish',
      'El proveedor debe notificar al comprador todos los incidentes que tengan efecto sobre el servicio, y conservará los registros de los que habla este contrato durante al menos doce meses después de su fin.',
    ],
    ['two languages in one passage', `${PROSE.en} ${PROSE.de}`],
    [
      'a list of names',
      'Amsterdam Rotterdam Utrecht Eindhoven Groningen Tilburg Almere Breda Nijmegen Apeldoorn Haarlem Arnhem Enschede Amersfoort Zaanstad Haarlemmermeer Zwolle Zoetermeer Leiden Leeuwarden Maastricht Dordrecht Ede Delft Venlo Deventer Helmond Oss Sittard Alkmaar',
    ],
    ['a few words', 'The supplier must report to the buyer.'],
    ['nothing', ''],
  ])('leaves %s to the model', (_, text) => {
    expect(languageOfWords(text)).toBeNull();
  });
});
