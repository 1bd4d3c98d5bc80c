import { describe, expect, it } from 'vitest';
import { contextOf } from './context.ts';
import { demandFileOf } from './demand-file.ts';
import { derive } from './derive.ts';
import { diffCatalogues, diffDemands, isUnchanged } from './diff.ts';
import { loadCatalogue } from './load.ts';
import { type KeptOwn, withOwn } from './own.ts';
import { joinedSnapshots } from './snapshot.ts';
import { entry, kept, spoken } from './testing/own-entries.ts';
import { CONTEXT, requirement, risk, smallCatalogue } from './testing/small-catalogue.ts';
import { worded } from './wording.ts';

const base = smallCatalogue({
  requirements: [requirement('AA-01'), requirement('AA-02')],
  risks: [risk('RSK-01', [{ answers: ['AA-01', 'AA-02'] }]), risk('RSK-02', [{ answers: ['AA-02'] }])],
});
const merge = (...own: KeptOwn[]) => withOwn(base, own).catalogue;
const demandOf = (own: KeptOwn[], change: object = {}) => {
  const catalogue = merge(...own);
  return derive(contextOf({ ...CONTEXT, ...change }, catalogue), catalogue);
};
const add = {
  requirement: 'OWN-01',
  kind: 'add',
  level: 'basic',
  reason: 'no-supply',
  text: 'x',
  owner: 'A',
  review: '2027-01-01',
};

describe('own requirements beside the catalogue', () => {
  it('without any, it is the very catalogue', () => expect(merge()).toBe(base));

  it('are entries of a catalogue with an edition and a hash of its own, which change with every version', () => {
    const [one, other] = [merge(kept(entry())), merge(kept(entry(), { version: 2 }))];
    expect([one.edition.edition, other.edition.edition]).toEqual(['1+own.1', '1+own.2']);
    expect(new Set([base.hash, one.hash, other.hash]).size).toBe(3);
    expect(merge(kept(entry())).hash).toBe(one.hash);
    expect(one.requirements.map(({ id }) => id)).toEqual(['AA-01', 'AA-02', 'OWN-01']);
    expect(one.requirements.at(-1)?.origin.kind).toBe('own');
  });

  it('fit the catalogue that came with this version, with every kind of answer', () => {
    const real = loadCatalogue();
    const questions = [
      { answer: 'choice', choices: ['advanced', 'none'] },
      {
        answer: 'number',
        unit: 'days',
        better: 'lower',
        range: [1, 90],
        values: { basic: 30, standard: 14, advanced: 7 },
      },
      { answer: 'yes-no' },
      { answer: 'date' },
      { answer: 'text' },
    ];
    const own = questions.map((question, i) => kept(entry({ question, risks: ['RSK-02'] }), { id: `OWN-0${i + 1}` }));
    const { catalogue, faults } = withOwn(real, own);
    expect(faults).toEqual([]);
    expect(catalogue.requirements.filter(({ own: ours }) => ours)).toHaveLength(questions.length);
  });

  it('say it where their words are those of another language', () => {
    const file = demandFileOf(demandOf([kept(entry())]), merge(kept(entry())));
    const own = file.demand.requirements.find(({ id }) => id === 'OWN-01');
    if (!own) throw new Error('It is not demanded.');
    const say = (language: 'en' | 'nl') => worded(file.demand, own, file.catalogue, language);
    expect(say('en')).toMatchObject({
      title: 'Logs stay here',
      sentence: 'The supplier keeps all logs here.',
      draft: false,
    });
    expect(say('nl')).toMatchObject({
      title: 'Logs stay here [in en nl]',
      sentence: 'The supplier keeps all logs here.',
    });
    const both = merge(kept(entry({}, { nl: { ...spoken(), title: 'Logs blijven hier' } })));
    expect(both.requirements.at(-1)?.title).toMatchObject({ nl: 'Logs blijven hier', de: 'Logs stay here [in en de]' });
  });

  it('take words around them where people wrote none', () => {
    const own = merge(kept(entry())).requirements.at(-1);
    expect([own?.clause.remedy.fr, own?.acceptance.de, own?.exit]).toEqual(['Mend it. fr', 'Seen. de', null]);
  });
});

