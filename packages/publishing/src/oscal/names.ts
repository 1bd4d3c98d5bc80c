import { createHash } from 'node:crypto';

/** The version of the models that the files follow. */
export const OSCAL_VERSION = '1.1.3';

/** Properties that OSCAL does not define stand in this namespace. */
export const NAMESPACE = 'urn:proviso:oscal';

/** What the catalog's file is called where the profile looks for it: in its own folder. */
export const CATALOG_FILE = 'oscal-catalog.json';

/** The namespace of UUIDs made from addresses and URNs (RFC 9562, 6.6). */
const URL_SPACE = '6ba7b8119dad11d180b400c04fd430c8';

/** A UUID of version 5 (RFC 9562, 5.5): the same name gives the same UUID, always. */
export function uuidOf(name: string): string {
  const hash = createHash('sha1').update(Buffer.from(URL_SPACE, 'hex')).update(`${NAMESPACE}:${name}`).digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString('hex', 0, 16);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** GOV-01 as the id of a control. */
export function controlId(requirement: string): string {
  return requirement.toLowerCase();
}

export function parameterId(requirement: string, parameter: string): string {
  return `${controlId(requirement)}_${parameter}`;
}

/** The part of a statement that says what one level asks. */
export function levelPartId(requirement: string, level: string): string {
  return `${controlId(requirement)}_smt.${level}`;
}
