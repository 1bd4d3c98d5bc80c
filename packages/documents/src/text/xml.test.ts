import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from '../parse.ts';
import { blocksOf, documentOf } from './testing/blocks-of.ts';
import { encodeAs } from './testing/encode-as.ts';
import { reader } from './xml.ts';

const NOTICE = `<?xml version="1.0" encoding="UTF-8"?>
<!-- made up -->
<ContractNotice xmlns="urn:oasis:names:specification:ubl:schema:xsd:ContractNotice-2" xmlns:cbc="urn:b" xmlns:cac="urn:a" xmlns:ext="urn:e" xmlns:efac="urn:f">
<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efac:Organizations>
<efac:Organization><efac:Company><cac:PartyIdentification><cbc:ID>ORG-0001</cbc:ID></cac:PartyIdentification>
<cac:PartyName><cbc:Name languageID="FRA">Ville de X</cbc:Name></cac:PartyName><cac:PartyName><cbc:Name languageID="ENG">City of X</cbc:Name></cac:PartyName>
<cac:PostalAddress><cbc:CityName>X</cbc:CityName><cac:Country><cbc:IdentificationCode listName="country">BEL</cbc:IdentificationCode></cac:Country></cac:PostalAddress></efac:Company></efac:Organization>
<efac:Organization><efac:Company><cac:PartyIdentification><cbc:ID>ORG-0002</cbc:ID></cac:PartyIdentification><cac:PartyName><cbc:Name>Court</cbc:Name></cac:PartyName></efac:Company></efac:Organization>
</efac:Organizations></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>
<cbc:ID schemeName="notice-id">3fa85f64</cbc:ID><cbc:IssueDate>2024-05-06+01:00</cbc:IssueDate><cbc:NoticeLanguageCode listName="language">ENG</cbc:NoticeLanguageCode>
<cac:ContractingParty><cac:Party><cac:PartyIdentification><cbc:ID>ORG-0001</cbc:ID></cac:PartyIdentification></cac:Party></cac:ContractingParty>
<cac:TenderingTerms><cac:TendererQualificationRequest><cbc:Description languageID="ENG">An ISO 27001 certificate is required.</cbc:Description></cac:TendererQualificationRequest></cac:TenderingTerms>
<cac:ProcurementProject><cbc:Name languageID="FRA">Pare-feu</cbc:Name><cbc:Name languageID="ENG">Firewalls</cbc:Name><cbc:Description languageID="ENG">Operation of firewalls.</cbc:Description>
<cac:MainCommodityClassification><cbc:ItemClassificationCode listName="cpv">72700000</cbc:ItemClassificationCode></cac:MainCommodityClassification>
<cac:RequestedTenderTotal><cbc:EstimatedOverallContractAmount currencyID="EUR">5000</cbc:EstimatedOverallContractAmount></cac:RequestedTenderTotal></cac:ProcurementProject>
<cac:ProcurementProjectLot><cbc:ID schemeName="Lot">LOT-0001</cbc:ID><cac:ProcurementProject><cbc:Name languageID="ENG">North</cbc:Name><cbc:Note languageID="FRA">Voir annexe</cbc:Note></cac:ProcurementProject></cac:ProcurementProjectLot>
</ContractNotice>`;

