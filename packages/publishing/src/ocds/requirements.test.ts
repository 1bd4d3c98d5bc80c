import { LANGUAGES } from '@proviso/catalogue';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { askingDemand } from '../testing/asking-demand.ts';
import { ocdsSchema } from '../testing/official-schemas.ts';
import { ocdsRequirements } from './requirements.ts';

const standard = ocdsSchema();

/** The requirements extension, and what we use of the core, as documented; written by hand, and stricter than the schema. */
const text = z.string().min(1);
const moment = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/);
const some = <T extends z.ZodType>(one: T) => z.array(one).min(1);
const requirement = z.strictObject({
  id: text,
  title: text,
  description: text,
  dataType: z.enum(['string', 'date-time', 'number', 'integer', 'boolean']),
  expectedValue: z.union([text, z.boolean()]).optional(),
  minValue: z.number().optional(),
  maxValue: z.number().optional(),
  eligibleEvidences: some(z.strictObject({ id: text, title: text })),
});
const criterion = z.strictObject({
  id: text,
  title: text,
  description: text,
  source: z.enum(['tenderer', 'buyer', 'procuringEntity']),
  relatesTo: z.enum(['tenderer', 'item']),
  requirementGroups: some(z.strictObject({ id: text, description: text, requirements: some(requirement) })),
});
const release = z.strictObject({
  ocid: text,
  id: z.string().regex(/^[^#/]+$/),
  date: moment,
  tag: some(z.literal('tender')),
  initiationType: z.literal('tender'),
  language: z.string().regex(/^[a-z]{2}$/),
  tender: z.strictObject({
    id: text,
    title: text,
    submissionMethod: z.tuple([z.literal('electronicSubmission')]).optional(),
    submissionMethodDetails: text.optional(),
    criteria: some(criterion).optional(),
  }),
});
const releases = z.strictObject({
  uri: z.string().regex(/^[a-z]+:/),
  version: z.literal('1.1'),
  publishedDate: moment,
  extensions: some(z.url()),
  publisher: z.strictObject({ name: text }),
  releases: some(release),
});

const FILE = askingDemand();
const made = () => ocdsRequirements(FILE, 'en', '2026-11-26');

describe('a demand as OCDS', () => {
  it.each(LANGUAGES)('follows the standard in %s', (language) => {
    const one = ocdsRequirements(FILE, language, '2026-11-26');
    expect(standard(one) ? [] : standard.errors).toEqual([]);
    expect(releases.safeParse(one).error?.issues).toBeUndefined();
    expect(one).toEqual(ocdsRequirements(FILE, language, '2026-11-26'));
  });

  it('has a criterion for each requirement, the knock-outs first and marked', () => {
    const criteria = made().releases[0]?.tender.criteria ?? [];
    expect(criteria.map(({ id, title }) => [id, title.startsWith('KNOCK-OUT: ')])).toEqual([
      ['AA-01', true],
      ['AA-02', false],
      ['AA-03', false],
      ['BB-01', false],
      ['BB-02', false],
    ]);
  });

  it('says what would do: each choice that is enough is an alternative', () => {
    const values = (made().releases[0]?.tender.criteria ?? []).map(({ requirementGroups }) =>
      requirementGroups.map(({ requirements }) =>
        requirements.map(({ dataType, expectedValue, minValue, maxValue }) => [
          dataType,
          expectedValue ?? minValue ?? maxValue ?? null,
        ]),
      ),
    );
    expect(values).toEqual([
      [[['string', 'Very well']], [['string', 'Fairly']]],
      [[['boolean', true]]],
      [[['number', 14]]],
      [[['date-time', null]]],
      [[['string', null]]],
    ]);
  });

  it('says how offers are sealed once there are keys, and is still OCDS', () => {
    const fingerprint = Array(16).fill('0f1e').join(' ');
    const sealed = ocdsRequirements(askingDemand(), 'fr', '2026-11-26', fingerprint);
    expect(sealed.releases[0]?.tender.submissionMethod).toEqual(['electronicSubmission']);
    expect(sealed.releases[0]?.tender.submissionMethodDetails).toMatch(new RegExp(`empreinte.* ${fingerprint}$`));
    expect(standard(sealed) ? [] : standard.errors).toEqual([]);
    expect(releases.safeParse(sealed).success).toBe(true);
    expect(made().releases[0]?.tender).not.toHaveProperty('submissionMethod');
  });

  it('has an id once, and names no criteria where nothing is demanded', () => {
    const ids = JSON.stringify(made().releases[0]?.tender.criteria)
      .matchAll(/"id":"([^"]+)"/g)
      .map(([, id]) => id)
      .filter((id) => !id?.includes('evidence'))
      .toArray();
    expect(new Set(ids).size).toBe(ids.length);
    const empty = ocdsRequirements(askingDemand([]), 'en', '2026-11-26');
    expect(releases.safeParse(empty).success).toBe(true);
  });
});
