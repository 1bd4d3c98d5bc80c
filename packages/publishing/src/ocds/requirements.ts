import {
  type Demanded,
  type DemandFile,
  demandHash,
  type Language,
  LEVELS,
  type Requirement,
  requirementOf,
  type Worded,
  worded,
} from '@proviso/catalogue';
import { say, wordsOf } from '../messages.ts';

/** Where the extension that defines criteria and requirements is published. */
const EXTENSION =
  'https://raw.githubusercontent.com/open-contracting-extensions/ocds_requirements_extension/master/extension.json';

export interface OcdsRequirement {
  id: string;
  title: string;
  description: string;
  dataType: 'string' | 'date-time' | 'number' | 'boolean';
  expectedValue?: string | boolean;
  minValue?: number;
  maxValue?: number;
  eligibleEvidences: { id: string; title: string }[];
}

export interface OcdsCriterion {
  id: string;
  title: string;
  description: string;
  source: 'tenderer';
  relatesTo: 'tenderer';
  /** Alternatives: one of them is enough; all requirements in it must be met. */
  requirementGroups: { id: string; description: string; requirements: OcdsRequirement[] }[];
}

export interface OcdsPackage {
  uri: string;
  version: '1.1';
  publishedDate: string;
  extensions: string[];
  publisher: { name: string };
  releases: {
    ocid: string;
    id: string;
    date: string;
    tag: ['tender'];
    initiationType: 'tender';
    language: Language;
    tender: {
      id: string;
      title: string;
      submissionMethod?: ['electronicSubmission'];
      /** Names the fingerprint of the keys that offers are sealed to. */
      submissionMethodDetails?: string;
      criteria?: OcdsCriterion[];
    };
  }[];
}

/**
 * A demand as an OCDS 1.1 release package with the requirements extension: one criterion a requirement, the knock-outs first and
 * marked. `made` is the day of the release, as 2026-01-31. The `ocid` is made from the demand: a publisher with a registered prefix puts
 * its own there. `fingerprint` is that of the keys which offers are sealed to, once they are published. `eligibleEvidences` is not in the extension; OCDS allows further fields, and some publishers use it so.
 */
export function ocdsRequirements(
  file: DemandFile,
  language: Language,
  made: string,
  fingerprint?: string,
): OcdsPackage {
  const { demand } = file;
  const hash = demandHash(demand);
  const { title, reference, buyer } = demand.context;
  const ordered = [...demand.requirements].sort((a, b) => Number(b.knockout) - Number(a.knockout));
  const date = `${made}T00:00:00Z`;
  const criteria = ordered.map((one) => criterionOf(one, file, language));
  return {
    uri: `urn:proviso:ocds:${hash}`,
    version: '1.1',
    publishedDate: date,
    extensions: [EXTENSION],
    publisher: { name: buyer ?? 'Proviso' },
    releases: [
      {
        ocid: `proviso-${hash.slice(0, 16)}`,
        id: `${hash.slice(0, 16)}-${made}`,
        date,
        tag: ['tender'],
        initiationType: 'tender',
        language,
        tender: {
          id: reference ?? hash.slice(0, 16),
          title,
          ...(fingerprint !== undefined && {
            submissionMethod: ['electronicSubmission'],
            submissionMethodDetails: `${say(wordsOf('annex', language), 'key-compare')} ${fingerprint}`,
          }),
          ...(criteria.length > 0 && { criteria }),
        },
      },
    ],
  };
}

function criterionOf(demanded: Demanded, { demand, catalogue }: DemandFile, language: Language): OcdsCriterion {
  const words = worded(demand, demanded, catalogue, language);
  const knockout = say(wordsOf('sheet', language), 'knockout');
  const base = {
    title: words.title,
    description: words.question,
    eligibleEvidences: words.evidence.map(({ text }, i) => ({ id: `${demanded.id}-evidence-${i + 1}`, title: text })),
  };
  const groups = alternativesOf(demanded, requirementOf(catalogue, demanded.id), words);
  return {
    id: demanded.id,
    title: demanded.knockout ? `${knockout}: ${words.title}` : words.title,
    description: words.sentence,
    source: 'tenderer',
    relatesTo: 'tenderer',
    requirementGroups: groups.map((value, i) => ({
      id: `${demanded.id}-${i + 1}`,
      description: words.sentence,
      requirements: [{ id: `${demanded.id}-${i + 1}-1`, ...base, ...value }],
    })),
  };
}

type Value = Pick<OcdsRequirement, 'dataType' | 'expectedValue' | 'minValue' | 'maxValue'>;

/** The answers that meet what is demanded: each choice that does is an alternative. */
function alternativesOf({ level, parameters }: Demanded, { question }: Requirement, { choices }: Worded): Value[] {
  switch (question.answer) {
    case 'choice':
      return choices
        .filter(
          ({ meets }) =>
            meets === 'not-applicable' || LEVELS.indexOf(meets as (typeof LEVELS)[number]) >= LEVELS.indexOf(level),
        )
        .map(({ text }) => ({ dataType: 'string', expectedValue: text }));
    case 'yes-no':
      return [{ dataType: 'boolean', expectedValue: true }];
    case 'number': {
      const measure = question.unit === undefined ? undefined : parameters[question.unit];
      if (measure === undefined) return [{ dataType: 'number' }];
      return [{ dataType: 'number', ...(question.better === 'lower' ? { maxValue: measure } : { minValue: measure }) }];
    }
    case 'date':
      return [{ dataType: 'date-time' }];
    default:
      return [{ dataType: 'string' }];
  }
}