describe('notices', () => {
  test('an eForms notice reads as a person would read it', async () => {
    expect(await blocksOf(reader, NOTICE)).toEqual([
      'title Firewalls',
      'field Notice: contract notice',
      'field Buyer: City of X',
      'field Issue date: 2024-05-06',
      'heading2 Procurement project',
      'paragraph Pare-feu',
      'paragraph Operation of firewalls.',
      'field CPV 72700000',
      'field Estimated overall contract amount: 5000 EUR',
      'field Issue date: 2024-05-06',
      'heading2 Tendering terms',
      'heading3 Tenderer qualification request',
      'paragraph An ISO 27001 certificate is required.',
      'heading2(LOT-0001) LOT-0001: North',
      'heading3 Procurement project',
      'paragraph Voir annexe',
      'heading2 Organizations',
      'row organisation | City of X | X | BE',
      'row organisation | Court',
    ]);
  });

  test('it states buyer, country, date, language and kind; blocks carry their language', async () => {
    const document = await documentOf(reader, NOTICE);
    expect(document.title).toBe('Firewalls');
    expect(document.properties).toEqual({
      type: 'contract notice',
      language: 'en',
      date: '2024-05-06',
      publisher: 'City of X',
      country: 'BE',
      title: 'Firewalls',
    });
    const french = document.blocks
      .filter((block) => block.language === 'fr')
      .map((block) => document.text.slice(block.start, block.end));
    expect(french).toEqual(['Pare-feu', 'Voir annexe']);
  });

  test('the languages it states outweigh those that words suggest', async () => {
    const document = await parse(new TextEncoder().encode(NOTICE), 'notice.xml');
    expect(document.language).toBe('en');
    expect(document.blocks.find((block) => document.text.slice(block.start, block.end) === 'Pare-feu')?.language).toBe(
      'fr',
    );
  });

  test('an older TED notice', async () => {
    const document = await documentOf(
      reader,
      `<TED_EXPORT><CODED_DATA_SECTION><NOTICE_DATA><ISO_COUNTRY VALUE="UK"/></NOTICE_DATA><REF_OJS><DATE_PUB>20190305</DATE_PUB></REF_OJS></CODED_DATA_SECTION>
       <FORM_SECTION><F02_2014 LG="EN" CATEGORY="ORIGINAL"><CONTRACTING_BODY><ADDRESS_CONTRACTING_BODY><OFFICIALNAME>City of X</OFFICIALNAME></ADDRESS_CONTRACTING_BODY></CONTRACTING_BODY>
       <OBJECT_CONTRACT><TITLE><P>Firewalls</P></TITLE><SHORT_DESCR><P>Operation of firewalls for the whole of the city.</P><P>Use DNSSEC.</P></SHORT_DESCR></OBJECT_CONTRACT></F02_2014></FORM_SECTION></TED_EXPORT>`,
    );
    expect(document.properties).toEqual({
      title: 'Firewalls',
      publisher: 'City of X',
      country: 'GB',
      date: '2019-03-05',
      language: 'en',
      type: 'contract notice',
    });
    expect(document.text).toContain('Operation of firewalls for the whole of the city.\nUse DNSSEC.');
    expect(document.blocks.every((block) => block.language === 'en')).toBe(true);
  });
});

