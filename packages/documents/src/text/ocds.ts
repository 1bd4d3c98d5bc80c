import type { BoundedBuilder } from './bounded.ts';
import type { Value } from './value-blocks.ts';

type Fields = { [key: string]: Value };

/** Prefixes of organisation identifiers (org-id.guide) begin with the country: `GB-COH`. */
const SCHEME = /^([A-Z]{2})-/;

/**
 * Sets title, publisher (the buyer), date, country, language and type from a package, record or release of the Open Contracting Data
 * Standard 1.0 and 1.1. False where the value is none.
 */
export function describeRelease(builder: BoundedBuilder, value: Fields): boolean {
  const release = firstRelease(value);
  if (release === null) return false;
  const tender = fields(release.tender);
  const title =
    string(tender?.title) ??
    string(fields(list(release.awards)[0])?.title) ??
    string(fields(list(release.contracts)[0])?.title) ??
    string(fields(fields(release.planning)?.budget)?.project);
  builder.property('title', title);
  builder.title = builder.properties.title ?? null;
  builder.property('date', string(release.date));
  builder.property('language', string(release.language));
  builder.property(
    'type',
    list(release.tag)
      .filter((tag) => typeof tag === 'string')
      .join(', '),
  );
  const buyer = buyerOf(release, tender);
  builder.property('publisher', string(buyer?.name));
  const address = fields(buyer?.address);
  builder.property('country', string(address?.countryName) ?? string(address?.country));
  const identifier = string(fields(buyer?.identifier)?.scheme) ?? string(buyer?.id);
  builder.property('country', SCHEME.exec(identifier ?? '')?.[1]);
  builder.property('dataPublisher', string(fields(value.publisher)?.name));
  return true;
}

function firstRelease(value: Fields): Fields | null {
  const releases = list(value.releases);
  const records = list(value.records);
  const found =
    fields(releases.at(-1)) ?? fields(fields(records[0])?.compiledRelease) ?? fields(value.compiledRelease) ?? value;
  return typeof found.ocid === 'string' || found.tender !== undefined ? found : null;
}

/** The buyer with its address: parties hold what `buyer` only refers to. */
function buyerOf(release: Fields, tender: Fields | null): Fields | null {
  const parties = list(release.parties)
    .map(fields)
    .filter((party) => party !== null);
  const named = fields(release.buyer) ?? fields(tender?.procuringEntity);
  const byId = parties.find((party) => named !== null && party.id !== undefined && party.id === named.id);
  const byRole = parties.find((party) =>
    list(party.roles).some((role) => role === 'buyer' || role === 'procuringEntity'),
  );
  const full = byId ?? byRole;
  return full === undefined ? named : { ...named, ...full };
}

function fields(value: Value | undefined): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
}

function list(value: Value | undefined): Value[] {
  return Array.isArray(value) ? value : [];
}

function string(value: Value | undefined): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}
