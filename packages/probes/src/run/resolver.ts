import type { Enquiry } from '../dns/ask/ask.ts';
import type { ValidateOptions } from '../dns/dnssec/context.ts';
import { type Validation, validate } from '../dns/dnssec/validate.ts';
import { FormatError } from '../dns/wire/format-error.ts';
import { parseName } from '../dns/wire/name.ts';
import { readAddress, readEach, readMx, readTarget, readTxt } from '../dns/wire/rdata.ts';
import { TYPE } from '../dns/wire/types.ts';
import type { Answer, LookupType, RecordOf, Resolver } from '../mail/lookup.ts';

/** Follows an enquiry: live, or through a recording. */
export type Follow = <T>(enquiry: Enquiry<T>) => T | Promise<T>;

/** The record type that RFC 7208 section 3.1 took out of use. */
const TYPE_SPF = 99;

const strings = (data: Buffer): string[] => readTxt(data).map((one) => one.toString('latin1'));

const KINDS: { [T in LookupType]: { type: number; read: (data: Buffer) => RecordOf[T] } } = {
  A: { type: TYPE.A, read: readAddress },
  AAAA: { type: TYPE.AAAA, read: readAddress },
  PTR: { type: TYPE.PTR, read: readTarget },
  MX: { type: TYPE.MX, read: readMx },
  TXT: { type: TYPE.TXT, read: strings },
  SPF: { type: TYPE_SPF, read: strings },
};

/**
 * A resolver for the families that ask in words, over enquiries that validate by DNSSEC themselves. A bogus answer is an error, as a
 * validating resolver would make it (RFC 4035 section 5.5); so is one that cannot be judged. Never rejects.
 */
export function validatingResolver(follow: Follow, options: ValidateOptions): Resolver {
  return {
    async lookup({ name, type }) {
      const { type: number, read } = KINDS[type];
      try {
        return answerOf(await follow(validate(parseName(name), number, options)), read as (data: Buffer) => never);
      } catch (error) {
        if (error instanceof FormatError) return { status: 'error', records: [], reason: 'name' };
        throw error;
      }
    },
  };
}

function answerOf<T extends LookupType>(
  { status, reason, aliases, name, set, absence }: Validation,
  read: (data: Buffer) => RecordOf[T],
): Answer<T> {
  const alias = aliases.length > 0 ? { alias: name } : {};
  if (status === 'bogus' || status === 'indeterminate')
    return { status: 'error', records: [], ...alias, reason: `${status}: ${reason?.code ?? 'unknown'}` };
  const secure = status === 'secure';
  if (set) return { status: 'found', records: readEach(read, set.data), ...alias, secure };
  return { status: absence ?? 'error', records: [], ...alias, secure };
}
