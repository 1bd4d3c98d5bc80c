/** From a candidate to a mention: title, what held when, what came after. */
import type { Candidate } from './grammar/ground.ts';
import type { Registry } from './registry.ts';
import { STALE } from './stale.ts';
import type { ResolveContext, ResolvedMention, Standard } from './types.ts';

type Facts = Pick<
  ResolvedMention,
  | 'standard'
  | 'title'
  | 'status'
  | 'statusThen'
  | 'replacedBy'
  | 'succession'
  | 'kind'
  | 'topics'
  | 'core'
  | 'versioned'
  | 'reason'
>;

const NOTHING: Omit<Facts, 'reason' | 'core'> = {
  standard: null,
  title: null,
  status: 'unknown',
  statusThen: null,
  replacedBy: null,
  succession: [],
  kind: null,
  topics: [],
  versioned: false,
};

/** What is said of a name that is in no catalogue. */
export function openFacts(candidate: Candidate, context: ResolveContext, core: boolean): Facts {
  return { ...NOTHING, statusThen: context.date === undefined ? null : 'unknown', core, reason: candidate.reason };
}

/** What the registry says of a candidate whose id it knows, as an edition or as a family. `written` is how it stands in the text. */
export function knownFacts(candidate: Candidate, written: string, registry: Registry, context: ResolveContext): Facts {
  const id = candidate.id as string;
  const edition = candidate.version === undefined ? undefined : registry.edition(id, candidate.version);
  const record = edition ?? registry.get(id);
  const shown = edition?.id ?? id;
  if (candidate.unknown !== undefined) return unknownEdition(candidate, id, registry, context);
  const isEdition =
    candidate.versioned || (record?.edition !== undefined && record.family !== undefined && record.family !== id);
  if (record && (isEdition || isOwnEdition(record, written, registry)))
    return editionFacts(candidate, shown, record, registry, context);
  return familyFacts(candidate, id, record, registry, context);
}

/**
 * A law is one text: what changes it does not replace it, and what replaces it has another number. So its number is its edition. A name alone
 * may pass to the next law, and the name of a family means the one in force.
 */
function isOwnEdition(record: Standard, written: string, registry: Registry): boolean {
  return (
    record.kind === 'law' &&
    /\p{Nd}/u.test(written) &&
    registry.family(record.id).members.every((member) => member.id === record.id)
  );
}

function described(record: Standard | undefined) {
  return {
    title: record?.title ?? null,
    kind: record?.kind ?? null,
    topics: record?.topics ?? [],
  };
}

function editionFacts(
  candidate: Candidate,
  id: string,
  record: Standard,
  registry: Registry,
  context: ResolveContext,
): Facts {
  const succession = record.confidence === 'low' ? [] : registry.succession(id, context.asOf);
  return {
    ...described(record),
    standard: id,
    status: registry.statusAt(record.id, context.asOf),
    statusThen: context.date === undefined ? null : registry.statusAt(id, context.date),
    succession,
    replacedBy: succession.at(-1) ?? null,
    core: candidate.core ?? record.core,
    versioned: true,
    reason: candidate.reason,
  };
}

/** Whether some version was out by `date`, of a document that has one record for all of them. */
function wasOut(record: Standard & { versions?: string[] }, date: string): boolean {
  return (record.versions ?? []).some((version) => {
    const day = /\d{4}-\d{2}(?:-\d{2})?$/.exec(version)?.[0];
    return day !== undefined && day <= date;
  });
}

/** A mention without an edition means the edition in force. */
function familyFacts(
  candidate: Candidate,
  id: string,
  record: Standard | undefined,
  registry: Registry,
  context: ResolveContext,
): Facts {
  const family = registry.family(id);
  const current = family.current.at(-1);
  // First editions often carry the bare id (NIST SP 800-53 of 2005): the family is meant.
  const others = family.members.filter((member) => member.id !== id);
  const meant = others.length > 0 || record === undefined ? (current ?? others.at(-1) ?? record) : record;
  if (meant === undefined) return openFacts(candidate, context, candidate.core ?? false);
  const isThing = record !== undefined && others.length > 0 && record.status !== 'superseded';
  const status = registry.statusAt(isThing ? record.id : meant.id, context.asOf);
  const then = context.date;
  const members = family.members.length > 0 ? family.members : [meant];
  const statusThen =
    then === undefined
      ? null
      : members.some((member) => registry.statusAt(member.id, then) === 'current')
        ? 'current'
        : wasOut(meant, then)
          ? 'current'
          : registry.statusAt(isThing ? record.id : meant.id, then);
  // A family that is over may have gone on under another name.
  const succession = STALE.has(status) ? registry.succession(isThing ? record.id : meant.id, context.asOf) : [];
  return {
    ...described(isThing ? record : meant),
    standard: id,
    status,
    statusThen,
    succession,
    replacedBy: succession.at(-1) ?? null,
    core: candidate.core ?? (isThing ? record.core : meant.core),
    versioned: false,
    reason: candidate.reason,
  };
}

function unknownEdition(candidate: Candidate, id: string, registry: Registry, context: ResolveContext): Facts {
  const facts = familyFacts(candidate, id, registry.get(id), registry, context);
  return {
    ...facts,
    status: 'unknown',
    statusThen: context.date === undefined ? null : 'unknown',
    succession: [],
    replacedBy: null,
    versioned: true,
  };
}