const PROSE: readonly [name: string, xml: string, blocks: string[]][] = [
  [
    'DocBook',
    '<article><title>Guide</title><section><title>Scope</title><para>Use <emphasis>TLS</emphasis> 1.3.</para><itemizedlist><listitem><para>one</para></listitem><listitem><para>two</para></listitem></itemizedlist><programlisting>a\n  b</programlisting></section></article>',
    ['heading1 Guide', 'heading2 Scope', 'paragraph Use TLS 1.3.', 'item one', 'item two', 'code a\n  b'],
  ],
  [
    'tables',
    '<table><tbody><row><entry>A</entry><entry><para>b</para><para>c</para></entry></row></tbody></table>',
    ['row A | b\nc'],
  ],
  [
    'Akoma Ntoso',
    '<akomaNtoso><section><num>§ 1</num><heading>Scope</heading><paragraph><num>(1)</num><content><p>This law applies.</p></content></paragraph></section></akomaNtoso>',
    ['heading1(1) § 1 Scope', 'paragraph(1) (1) This law applies.'],
  ],
  [
    'statutes',
    '<dokumente><norm><metadaten><enbez>§ 2</enbez><titel>Zugang</titel></metadaten><textdaten><text><Content><P>Jede Behörde <B>muss</B>:<DL><DT>1.</DT><DD><LA>öffnen,</LA></DD></DL></P></Content></text></textdaten></norm></dokumente>',
    ['heading1(2) § 2 Zugang', 'paragraph Jede Behörde muss:', 'item(1) 1. öffnen,'],
  ],
  [
    'words of two elements never run together',
    '<a><first>One</first><second>Two</second><third>Three words more</third></a>',
    ['field first: One', 'field second: Two', 'field third: Three words more'],
  ],
  ['mixed content keeps its words', '<p>H<sub>2</sub>O and <b>IS</b>O</p>', ['paragraph H2O and ISO']],
  [
    'HTML inside a value',
    '<item><description>&lt;p&gt;One &lt;b&gt;two&lt;/b&gt;&lt;/p&gt;</description></item>',
    ['paragraph One two'],
  ],
  ['CDATA', '<a><text><![CDATA[x < y & z]]></text></a>', ['paragraph x < y & z']],
  [
    'sentences in attributes',
    '<req text="The supplier must encrypt all of the data of the city at rest and in transit."/>',
    ['field text: The supplier must encrypt all of the data of the city at rest and in transit.'],
  ],
  [
    'entities of HTML and of its own',
    '<!DOCTYPE a [<!ENTITY city "City of &#88;">]><p>&city;&nbsp;&eacute; &amp; &unknown;</p>',
    ['paragraph City of X é & &unknown;'],
  ],
  ['unclosed everything', '<a><p>one <b>two<p>three', ['paragraph one', 'paragraph two', 'paragraph three']],
];

describe('XML of any kind', () => {
  test.each(PROSE)('%s', async (_name, xml, blocks) => {
    expect(await blocksOf(reader, xml)).toEqual(blocks);
  });

  test('the encoding it declares', async () => {
    expect(
      (await documentOf(reader, encodeAs('<?xml version="1.0" encoding="iso-8859-1"?><p>Sécurité</p>', 'windows-1252')))
        .text,
    ).toBe('Sécurité');
  });

  test.each([
    [
      'entities that refer to each other',
      `<!DOCTYPE x [<!ENTITY a "ha">${Array.from({ length: 9 }, (_, i) => `<!ENTITY a${i} "&a;&a;">`).join('')}]><x>&a8;</x>`,
    ],
    ['one entity, used without end', `<!DOCTYPE x [<!ENTITY a "${'ha'.repeat(900)}">]><x>${'&a;'.repeat(30_000)}</x>`],
  ])('a bomb is refused: %s', async (_name, xml) => {
    await expect(documentOf(reader, xml)).rejects.toMatchObject({ problem: { code: 'too-large', fatal: true } });
  });

  test('elements 100,000 deep, faults and files without an element', async () => {
    const deep = await documentOf(reader, `<a>${'<b>'.repeat(100_000)}x${'</b>'.repeat(100_000)}</a>`);
    expect(deep.text).toContain('x');
    expect(deep.problems.map((problem) => problem.code)).toEqual(['too-deep']);
    expect(
      (await documentOf(reader, `<a><p>Text</p>${'<b>'.repeat(5000)}`)).problems.map((problem) => problem.code),
    ).toContain('corrupt');
    await expect(documentOf(reader, 'no xml')).rejects.toMatchObject({ problem: { code: 'corrupt' } });
  });

  test('any markup is read, and blocks stand at their offsets', async () => {
    const piece = fc.constantFrom(
      '<p>',
      '</p>',
      '<title>',
      '</title>',
      '<row>',
      '<entry>',
      '</row>',
      '<li>',
      'word',
      ' ',
      '&',
      '&amp;',
      '<',
      '>',
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '<x y="z">',
      '</x>',
      '<num>',
      '</num>',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 50 }), async (pieces) => {
        await documentOf(reader, `<a>${pieces.join('')}`);
      }),
      { numRuns: 300 },
    );
  });
});