describe('when they are asked for', () => {
  const reasonOf = (own: KeptOwn[], change: object = {}) =>
    demandOf(own, change).requirements.find(({ id }) => id === 'OWN-01')?.reasons[0] ?? null;

  it.each<[string, unknown, object, object | null]>([
    ['in every purchase', 'always', {}, { kind: 'own', types: null }],
    ['in purchases of a type', ['email-service'], {}, { kind: 'own', types: ['email-service'] }],
    ['not in those of another', ['web-application'], {}, null],
    ['never by itself', 'by-hand', {}, null],
    [
      'by hand',
      'by-hand',
      { departures: [add] },
      { kind: 'risk', risk: 'RSK-01', need: 'own-01', rating: 'low', only: true },
    ],
    ['never for what it does not apply to', 'always', { kinds: ['product'] }, null],
  ])('%s', (_, asked, change, first) => {
    expect(reasonOf([kept(entry({ asked, applies: ['service'] }))], change)).toEqual(first);
  });

  it('say why not, and can be added', () => {
    const out = (asked: unknown) =>
      demandOf([kept(entry({ asked }))]).excluded.find(({ id }) => id === 'OWN-01')?.exclusion;
    expect(out('by-hand')).toEqual({ kind: 'not-asked', types: null });
    expect(out(['web-application'])).toEqual({ kind: 'not-asked', types: ['web-application'] });
  });

  it('never push anything of the catalogue out', () => {
    const without = demandOf([]).requirements.map(({ id }) => id);
    const own = [kept(entry({ risks: ['RSK-01', 'RSK-02'] }))];
    expect(demandOf(own).requirements.map(({ id }) => id)).toEqual([...without, 'OWN-01']);
    expect(demandOf(own).requirements.reduce((sum, { weight }) => sum + weight, 0)).toBe(1000);
  });

  it('are a knock-out where the organisation says so, whatever the rating', () => {
    const knockout = (value: boolean) =>
      demandOf([kept(entry({ knockout: value }))]).requirements.find(({ id }) => id === 'OWN-01')?.knockout;
    expect([knockout(true), knockout(false)]).toEqual([true, false]);
  });

  it('left out on purpose, leave what they answer open', () => {
    const out = { ...add, kind: 'leave-out', level: undefined };
    const demand = demandOf([kept(entry())], { departures: [out] });
    expect(demand.excluded.find(({ id }) => id === 'OWN-01')?.exclusion).toEqual({ kind: 'left-out', departure: 0 });
    expect(demand.open).toEqual([{ risk: 'RSK-01', need: 'own-01', rating: 'low' }]);
  });

  it('are asked no more once retired, and an old departure still reads', () => {
    const own = [kept(entry(), { retired: '2026-12-01' })];
    const demand = demandOf(own, { departures: [add] });
    expect([...demand.requirements, ...demand.excluded].map(({ id }) => id)).not.toContain('OWN-01');
  });
});

describe('what is refused, with the field and the reason', () => {
  const first = spoken();
  const said = (change: object) => entry({}, { en: { ...first, ...change } });
  it.each<[string, unknown, string, string]>([
    ['no object', null, '', 'wrong'],
    ['a list', [], '', 'wrong'],
    ['a field that is not known', { ...entry(), colour: 'red' }, '', 'wrong'],
    [
      'a key of every object',
      JSON.parse(JSON.stringify(entry()).replace('"graded"', '"__proto__":{"graded":true},"graded"')),
      '',
      'wrong',
    ],
    ['a language that is none', entry({}, { constructor: first }), 'words', 'wrong'],
    ['no words in the first language', entry({ language: 'de' }), 'words.de', 'missing'],
    ['no title', said({ title: ' ' }), 'words.en.title', 'missing'],
    ['no clause', said({ clause: undefined }), 'words.en.clause', 'missing'],
    ['a title that is too long', said({ title: 'x'.repeat(151) }), 'words.en.title', 'too-long'],
    ['a clause that is too long', said({ clause: 'x'.repeat(100_000) }), 'words.en.clause', 'too-long'],
    ['markup', said({ question: 'Where? <img src=x onerror=alert(1)>' }), 'words.en.question', 'markup'],
    ['a closing mark', said({ why: 'So </script>' }), 'words.en.why', 'markup'],
    ['a line break', said({ sentences: ['One.\nTwo.'] }), 'words.en.sentences.0', 'characters'],
    ['a hidden direction', said({ title: 'Logs \u202e gol' }), 'words.en.title', 'characters'],
    ['half a letter', said({ title: 'Logs \ud83d' }), 'words.en.title', 'characters'],
    ['sentences for levels that are none', said({ sentences: ['a', 'b', 'c'] }), 'words.en.sentences', 'count'],
    ['a choice without words', said({ choices: ['One'] }), 'words.en.choices', 'count'],
    ['evidence without words', entry({ evidence: ['document', 'sample'] }), 'words.en.evidence', 'count'],
    [
      'a remedy in one language only',
      entry({}, { nl: { ...first, remedy: 'Herstel.' } }),
      'words.en.remedy',
      'missing',
    ],
    ['a title without a word', said({ title: '?!' }), 'words.en.title', 'missing'],
    ['a phrase that stands in every clause', said({ phrases: ['*'] }), 'words.en.phrases.0', 'wrong'],
    ['a phrase of many parts', said({ phrases: [`${'ab & '.repeat(40)}ab`] }), 'words.en.phrases.0', 'wrong'],
    ['a risk that is not there', entry({ risks: ['RSK-99'] }), 'risks', 'no-such-risk'],
    ['no risk', entry({ risks: [] }), 'risks', 'missing'],
    ['a type that is not there', entry({ asked: ['moon-base'] }), 'asked', 'no-such-type'],
    ['an unknown time to ask', entry({ asked: 'sometimes' }), 'asked', 'wrong'],
    ['a question that is none', entry({ question: { answer: 'guess' } }), 'question.answer', 'wrong'],
    [
      'choices that nobody fails',
      entry({ question: { answer: 'choice', choices: ['advanced', 'basic'] } }),
      'question.choices',
      'wrong',
    ],
    ['a mark that leads nowhere', said({ clause: 'Within {days} days.' }), 'clause.text.en', 'wrong'],
    ['a standard by mark', said({ clause: 'By {std:RFC 9325}.' }), 'clause.text.en', 'wrong'],
    [
      'values outside the range',
      entry({
        question: {
          answer: 'number',
          unit: 'days',
          better: 'lower',
          range: [1, 5],
          values: { basic: 9, standard: 2, advanced: 1 },
        },
      }),
      'parameters.0.values.basic',
      'wrong',
    ],
  ])('%s', (_, value, where, code) => {
    const { catalogue, faults } = withOwn(base, [kept(value)]);
    expect(faults.map((one) => [one.id, one.where, one.code])).toContainEqual(['OWN-01', where, code]);
    expect(catalogue).toBe(base);
  });

  it('an id that is used twice, or is the catalogue’s', () => {
    const twice = withOwn(base, [kept(entry()), kept(entry())]);
    expect([twice.faults.map(({ where }) => where), twice.catalogue.requirements.length]).toEqual([['id'], 3]);
    expect(withOwn(base, [kept(entry(), { id: 'AA-01' })]).catalogue).toBe(base);
    expect(withOwn(base, [kept(entry(), { id: 'ZZ-01' })]).catalogue).toBe(base);
  });

  it('and what is right beside it stands', () => {
    const { catalogue, faults } = withOwn(base, [
      kept(entry({ risks: ['RSK-99'] })),
      kept(said({ clause: '{x}' }), { id: 'OWN-02' }),
      kept(entry(), { id: 'OWN-03' }),
    ]);
    expect([...new Set(faults.map(({ id }) => id))]).toEqual(['OWN-01', 'OWN-02']);
    expect(catalogue.requirements.map(({ id }) => id)).toEqual(['AA-01', 'AA-02', 'OWN-03']);
  });

  it('what a sheet would count is kept as it was written: exports make it harmless', () => {
    const title = "=cmd|'/c calc'!A1";
    expect(merge(kept(said({ title }))).requirements.at(-1)?.title.en).toBe(title);
  });
});

