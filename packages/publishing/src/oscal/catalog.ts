import {
  type Catalogue,
  type Demanded,
  type DemandFile,
  type Language,
  LEVELS,
  type Requirement,
  worded,
} from '@proviso/catalogue';
import { atLevel } from '../at-level.ts';
import { say, wordsOf } from '../messages.ts';
import { metadataOf, own } from './metadata.ts';
import type { OscalCatalog, OscalControl, OscalLink, OscalParameter, OscalPart } from './model.ts';
import { controlId, levelPartId, parameterId, uuidOf } from './names.ts';

/** How a requirement stands to what it refers to, in the words of OSCAL's control mappings. */
const RELATION = {
  equal: 'equal-to',
  subset: 'subset-of',
  superset: 'superset-of',
  intersects: 'intersects-with',
} as const;

/**
 * The catalogue that a demand rests on as an OSCAL catalog, in one language: groups are domains, controls are requirements. A
 * statement has a part for each level; `oscalProfile` keeps the level that is demanded and sets the parameters.
 */
export function oscalCatalog(file: DemandFile, language: Language): OscalCatalog {
  const { catalogue } = file;
  const name = `catalog:${catalogue.edition.edition}:${catalogue.hash}:${language}:${file.demand.context.country}`;
  const groups = catalogue.vocabulary.domains
    .map(({ id, text }) => ({
      id: controlId(id),
      title: text[language],
      controls: catalogue.requirements
        .filter((one) => one.id.startsWith(`${id}-`))
        .map((one) => controlOf(one, file, language)),
    }))
    .filter(({ controls }) => controls.length > 0);
  const used = new Set(catalogue.requirements.flatMap(({ crosswalk }) => crosswalk.map(({ source }) => source)));
  const sources = catalogue.sources.filter(({ id }) => used.has(id));
  return {
    catalog: {
      uuid: uuidOf(name),
      metadata: metadataOf(say(wordsOf('oscal', language), 'catalog'), file, language),
      groups,
      ...(sources.length > 0 && { 'back-matter': { resources: sources.map(resourceOf) } }),
    },
  };
}

function controlOf(requirement: Requirement, file: DemandFile, language: Language): OscalControl {
  const { id, parameters, crosswalk } = requirement;
  return {
    id: controlId(id),
    class: 'proviso',
    title: requirement.title[language],
    ...(parameters.length > 0 && { params: parameters.map((one) => parameterOf(requirement, one, language)) }),
    props: [
      { name: 'label', value: id },
      { name: 'sort-id', value: controlId(id) },
      own('since', requirement.since),
      own('modal', requirement.modal),
      own('burden', String(requirement.burden)),
      own('may-be-knockout', requirement.knockout ? 'yes' : 'no'),
      own('origin', requirement.origin.kind),
      own('reviewed', requirement.reviewed[language] === null ? 'no' : 'yes'),
      ...requirement.phases.map((phase) => own('phase', phase)),
    ],
    ...(crosswalk.length > 0 && { links: crosswalk.map(linkOf) }),
    parts: partsOf(requirement, file, language),
  };
}

function parameterOf(
  { id }: Requirement,
  parameter: Requirement['parameters'][number],
  language: Language,
): OscalParameter {
  const [least, most] = parameter.range;
  const unit = wordsOf('units', language)[parameter.unit] ?? parameter.unit;
  return {
    id: parameterId(id, parameter.id),
    label: parameter.label[language],
    props: LEVELS.map((level) => own(`value-${level}`, String(parameter.values[level]))),
    constraints: [{ description: say(wordsOf('oscal', language), 'range', { least, most, unit }).trim() }],
    values: [String(parameter.values.standard)],
  };
}

function partsOf(requirement: Requirement, { demand, catalogue }: DemandFile, language: Language): OscalPart[] {
  const { id, parameters } = requirement;
  // Where a level's text names a parameter, OSCAL's own mark stands for it.
  const marks = Object.fromEntries(
    parameters.map((one) => [one.id, `{{ insert: param, ${parameterId(id, one.id)} }}`] as const),
  );
  const words = (level: (typeof LEVELS)[number]): ReturnType<typeof worded> =>
    worded(demand, atLevel(plainly(requirement, catalogue), level, catalogue), catalogue, language, marks);
  const { why, acceptance, evidence } = words('standard');
  const control = controlId(id);
  return [
    {
      id: `${control}_smt`,
      name: 'statement',
      parts: LEVELS.map((level) => ({
        id: levelPartId(id, level),
        name: 'item',
        props: [own('level', level)],
        prose: words(level).sentence,
      })),
    },
    { id: `${control}_gdn`, name: 'guidance', prose: why },
    { id: `${control}_obj`, name: 'assessment-objective', prose: acceptance },
    {
      id: `${control}_asm-examine`,
      name: 'assessment-method',
      props: [{ name: 'method', ns: METHODS, value: 'EXAMINE' }],
      parts: evidence.map(({ text, type }) => ({
        name: 'assessment-objects',
        props: [own('evidence', type)],
        prose: text,
      })),
    },
  ];
}

function plainly({ id, knockout }: Requirement, catalogue: Catalogue): Demanded {
  const start: Demanded = {
    id,
    level: 'basic',
    weight: 0,
    knockout,
    parameters: {},
    reasons: [],
    notes: [],
    departures: [],
  };
  return atLevel({ ...start, level: 'advanced' }, 'basic', catalogue);
}

/** Namespace of the methods by which NIST has controls assessed; without it the property is deprecated since OSCAL 1.0.1. */
const METHODS = 'http://csrc.nist.gov/ns/rmf';

/** A reference is a citation and no anchor in the source's page, so that it is the link's text. */
function linkOf({ source, ref, relation }: Requirement['crosswalk'][number]): OscalLink {
  return { href: `#${sourceUuid(source)}`, rel: RELATION[relation], text: ref };
}

function sourceUuid(source: string): string {
  return uuidOf(`source:${source}`);
}

function resourceOf({ id, title, url, licence, note }: Catalogue['sources'][number]) {
  return {
    uuid: sourceUuid(id),
    title,
    citation: { text: title },
    rlinks: [{ href: url }],
    remarks: [licence, ...(note ? [note] : [])].join('. '),
  };
}
