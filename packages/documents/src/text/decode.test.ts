import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decode } from './decode.ts';
import { encodeAs } from './testing/encode-as.ts';

const SAMPLES: readonly [encoding: string, text: string][] = [
  ['windows-1252', 'Le prestataire doit protéger les données à caractère personnel, où qu’elles soient hébergées.'],
  ['windows-1252', 'Die Übertragung muss verschlüsselt erfolgen; Schlüssel größer als 2048 Bit sind zulässig.'],
  ['windows-1252', 'El órgano de contratación exigirá la certificación; ¿cómo se acreditará? Según el año en curso.'],
  ['windows-1252', 'A contratação será precedida de análise; não são permitidas exceções às condições.'],
  [
    'windows-1252',
    'Leverandøren må sørge for at løsningen følger gjeldende krav til informasjonssikkerhet på årsbasis.',
  ],
  [
    'windows-1250',
    'Wykonawca zapewni ochronę danych osobowych; łączność będzie szyfrowana, a także sprawdzana co miesiąc.',
  ],
  ['windows-1250', 'Dodavatel zajistí, že veškerý přenos bude šifrován; řešení musí být průběžně udržováno.'],
  [
    'windows-1250',
    'A szállító köteles gondoskodni a titkosításról; a jelszavak erősségéről külön előírás rendelkezik.',
  ],
  [
    'iso-8859-2',
    'Wykonawca zapewni ochronę danych osobowych; łączność będzie szyfrowana, a także sprawdzana co miesiąc.',
  ],
  [
    'windows-1251',
    'Исполнитель обеспечивает защиту информации в соответствии с требованиями настоящего технического задания.',
  ],
  ['windows-1251', 'Изпълнителят гарантира сигурността на мрежите и информационните системи на възложителя.'],
  [
    'koi8-u',
    'Исполнитель обеспечивает защиту информации в соответствии с требованиями настоящего технического задания.',
  ],
  [
    'ibm866',
    'Исполнитель обеспечивает защиту информации в соответствии с требованиями настоящего технического задания.',
  ],
  [
    'iso-8859-5',
    'Исполнитель обеспечивает защиту информации в соответствии с требованиями настоящего технического задания.',
  ],
  ['windows-1253', 'Ο ανάδοχος υποχρεούται να εφαρμόζει μέτρα ασφάλειας για την προστασία των δεδομένων.'],
  [
    'windows-1254',
    'Yüklenici, kişisel verilerin güvenliğini sağlamak için gerekli bütün önlemleri alır; şifreleme zorunludur.',
  ],
  [
    'windows-1257',
    'Tiekėjas užtikrina, kad visi duomenys būtų šifruojami; slaptažodžiai keičiami kas mėnesį, žurnalai saugomi.',
  ],
  [
    'windows-1257',
    'Piegādātājs nodrošina informācijas drošību; paroles tiek mainītas katru mēnesi, žurnāli tiek glabāti.',
  ],
  ['shift_jis', '受託者は、情報セキュリティを確保するため、通信を暗号化しなければならない。また、記録を保存すること。'],
  ['euc-jp', '受託者は、情報セキュリティを確保するため、通信を暗号化しなければならない。また、記録を保存すること。'],
  ['gb18030', '供应商应当对传输的数据进行加密，并按照国家有关规定在合同中说明安全措施的要求。'],
  ['big5', '廠商應對傳輸的資料進行加密，並依照國家的規定在契約中說明安全措施的要求，不得有例外。'],
  ['euc-kr', '사업자는 정보보호를 위하여 통신 구간을 암호화하고 접속 기록을 보관하여야 한다. 이는 계약의 조건이다.'],
];