describe('what another edition changes', () => {
  it('in a demand: what was added, and what was worded anew', () => {
    const [before, then] = [demandOf([]), merge(kept(entry()))];
    const after = derive(before.context, then);
    const diff = diffDemands({ demand: before, catalogue: base }, { demand: after, catalogue: then });
    expect([diff.added, diff.removed, isUnchanged(diff)]).toEqual([['OWN-01'], [], false]);
    const same = diffDemands({ demand: before, catalogue: base }, { demand: before, catalogue: base });
    expect(isUnchanged(same)).toBe(true);
  });

  it('in the catalogue: words side by side, values, what came and what went', () => {
    const [old, now] = [structuredClone(base), structuredClone(base)];
    const [one] = now.requirements;
    if (!one) throw new Error('There is none.');
    one.title.en = 'Another title';
    one.knockout = true;
    one.question.choices?.pop();
    one.parameters[0]?.range.splice(0, 2, 1, 90);
    now.requirements[1] = { ...requirement('AA-02'), retired: '2' };
    now.requirements.push(requirement('AA-03'));
    const { added, removed, changed } = diffCatalogues(old, now, 'en');
    expect([added, removed]).toEqual([['AA-03'], ['AA-02']]);
    expect(changed).toEqual([
      {
        id: 'AA-01',
        words: [
          { path: 'title', from: 'Title of AA-01', to: 'Another title' },
          { path: 'question.choices.not.text', from: 'Not', to: null },
        ],
        values: [
          { path: 'knockout', from: 'false', to: 'true' },
          { path: 'parameters.days.range', from: '1, 60', to: '1, 90' },
          { path: 'question.choices.not.id', from: 'not', to: null },
          { path: 'question.choices.not.meets', from: 'none', to: null },
        ],
      },
    ]);
  });

  it('in another language only is told too', () => {
    const now = structuredClone(base);
    if (now.requirements[0]) now.requirements[0].why.fr = 'Autrement.';
    expect(diffCatalogues(base, now, 'en').changed[0]?.words).toEqual([
      { path: 'why', from: 'Because.', to: 'Because.' },
    ]);
  });

  it('between kept snapshots, of which each has the risks of its purchase', () => {
    const [a, b] = [CONTEXT, { ...CONTEXT, services: ['dns'] }].map(
      (context) => demandFileOf(derive(contextOf(context, base), base), base).catalogue,
    );
    if (!a || !b) throw new Error('There are none.');
    expect(joinedSnapshots([b, a]).risks.map(({ id }) => id)).toEqual(['RSK-01', 'RSK-02']);
    expect(diffCatalogues(b, base, 'en')).toMatchObject({ added: [], removed: [], changed: [] });
  });
});
