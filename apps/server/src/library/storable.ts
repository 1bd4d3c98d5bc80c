/**
 * The same value with texts that PostgreSQL can keep in jsonb: it takes neither U+0000 nor half a surrogate pair. Each becomes U+FFFD, one
 * for one, so that offsets stay what they were.
 */
export function storable<Value>(value: Value): Value {
  if (typeof value === 'string') return value.replaceAll('\0', '\uFFFD').toWellFormed() as Value;
  if (Array.isArray(value)) return value.map((one) => storable(one)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [storable(name), storable(one)])) as Value;
}
