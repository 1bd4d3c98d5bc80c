import { type DemandFile, LANGUAGES } from '@proviso/catalogue';
import { requirement, text } from '@proviso/catalogue/testing/small-catalogue';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ASKING, askingDemand } from '../testing/asking-demand.ts';
import { oscalCatalog } from './catalog.ts';
import { uuidOf } from './names.ts';
import { oscalProfile } from './profile.ts';

/**
 * The OSCAL 1.1 models as their documentation describes them, as far as the files use them: names, what must be there, datatypes. Written
 * by hand: NIST's own schema is not part of this project.
 */
const token = z.string().regex(/^(\p{L}|_)(\p{L}|\p{N}|[.\-_])*$/u);
const line = z.string().regex(/^\S(.*\S)?$/);
const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[45][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
const uri = z.string().regex(/^[a-zA-Z][a-zA-Z0-9+.-]*:.+$/);
const moment = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/);
const some = <T extends z.ZodType>(one: T) => z.array(one).min(1);
const prop = z.strictObject({ name: token, ns: uri.optional(), value: line });
const link = z.strictObject({
  href: z.string().min(1),
  rel: token.optional(),
  'resource-fragment': line.optional(),
  text: line.optional(),
});
const param = z.strictObject({
  id: token,
  label: line.optional(),
  props: some(prop).optional(),
  constraints: some(z.strictObject({ description: z.string().optional() })).optional(),
  values: some(line).optional(),
});
const part: z.ZodType = z.lazy(() =>
  z.strictObject({
    id: token.optional(),
    name: token,
    ns: uri.optional(),
    title: line.optional(),
    props: some(prop).optional(),
    prose: z.string().optional(),
    parts: some(part).optional(),
  }),
);
const control = z.strictObject({
  id: token,
  class: token.optional(),
  title: line,
  params: some(param).optional(),
  props: some(prop).optional(),
  links: some(link).optional(),
  parts: some(part).optional(),
});
const metadata = z.strictObject({
  title: line,
  'last-modified': moment,
  version: line,
  'oscal-version': z.string().regex(/^1\.1\.\d+$/),
  props: some(prop).optional(),
  remarks: z.string().optional(),
});
const backMatter = z.strictObject({
  resources: some(
    z.strictObject({
      uuid,
      title: line.optional(),
      citation: z.strictObject({ text: line }).optional(),
      rlinks: some(z.strictObject({ href: z.string().min(1), 'media-type': z.string().optional() })).optional(),
      remarks: z.string().optional(),
    }),
  ),
});
const group = z.strictObject({ id: token.optional(), title: line, controls: some(control).optional() });
const catalog = z.strictObject({
  catalog: z.strictObject({ uuid, metadata, groups: some(group).optional(), 'back-matter': backMatter.optional() }),
});
const profile = z.strictObject({
  profile: z.strictObject({
    uuid,
    metadata,
    imports: some(
      z.strictObject({
        href: z.string().min(1),
        'include-controls': some(z.strictObject({ 'with-ids': some(token) })).optional(),
      }),
    ),
    merge: z.strictObject({ 'as-is': z.boolean() }).optional(),
    modify: z
      .strictObject({
        'set-parameters': some(z.strictObject({ 'param-id': token, values: some(line) })).optional(),
        alters: some(
          z.strictObject({
            'control-id': token,
            removes: some(z.strictObject({ 'by-id': token })).optional(),
            adds: some(
              z.strictObject({ position: z.enum(['before', 'after', 'starting', 'ending']), props: some(prop) }),
            ).optional(),
          }),
        ).optional(),
      })
      .optional(),
    'back-matter': backMatter.optional(),
  }),
});

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
const firstControl = () => oscalCatalog(FILE, 'en').catalog.groups[0]?.controls[0];

describe('a UUID from a name', () => {
  it('is of version 5, and of one name always the same', () => {
    expect(uuidOf('a')).toBe(uuidOf('a'));
    expect(uuidOf('a')).not.toBe(uuidOf('b'));
    expect(uuid.safeParse(uuidOf('a')).success).toBe(true);
  });
});

describe('the OSCAL catalog', () => {
  it.each(LANGUAGES)('follows the model in %s', (language) => {
    const made = oscalCatalog(FILE, language);
    expect(catalog.safeParse(made).error?.issues).toBeUndefined();
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
    expect(firstControl()?.links).toEqual([
      { href: `#${resources[0]?.uuid}`, rel: 'subset-of', 'resource-fragment': '21(2)(j)', text: '21(2)(j)' },
    ]);
  });
});

describe('the OSCAL profile', () => {
  it.each(LANGUAGES)('follows the model in %s', (language) => {
    const made = oscalProfile(FILE, language);
    expect(profile.safeParse(made).error?.issues).toBeUndefined();
    expect(made).toEqual(oscalProfile(FILE, language));
  });

  it('names only controls, parameters and parts that the catalog has', () => {
    const written = JSON.stringify(oscalCatalog(FILE, 'en'));
    const { imports, modify, 'back-matter': back } = oscalProfile(FILE, 'en').profile;
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
    const { modify } = oscalProfile(FILE, 'en').profile;
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
