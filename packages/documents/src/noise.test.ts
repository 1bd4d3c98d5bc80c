import { describe, expect, test } from 'vitest';
import { judgeNoise } from './noise.ts';

const PROSE: Record<string, string> = {
  en: 'The contractor shall encrypt all personal data at rest and in transit, keep the keys apart from the data, and report any breach to the contracting authority within twenty-four hours after it was found, together with the measures taken to limit its effects.',
  de: 'Der Auftragnehmer stellt sicher, dass alle personenbezogenen Daten bei der Übertragung und Speicherung verschlüsselt werden, und meldet jede Verletzung der Sicherheit unverzüglich, spätestens jedoch innerhalb von vierundzwanzig Stunden, an die Vergabestelle.',
  fi: 'Toimittajan on salattava kaikki henkilötiedot sekä tallennettuina että siirron aikana, säilytettävä avaimet erillään tiedoista ja ilmoitettava jokaisesta tietoturvaloukkauksesta hankintayksikölle vuorokauden kuluessa sen havaitsemisesta.',
  pl: 'Wykonawca szyfruje wszystkie dane osobowe podczas przechowywania i przesyłania, przechowuje klucze oddzielnie od danych oraz zgłasza zamawiającemu każde naruszenie bezpieczeństwa w ciągu dwudziestu czterech godzin od jego wykrycia.',
  el: 'Ο ανάδοχος κρυπτογραφεί όλα τα προσωπικά δεδομένα κατά την αποθήκευση και τη μεταφορά, φυλάσσει τα κλειδιά χωριστά από τα δεδομένα και αναφέρει κάθε παραβίαση στην αναθέτουσα αρχή εντός είκοσι τεσσάρων ωρών από τον εντοπισμό της.',
  ja: '受託者は、保存中及び通信中のすべての個人情報を暗号化し、鍵をデータとは別に管理しなければならない。情報漏えいその他の事故を発見した場合は、発見後二十四時間以内に発注者に報告し、被害の拡大を防止するための措置を講じるものとする。'.repeat(
    2,
  ),
};

/** What a reader gets when the font's map is off by a number of places. */
function shifted(text: string, by: number): string {
  return [...text]
    .map((character) =>
      character === ' ' ? ' ' : String.fromCharCode(33 + ((character.charCodeAt(0) - 33 + by + 94) % 94)),
    )
    .join('');
}

describe('writing', () => {
  test.each(Object.entries(PROSE))('in %s is text', async (_, text) => {
    expect(await judgeNoise(text)).toBe('text');
    expect(await judgeNoise(text.toUpperCase())).not.toBe('noise');
  });

  test.each([
    [
      'a price list',
      Array.from({ length: 40 }, (_, i) => `${i + 1} | ${(i * 37.5).toFixed(2)} € | 2024-0${(i % 9) + 1}`).join('\n'),
    ],
    [
      'part numbers',
      Array.from({ length: 40 }, (_, i) => `FW-${4000 + i * 7}-EU | 10GBASE-SR | SFP+ | ${i}x`).join('\n'),
    ],
    ['a fingerprint', '8A B0 30 6E A8 3B 54 AD FA C7 92 57 AE CA 35 9C 2E 12 FB E4 BA 5D 20 DC 94 57 '.repeat(6)],
    [
      'a list of names',
      'Siobhan Frongillo, Kirstjen Nielsen, Mick Mulvaney, Nguyen Van An, Łukasz Wiśniewski, Jürgen Öztürk, '.repeat(3),
    ],
    ['a short line', 'xzq vvk'],
  ])('%s is not called noise', async (_, text) => {
    expect(await judgeNoise(text)).not.toBe('noise');
  });
});

describe('noise', () => {
  test.each([1, 3, -29, -31, 60])('a font map %i places off', async (by) => {
    expect(await judgeNoise(shifted(PROSE.en ?? '', by))).toBe('noise');
    expect(await judgeNoise(shifted(PROSE.de ?? '', by))).toBe('noise');
  });

  test('characters that stand for nothing', async () => {
    expect(await judgeNoise('\uE012\uE044\uE051 \uE011\uE0A2\u0001\u0002 '.repeat(40))).toBe('noise');
    expect(await judgeNoise('ab cd', 400)).toBe('noise');
  });
});
