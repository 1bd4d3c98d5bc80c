import { type DemandFile, LANGUAGES } from '@proviso/catalogue';
import { requirement, text } from '@proviso/catalogue/testing/small-catalogue';
import { describe, expect, it } from 'vitest';
import { ASKING, askingDemand } from '../testing/asking-demand.ts';
import { oscalSchema } from '../testing/official-schemas.ts';
import { oscalCatalog } from './catalog.ts';
import { uuidOf } from './names.ts';
import { oscalProfile } from './profile.ts';

const catalog = oscalSchema('catalog');
const profile = oscalSchema('profile');
/** RFC 9562: version 5, variant 10. */
const UUID5 = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

function referring(): DemandFile {
  const file = askingDemand([
    requirement('AA-01', {
      crosswalk: [{ source: 'nis2', ref: '21(2)(j)', relation: 'subset', confidence: 'high' }],
      levels: {
        basic: text('a little'),
        standard: text('within {days} days'),
        advanced: text('within {days} days, all'),
      },
    }),
    ...ASKING.slice(1),
  ]);
  const source = {
    id: 'nis2',
    title: 'NIS2',
    url: 'https://example.org/nis2',
    licence: 'EU legal text',
    note: 'a law',
  };
  const unused = { ...source, id: 'other' };
  return { ...file, catalogue: { ...file.catalogue, sources: [source, unused] } };
}

const FILE = referring();
function profileOf(file: DemandFile): NonNullable<ReturnType<typeof oscalProfile>>['profile'] {
  const made = oscalProfile(file, 'en');
  if (!made) throw new Error('nothing is demanded');
  return made.profile;
}

const firstControl = () => oscalCatalog(FILE, 'en').catalog.groups[0]?.controls[0];

describe('a UUID from a name', () => {
  it('is of version 5, and of one name always the same', () => {
    expect(uuidOf('a')).toBe(uuidOf('a'));
    expect(uuidOf('a')).not.toBe(uuidOf('b'));
    expect(uuidOf('a')).toMatch(UUID5);
  });
});

describe('the official schemas', () => {
  it.each([
    ['a control without a title', /"title":"[^"]+","params"/, '"params"'],
    ['an id with a blank in it', /"id":"aa-01"/, '"id":"aa 01"'],
    ['a property without a value', /"value":"EXAMINE"/, '"value":""'],
  ])('refuse %s', (_, from, to) => {
    const written = JSON.stringify(oscalCatalog(FILE, 'en'));
    expect(written).toMatch(from);
    expect(catalog(JSON.parse(written.replace(from, to)))).toBe(false);
  });
});

describe('the OSCAL catalog', () => {
  it.each(LANGUAGES)('follows the official schema in %s', (language) => {
    const made = oscalCatalog(FILE, language);
    expect(catalog(made) ? [] : catalog.errors).toEqual([]);
    expect(made).toEqual(oscalCatalog(FILE, language));
  });

  it('has an id once', () => {
    const ids = JSON.stringify(oscalCatalog(FILE, 'en'))
      .matchAll(/"(?:id|uuid)":"([^"]+)"/g)
      .map(([, id]) => id)
      .toArray();
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('keeps the parameters as OSCAL has them, in every level that names them', () => {
    const made = firstControl();
    expect(made?.params).toMatchObject([
      { id: 'aa-01_days', values: ['14'], constraints: [{ description: '1 to 60 days' }] },
    ]);
    expect(made?.parts[0]?.parts?.map(({ id, prose }) => [id, prose])).toEqual([
      ['aa-01_smt.basic', 'The supplier must do a thing: a little.'],
      ['aa-01_smt.standard', 'The supplier must do a thing: within {{ insert: param, aa-01_days }} days.'],
      ['aa-01_smt.advanced', 'The supplier must do a thing: within {{ insert: param, aa-01_days }} days, all.'],
    ]);
    expect(made?.parts.map(({ name }) => name)).toEqual([
      'statement',
      'guidance',
      'assessment-objective',
      'assessment-method',
    ]);
  });

  it('points at sources that are there, and holds no others', () => {
    const resources = oscalCatalog(FILE, 'en').catalog['back-matter']?.resources ?? [];
    expect(resources).toHaveLength(1);
    expect(firstControl()?.links).toEqual([{ href: `#${resources[0]?.uuid}`, rel: 'subset-of', text: '21(2)(j)' }]);
  });
});

describe('the OSCAL profile', () => {
  it.each(LANGUAGES)('follows the official schema in %s', (language) => {
    const made = oscalProfile(FILE, language);
    expect(profile(made) ? [] : profile.errors).toEqual([]);
    expect(made).toEqual(oscalProfile(FILE, language));
  });

  it('is none where nothing is demanded', () => {
    expect(oscalProfile(askingDemand([]), 'en')).toBeNull();
  });

  it('names only controls, parameters and parts that the catalog has', () => {
    const written = JSON.stringify(oscalCatalog(FILE, 'en'));
    const { imports, modify, 'back-matter': back } = profileOf(FILE);
    const ids = [
      ...imports.flatMap((one) => one['include-controls'].flatMap((some) => some['with-ids'])),
      ...(modify?.['set-parameters'] ?? []).map((one) => one['param-id']),
      ...(modify?.alters ?? []).flatMap((one) => [one['control-id'], ...one.removes.map((gone) => gone['by-id'])]),
    ];
    expect(ids.length).toBeGreaterThan(10);
    expect(ids.filter((id) => !written.includes(`"id":"${id}"`))).toEqual([]);
    expect(imports[0]?.href).toBe(`#${back.resources[0]?.uuid}`);
  });

  it('keeps the demanded level, sets values, and gives weight and knock-out', () => {
    const [first] = FILE.demand.requirements;
    const { modify } = profileOf(FILE);
    expect(modify?.alters[0]?.removes.map((one) => one['by-id'])).not.toContain(`aa-01_smt.${first?.level}`);
    expect(modify?.alters[0]?.removes).toHaveLength(2);
    expect(modify?.alters[0]?.adds[0]?.props.map(({ name, value }) => [name, value])).toEqual([
      ['level', first?.level],
      ['weight-per-mille', String(first?.weight)],
      ['knockout', 'no'],
    ]);
    expect(modify?.['set-parameters']?.[0]).toEqual({
      'param-id': 'aa-01_days',
      values: [String(first?.parameters.days)],
    });
  });
});
