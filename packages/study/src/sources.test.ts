import { describe, expect, it } from 'vitest';
import { mergeSources, parseSources, sourcesCsv } from './sources.ts';

describe('parseSources', () => {
  it.each([
    ['a column named address', 'Address,Country\nhttps://a.example/x.pdf,nl\n', [['https://a.example/x.pdf', 'NL']]],
    ['a column named url, elsewhere', 'country;url\nFR;https://b.example/\n', [['https://b.example/', 'FR']]],
    [
      'one address a line',
      'https://a.example/x.pdf\n# later\ntenders/b.docx\n\n',
      [
        ['https://a.example/x.pdf', ''],
        ['tenders/b.docx', ''],
      ],
    ],
    ['an address twice', 'address,country\na.pdf,NL\na.pdf,FR\n', [['a.pdf', 'NL']]],
    ['only a header', 'address,country\n', []],
    ['nothing', '', []],
  ])('reads %s', (_, text, entries) => {
    expect(parseSources(text).map((entry) => [entry.address, entry.country])).toEqual(entries);
  });

  it('says what is missing', () => {
    expect(() => parseSources('country,title\nNL,Terms\n')).toThrow(/column named "address"/);
  });

  it('reads back what it writes', () => {
    const entries = parseSources(
      'address,country,publisher,type,language,title,date\n"=cmd|x,1",NL,"A, B",notice,nl,"Say ""yes""",2024-01\n',
    );
    expect(parseSources(sourcesCsv(entries))).toEqual(entries);
  });
});

describe('mergeSources', () => {
  it('adds, and lets the newer say more without unsaying', () => {
    const known = parseSources('address,country,title\na.pdf,NL,Terms\n');
    const more = parseSources('address,country,title\na.pdf,,Terms of purchase\nb.pdf,FR,\n');
    expect(mergeSources(known, more).map(({ address, country, title }) => [address, country, title])).toEqual([
      ['a.pdf', 'NL', 'Terms of purchase'],
      ['b.pdf', 'FR', ''],
    ]);
  });
});
