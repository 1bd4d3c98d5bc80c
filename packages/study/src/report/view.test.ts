import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleReadings } from '../testing/sample-readings.ts';
import { sampleStudy } from '../testing/study-data.ts';
import { groupsOf, headlineOf, heatOf, heatShade, partsOf, staleOf, topicsOf } from './client/count.ts';
import { headlineWords } from './client/headline.ts';
import { createWords, type Messages } from './client/say.ts';
import { answerOf, QUESTIONS } from './client/scales.ts';
import { chosen, FIRST_VIEW, fold, GROUPINGS, hashOf, isUnread, type View, viewOf } from './client/view.ts';
import { reportDataOf } from './report-data.ts';

const data = sampleStudy(60);
const everything: View = { ...FIRST_VIEW, once: false };

describe('a view in the address', () => {
  it('comes back as it went in', () => {
    const text = fc.string();
    const view = fc.record<View>({
      q: text,
      country: text,
      publisher: text,
      type: text,
      language: text,
      scope: text,
      security: text,
      standards: text,
      standard: text,
      topic: text,
      only: text,
      sort: text,
      doc: text,
      cell: text,
      lang: text,
      once: fc.boolean(),
      by: fc.constantFrom(...GROUPINGS),
      named: fc.constantFrom('demanded', 'any'),
    });
    fc.assert(
      fc.property(view, (chosenView) => {
        expect(viewOf(hashOf(chosenView))).toEqual(chosenView);
      }),
    );
  });

  it.each(['', '#', '#x=1&by=planet&once=maybe', '#%E0%A4%A', '#__proto__=1'])(
    'takes %j for the first view',
    (hash) => {
      expect(viewOf(hash)).toEqual(FIRST_VIEW);
    },
  );
});

describe('the documents of a view', () => {
  it.each([
    ['country', 'NL', (doc: (typeof data.documents)[number]) => doc.country === 'NL'],
    ['country', '?', (doc: (typeof data.documents)[number]) => doc.country === null],
    ['security', '!', (doc: (typeof data.documents)[number]) => doc.security === null],
    ['only', 'unread', isUnread],
    ['only', 'stale', (doc: (typeof data.documents)[number]) => doc.named.some((naming) => naming.stale)],
    [
      'topic',
      'cryptography',
      (doc: (typeof data.documents)[number]) => doc.topics.some(({ topic }) => topic === 'cryptography'),
    ],
  ])('with %s %s are those and no others', (field, value, is) => {
    const found = chosen(data, { ...everything, [field]: value });
    expect(found).toEqual(data.documents.filter(is));
    expect(found.length).toBeGreaterThan(0);
  });

  it('with an unreadable document never answer no', () => {
    for (const question of QUESTIONS) {
      for (const doc of chosen(data, { ...everything, [question]: 'none' })) expect(doc[question]).not.toBeNull();
    }
  });

  it('are found by words of their quotes, without case and accents', () => {
    expect(fold('Sécurité ÉTÉ')).toBe('securite ete');
    const found = chosen(data, { ...everything, q: 'REFERENCIA termo' });
    expect(found).toEqual(data.documents.filter((doc) => doc.country === 'BR' && doc.title !== null));
  });

  it('count near-identical ones once, whichever of them the choice leaves', () => {
    const once = chosen(data, FIRST_VIEW);
    const groups = new Set(data.documents.map((doc) => doc.duplicateOf ?? doc.path));
    expect(once.length).toBe(groups.size);
    const copy = data.documents.find((doc) => doc.duplicateOf !== null);
    expect(chosen(data, { ...FIRST_VIEW, q: copy?.path ?? 'none' })).toEqual([copy]);
  });
});

describe('answers by people', () => {
  const [first, second] = data.documents;
  it('go before the machine, and an open difference leaves the machine its say', () => {
    expect(first && answerOf(first, 'security')).toEqual({ value: 'proof', maker: 'people' });
    expect(second && answerOf(second, 'security')).toEqual({ value: second?.security, maker: 'open' });
    expect(second && answerOf(second, 'scope').maker).toBe('machine');
  });
  it('made in the page go before all', () => {
    const codes = new Map([[first?.path ?? '', { security: 'none' }]]);
    expect(first && answerOf(first, 'security', codes)).toEqual({ value: 'none', maker: 'people' });
    const before = headlineOf(data.documents).security;
    expect(headlineOf(data.documents, codes).security).toBe(before - 1);
  });
});

