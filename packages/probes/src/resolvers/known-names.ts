import { type Enquiry, parseName, type Status, TYPE, type ValidateOptions, validate } from '../dns/index.ts';

/** Validates the two names that resolvers are tried with: what a resolver should make of them. */
export function* validateNames(
  { signed, bogus }: { signed: string; bogus: string },
  options: ValidateOptions,
): Enquiry<{ signed: Status; bogus: Status }> {
  const good = yield* validate(parseName(signed), TYPE.A, options);
  const bad = yield* validate(parseName(bogus), TYPE.A, options);
  // Without records AD says nothing that can be compared.
  return { signed: good.set ? good.status : 'indeterminate', bogus: bad.status };
}
