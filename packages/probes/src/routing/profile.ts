import { readdirSync } from 'node:fs';
import { readContent } from '@proviso/content';
import { type RoutingProfile, routingProfile } from './check.ts';
import { RoutingDataError } from './vrps.ts';

const FOLDER = new URL('profiles/', import.meta.url);

/** A profile of the tree. @throws RoutingDataError where there is none of that id, with those that there are. */
export function loadRoutingProfile(id: string): RoutingProfile {
  const ids = readdirSync(FOLDER).flatMap((name) => (name.endsWith('.yaml') ? [name.slice(0, -'.yaml'.length)] : []));
  if (!ids.includes(id))
    throw new RoutingDataError(`There is no routing profile "${id}". There are: ${ids.join(', ')}.`);
  return routingProfile.parse(readContent(new URL(`${id}.yaml`, FOLDER)));
}