describe('counts', () => {
  const documents = chosen(data, everything);
  it('add up: every document stands in one group and one part', () => {
    for (const by of GROUPINGS) {
      const groups = groupsOf(documents, by);
      expect(groups.reduce((sum, group) => sum + group.documents.length, 0)).toBe(documents.length);
      for (const question of QUESTIONS)
        for (const group of groups)
          expect(partsOf(group.documents, question).reduce((sum, part) => sum + part.documents.length, 0)).toBe(
            group.documents.length,
          );
    }
    const count = headlineOf(documents);
    expect(count.read + count.unread).toBe(count.all);
    expect(count.unread).toBe(5);
  });

  it('of the heat map are documents, never more than there are', () => {
    const demanded = heatOf(data, documents, 'country', 'demanded');
    const any = new Map(heatOf(data, documents, 'country', 'any').map((row) => [row.standard, row.total]));
    expect(demanded.length).toBeGreaterThan(0);
    for (const row of demanded) {
      expect(data.standards[row.standard]?.core).toBe(true);
      expect(row.total).toBe([...row.byGroup.values()].reduce((sum, cell) => sum + cell.length, 0));
      expect(any.get(row.standard)).toBeGreaterThanOrEqual(row.total);
    }
  });

  it('of outdated standards name the documents and who could have known', () => {
    for (const row of staleOf(data, documents)) {
      expect(
        row.documents.every((doc) => doc.named.some((naming) => naming.standard === row.standard && naming.stale)),
      ).toBe(true);
      expect(row.alreadyThen).toBeLessThanOrEqual(row.documents.length);
    }
    expect(topicsOf(documents)[0]?.documents.length).toBeGreaterThan(0);
  });

  it.each([
    [0, 10, 0],
    [1, 100, 1],
    [5, 100, 2],
    [15, 100, 3],
    [30, 100, 4],
    [1, 1, 5],
    [1, 0, 0],
  ])('%i of %i takes shade %i', (count, of, shade) => expect(heatShade(count, of)).toBe(shade));
});

describe('words', () => {
  const messages: Messages = {
    lead: { one: '{n} of one', other: '{read} of {n}' },
    leadAll: { one: '{n} document', other: '{n} documents' },
    leadFacts: '{ict} {security} {named} {stale}.',
    notStated: 'not stated',
    notReadable: 'not readable',
    deep: { er: 'found' },
  };
  const words = createWords('en', messages);
  it('choose the plural form and fill in', () => {
    expect(words.say('leadAll', { n: 1 })).toBe('1 document');
    expect(words.say('lead', { n: 12_000, read: 3 })).toBe('3 of 12,000');
    expect(words.say('deep.er')).toBe('found');
    expect(words.say('deep.constructor')).toBe('constructor');
    expect(words.say('nobody.said')).toBe('said');
  });
  it.each([
    ['country', 'NL', 'Netherlands'],
    ['country', 'EU', 'European Union'],
    ['country', '"><script>', '"><script>'],
    ['language', 'et', 'Estonian'],
    ['language', 'not a language!', 'not a language!'],
    ['type', 'contract-terms', 'contract terms'],
    ['publisher', '?', 'not stated'],
  ] as const)('name the %s %s', (by, key, name) => expect(words.group(by, key)).toBe(name));
  it.each([
    ['2024', '2024'],
    ['2024-10', 'Oct 2024'],
    ['2024-10-09', '9 Oct 2024'],
    ['2024-10-09T23:59:00Z', '9 Oct 2024'],
    ['2024-13-40', '2024-13-40'],
    ['soon', 'soon'],
  ])('write the day %s as %s', (iso, text) => expect(words.date(iso)).toBe(text));
  it('say a headline for any counts', () => {
    const count = { all: 3, read: 2, ict: 1, security: 1, named: 0, stale: 0, unread: 1 };
    expect(headlineWords(count, 0, words)).toContain('2 of 3');
  });
});

describe('reportDataOf', () => {
  it('cuts what is long, and counts what it left out', () => {
    const [reading] = sampleReadings(3).filter((entry) => entry.standards.mentions.length > 0);
    const mention = reading?.standards.mentions[0];
    if (!reading || !mention) throw new Error('no mention in the sample');
    const many = {
      ...reading,
      standards: { ...reading.standards, mentions: Array.from({ length: 20 }, () => mention) },
      security: {
        ...reading.security,
        evidence: [{ text: 'word '.repeat(500), page: 1, section: '', start: 0, end: 2500 }],
      },
    };
    const [doc] = reportDataOf([many], { asOf: '2026-11-24', statusSince: () => null }).documents;
    expect(doc?.named[0]?.count).toBe(20);
    expect(doc?.named[0]?.places).toHaveLength(6);
    expect(doc?.quotes.security[0]?.text.length).toBeLessThan(620);
  });

  it('shows the sentence around a mention where the text is at hand', () => {
    const [reading] = sampleReadings(3).filter((entry) => entry.standards.mentions.length > 0);
    const mention = reading?.standards.mentions[0];
    if (!reading || !mention) throw new Error('no mention in the sample');
    const text = 'It starts here. Traffic is protected with TLS 1.2 at all times. More follows.';
    const start = text.indexOf('TLS');
    const one = {
      ...reading,
      text,
      standards: { ...reading.standards, mentions: [{ ...mention, text: 'TLS 1.2', start, end: start + 7 }] },
    };
    const place = reportDataOf([one], { asOf: '2026-11-24', statusSince: () => null }).documents[0]?.named[0]
      ?.places[0];
    expect(`${place?.before}[${place?.text}]${place?.after}`).toBe('Traffic is protected with [TLS 1.2] at all times.');
  });
});
