import { readFileSync } from 'node:fs';
import Ajv, { type ValidateFunction } from 'ajv';
import Ajv4 from 'ajv-draft-04';
import addFormats from 'ajv-formats';

const OPTIONS = { allErrors: true, strict: false } as const;

function schema(name: string): object {
  return JSON.parse(readFileSync(new URL(`official/${name}`, import.meta.url), 'utf8')) as object;
}

/** NIST's own schema of a catalog or profile, OSCAL 1.1.3. */
export function oscalSchema(kind: 'catalog' | 'profile'): ValidateFunction {
  const ajv = new Ajv.default(OPTIONS);
  addFormats.default(ajv);
  return ajv.compile(schema(`oscal_${kind}_schema.json`));
}

/** The Open Contracting Partnership's schema of a release package, OCDS 1.1.5, without extensions. */
export function ocdsSchema(): ValidateFunction {
  const ajv = new Ajv4.default(OPTIONS);
  addFormats.default(ajv as never);
  ajv.addSchema(schema('ocds_release-schema.json'));
  return ajv.compile(schema('ocds_release-package-schema.json'));
}