describe('decode', () => {
  test.each(SAMPLES)('tells %s by its letters: %s', (encoding, text) => {
    const found = decode(encodeAs(text, encoding));
    expect(found.text).toBe(text);
    expect(found.by).toBe('statistics');
  });

  test.each([
    ['UTF-8 with a mark', [0xef, 0xbb, 0xbf, 0x61], 'a', 'utf-8', 'mark'],
    ['UTF-16 with a mark', [0xff, 0xfe, 0x61, 0, 0xe9, 0], 'aé', 'utf-16le', 'mark'],
    ['UTF-16 of the other order', [0xfe, 0xff, 0, 0x61, 0, 0xe9], 'aé', 'utf-16be', 'mark'],
    ['UTF-32 with a mark', [0xff, 0xfe, 0, 0, 0x61, 0, 0, 0, 0, 0xf6, 1, 0], 'a😀', 'utf-32le', 'mark'],
    ['only a mark', [0xef, 0xbb, 0xbf], '', 'utf-8', 'mark'],
    ['plain ASCII', [0x61, 0x0d, 0x0a, 0x62, 0x0d, 0x63], 'a\nb\nc', 'utf-8', 'valid'],
    ['nothing', [], '', 'utf-8', 'valid'],
    ['zero bytes', [0x61, 0, 0x62], 'a b', 'utf-8', 'valid'],
    ['JIS with escapes', [0x1b, 0x24, 0x42, 0x46, 0x7c, 0x1b, 0x28, 0x42], '日', 'iso-2022-jp', 'statistics'],
  ] as const)('%s', (_name, bytes, text, encoding, by) => {
    expect(decode(Uint8Array.from(bytes))).toEqual({ text, encoding, by });
  });

  test.each([
    ['utf-16le', 'Требования к безопасности сети и связи\nв настоящем документе'],
    ['utf-16be', 'Απαιτήσεις ασφάλειας για το δίκτυο\nκαι τις επικοινωνίες'],
    ['utf-16le', 'Requirements for the network'],
  ])('%s without a mark: %s', (encoding, text) => {
    const bytes = Buffer.from(text, 'utf16le');
    if (encoding === 'utf-16be') bytes.swap16();
    expect(decode(bytes)).toMatchObject({ text, encoding });
  });

  test('the encoding a page or an XML file declares is believed where the bytes fit it', () => {
    const polish = '<html><head><meta charset="iso-8859-2"></head><body>źródło</body>';
    expect(decode(encodeAs(polish, 'iso-8859-2'), { markup: 'html' })).toMatchObject({ text: polish, by: 'declared' });
    const xml = '<?xml version="1.0" encoding="windows-1251"?><a>Проект</a>';
    expect(decode(encodeAs(xml, 'windows-1251'), { markup: 'xml' })).toMatchObject({
      text: xml,
      encoding: 'windows-1251',
    });
    expect(decode(Buffer.from('<meta charset="iso-8859-1">é'), { markup: 'html' })).toMatchObject({
      encoding: 'utf-8',
    });
    expect(decode(Buffer.from('<meta charset="no-such">é'), { markup: 'html' }).text).toContain('é');
  });

  test('a UTF-8 text with a few bytes of another encoding, or cut inside a letter, keeps its letters', () => {
    const utf8 = Buffer.from('Données protégées à chiffrer, été comme hiver. ');
    expect(decode(Buffer.concat([utf8, Uint8Array.of(0xe9), utf8]))).toMatchObject({
      by: 'mixed',
      text: expect.stringContaining('hiver. éDonnées'),
    });
    expect(decode(utf8.subarray(0, utf8.indexOf(0xc3) + 1 + 8)).text).toContain('Données');
    expect(decode(Buffer.concat([utf8, Uint8Array.of(0xc3)])).text).toContain('protégées');
  });

  test('never throws, and a UTF-8 text comes back as it is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(decode(bytes).text).not.toContain('\0');
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!/[\p{Cc}\u2028\u2029\ufeff]/u.test(text));
        // Short texts with zeros on one side may look like UTF-16; a word of ASCII tells.
        expect(decode(Buffer.from(`text: ${text}`)).text).toBe(`text: ${text}`);
      }),
    );
  });
});
