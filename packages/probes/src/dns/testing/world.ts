import type { Question } from '../ask/ask.ts';
import { drive, replay, type Source } from '../ask/drive.ts';
import { Recording } from '../ask/recording.ts';
import type { TrustAnchor } from '../dnssec/anchors.ts';
import type { ValidateOptions } from '../dnssec/context.ts';
import { type Validation, validate } from '../dnssec/validate.ts';
import { encodeQuery } from '../wire/message.ts';
import { parseName } from '../wire/name.ts';
import { readDs } from '../wire/rdata.ts';
import { TYPE, type TypeName } from '../wire/types.ts';
import { type Host, hostAnswer } from './network.ts';
import { rawRecord, record } from './records.ts';
import { dsFor, type SigningKey } from './signing-key.ts';
import { makeZone, NOW, type Zone, type ZoneSettings } from './zone.ts';

/** The key of a zone in the form in which a validator trusts it. */
export function anchorOf(zone: Zone, key: SigningKey = zone.keys[0] as SigningKey): TrustAnchor {
  const { keyTag, algorithm, digestType, digest } = readDs(dsFor(zone.name, key));
  return { zone: zone.name, keyTag, algorithm, digestType, digest: digest.toString('hex') };
}

/**
 * Records with which a parent delegates to a zone: name servers, their addresses, and DS of its entry points where it
 * is `signed`.
 */
export function delegate(zone: Zone, signed = true, address = '127.0.0.1'): ReturnType<typeof record>[] {
  const servers = (zone.sets.get(zone.name) ?? []).find((set) => set.type === TYPE.NS)?.data ?? [];
  const entry = zone.keys.filter(({ dnskey }) => (dnskey.flags & 1) !== 0);
  return [
    ...servers.map((data) => rawRecord(zone.name, TYPE.NS, data)),
    record(`ns1.${zone.name}`, 'A', address),
    ...(signed ? entry.map((key) => rawRecord(zone.name, TYPE.DS, dsFor(zone.name, key))) : []),
  ];
}

/** A root and `test.` above the zones; `anchors` trust the root. */
export interface World {
  zones: Zone[];
  anchors: TrustAnchor[];
}

/** Builds the two zones above: each zone is delegated by `test.` with DS, unless `unsigned` names it. */
export function worldAbove(
  children: readonly Zone[],
  options: { unsigned?: string[]; test?: ZoneSettings } = {},
): World {
  const test = makeZone('test', {
    ...options.test,
    records: [
      ...children.flatMap((zone) => delegate(zone, zone.keys.length > 0 && !options.unsigned?.includes(zone.name))),
      ...(options.test?.records ?? []),
    ],
  });
  const root = makeZone('.', { records: delegate(test) });
  return { zones: [root, test, ...children], anchors: [anchorOf(root)] };
}

/** A source that answers from zones as a resolver does, without a network. */
export function resolverOf(world: World, say?: Host['say']): Source {
  return async ({ name, type, dress }: Question) => {
    const edns = dress === 'plain' ? null : { version: 0, udpSize: 1232, dnssecOk: true, otherFlags: 0, options: [] };
    const settings = { id: 1, recursionDesired: true, checkingDisabled: true, authenticData: false, edns };
    const outcome = hostAnswer(
      { zones: world.zones, ...(say ? { say } : {}) },
      encodeQuery(name, type, settings),
      'tcp',
    );
    if (typeof outcome === 'string') return { failure: outcome, time: NOW * 1000 };
    return { bytes: outcome, from: { address: '127.0.0.1', port: 53 }, via: 'udp', time: NOW * 1000 };
  };
}

/**
 * Validates a name in a world, and once more from the recording after a way through JSON: both must come to the same.
 */
export async function validated(
  world: World,
  name: string,
  type: TypeName,
  options: Partial<ValidateOptions> & { say?: Host['say'] } = {},
): Promise<Validation> {
  const { say, ...rest } = options;
  const settings: ValidateOptions = { at: NOW, anchors: world.anchors, ...rest };
  const ask = () => validate(parseName(name), TYPE[type], settings);
  const { result, recording } = await drive(ask(), { source: resolverOf(world, say), now: () => NOW * 1000 });
  const again = replay(ask(), Recording.fromJson(JSON.parse(JSON.stringify(recording.toJson()))));
  if (JSON.stringify(again) !== JSON.stringify(result)) throw new Error('the replay came to another result');
  return result;
}
