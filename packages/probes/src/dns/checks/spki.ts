/** One DER element: where its content starts and where it ends. Null where the lengths lie. */
function element(der: Buffer, at: number): { tag: number; start: number; end: number } | null {
  const [tag, first] = [der[at], der[at + 1]];
  if (tag === undefined || first === undefined) return null;
  const octets = first < 0x80 ? 0 : first & 0x7f;
  const start = at + 2 + octets;
  if (octets > 3 || start > der.length) return null;
  const length = octets === 0 ? first : der.readUIntBE(at + 2, octets);
  return start + length > der.length ? null : { tag, start, end: start + length };
}

/**
 * The SubjectPublicKeyInfo of a certificate as it stands there, octet by octet (RFC 5280 section 4.1, RFC 6698 section
 * 1.3): a library that writes it anew may write it otherwise. Null where the octets are no certificate.
 */
export function spkiOf(der: Buffer): Buffer | null {
  const certificate = element(der, 0);
  const body = certificate && element(der, certificate.start);
  if (body?.tag !== 0x30) return null;
  let at = body.start;
  // The version may be left out; then come serial, algorithm, issuer, validity and subject.
  const version = element(der, at);
  if (version?.tag === 0xa0) at = version.end;
  for (let field = 0; field < 5; field += 1) {
    const one = element(der, at);
    if (!one) return null;
    at = one.end;
  }
  const key = element(der, at);
  return key?.tag === 0x30 && key.end <= body.end ? der.subarray(at, key.end) : null;
}
