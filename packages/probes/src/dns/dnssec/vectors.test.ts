import { describe, expect, it } from 'vitest';
import { record, timeOf } from '../testing/records.ts';
import { parseName } from '../wire/name.ts';
import { readDnskey, readDs, readEach, readNsec } from '../wire/rdata.ts';
import { type DnsRecord, findRRset, type RRset } from '../wire/record.ts';
import { TYPE, type TypeName } from '../wire/types.ts';
import { VERIFIABLE } from './algorithms.ts';
import { isDenial } from './denial.ts';
import { keyBits, keyTag, matchesDs } from './keys.ts';
import { type NsecRecord, provesExpansion, provesNoData, provesNoName } from './nsec.ts';
import { base32hex, HashedDenial, nsec3Hash } from './nsec3.ts';
import { verifyRRset } from './signature.ts';
import { Work } from './work.ts';

const at = (text: string) => ({ at: timeOf(text), algorithms: VERIFIABLE, work: new Work() });

function setOf(records: DnsRecord[]): RRset {
  const { name, type } = records[0] as DnsRecord;
  return findRRset(records, name, type) as RRset;
}

describe('examples of single signatures', () => {
  it.each<
    [
      rfc: string,
      key: string,
      tag: number,
      ds: string,
      owner: string,
      of: [TypeName, string],
      signature: string,
      when: string,
    ]
  >([
    [
      'RFC 6605 section 6.1',
      '257 3 13 GojIhhXUN/u4v54ZQqGSnyhWJwaubCvTmeexv7bR6edbkrSqQpF64cYbcB7wNcP+e+MAnLr+Wi9xMWyQLc8NAA==',
      55648,
      '55648 13 2 b4c8c1fe2e7477127b27115656ad6256f424625bf5c1e2770ce6d6e37df61d17',
      'www.example.net',
      ['A', '192.0.2.1'],
      'A 13 3 3600 20100909100439 20100812100439 55648 example.net. qx6wLYqmh+l9oCKTN6qIc+bw6ya+KJ8oMz0YP107epXAyGmt+3SNruPFKG7tZoLBLlUzGGus7ZwmwWep666VCw==',
      '20100820000000',
    ],
    [
      'RFC 6605 section 6.2',
      '257 3 14 xKYaNhWdGOfJ+nPrL8/arkwf2EY3MDJ+SErKivBVSum1w/egsXvSADtNJhyem5RCOpgQ6K8X1DRSEkrbYQ+OB+v8/uX45NBwY8rp65F6Glur8I/mlVNgF6W/qTI37m40',
      10771,
      '10771 14 4 72d7b62976ce06438e9c0bf319013cf801f09ecc84b8d7e9495f27e305c6a9b0563a9b5f4d288405c3008a946df983d6',
      'www.example.net',
      ['A', '192.0.2.1'],
      'A 14 3 3600 20100909102025 20100812102025 10771 example.net. /L5hDKIvGDyI1fcARX3z65qrmPsVz73QD1Mr5CEqOiLP95hxQouuroGCeZOvzFaxsT8Glr74hbavRKayJNuydCuzWTSSPdz7wnqXL5bdcJzusdnI0RSMROxxwGipWcJm',
      '20100820000000',
    ],
    [
      'RFC 8080 section 6.1 with erratum 4935, first key',
      '257 3 15 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=',
      3613,
      '3613 15 2 3aa5ab37efce57f737fc1627013fee07bdf241bd10f3b1964ab55c78e79a304b',
      'example.com',
      ['MX', '10 mail.example.com'],
      'MX 15 2 3600 1440021600 1438207200 3613 example.com. oL9krJun7xfBOIWcGHi7mag5/hdZrKWw15jPGrHpjQeRAvTdszaPD+QLs3fx8A4M3e23mRZ9VrbpMngwcrqNAg==',
      '1439000000',
    ],
    [
      'RFC 8080 section 6.1 with erratum 4935, second key',
      '257 3 15 zPnZ/QwEe7S8C5SPz2OfS5RR40ATk2/rYnE9xHIEijs=',
      35217,
      '35217 15 2 401781b934e392de492ec77ae2e15d70f6575a1c0bc59c5275c04ebe80c6614c',
      'example.com',
      ['MX', '10 mail.example.com'],
      'MX 15 2 3600 1440021600 1438207200 35217 example.com. zXQ0bkYgQTEFyfLyi9QoiY6D8ZdYo4wyUhVioYZXFdT410QPRITQSqJSnzQoSm5poJ7gD7AQR0O7KuI5k2pcBg==',
      '1439000000',
    ],
    [
      'RFC 8080 section 6.2 with erratum 4935',
      '257 3 16 3kgROaDjrh0H2iuixWBrc8g2EpBBLCdGzHmn+G2MpTPhpj/OiBVHHSfPodx1FYYUcJKm1MDpJtIA',
      9713,
      '',
      'example.com',
      ['MX', '10 mail.example.com'],
      'MX 16 2 3600 1440021600 1438207200 9713 example.com. 3cPAHkmlnxcDHMyg7vFC34l0blBhuG1qpwLmjInI8w1CMB29FkEAIJUA0amxWndkmnBZ6SKiwZSAxGILn/NBtOXft0+Gj7FSvOKxE/07+4RQvE581N3Aj/JtIyaiYVdnYtyMWbSNyGEY2213WKsJlwEA',
      '1439000000',
    ],
    [
      'RFC 5702 section 6.2 (a later period of the same key)',
      '256 3 10 AwEAAdHoNTOW+et86KuJOWRDp1pndvwb6Y83nSVXXyLA3DLroROUkN6X0O6pnWnjJQujX/AyhqFDxj13tOnD9u/1kTg7cV6rklMrZDtJCQ5PCl/D7QNPsgVsMu1J2Q8gpMpztNFLpPBz1bWXjDtaR7ZQBlZ3PFY12ZTSncorffcGmhOL',
      3740,
      '',
      'www.example.net',
      ['A', '192.0.2.91'],
      'A 10 3 3600 20300101000000 20000101000000 3740 example.net. tsb4wnjRUDnB1BUi+t6TMTXThjVnG+eCkWqjvvjhzQL1d0YRoOe0CbxrVDYd0xDtsuJRaeUw1ep94PzEWzr0iGYgZBWm/zpq+9fOuagYJRfDqfReKBzMweOLDiNa8iP5g9vMhpuv6OPlvpXwm9Sa9ZXIbNl1MBGk0fthPgxdDLw=',
      '20200101000000',
    ],
  ])('%s', (_, key, tag, ds, owner, [type, data], signature, when) => {
    const zone = parseName(owner.replace('www.', ''));
    const dnskey = readDnskey(record(zone, 'DNSKEY', key).rdata);
    const set = setOf([record(owner, type, data), record(owner, 'RRSIG', signature)]);
    expect(keyTag(dnskey)).toBe(tag);
    if (ds) expect(matchesDs(zone, dnskey, readDs(record(zone, 'DS', ds).rdata))).toBe(true);
    expect(verifyRRset(set, [dnskey], zone, at(when))).toMatchObject({ ok: true, source: null });
    const broken = { ...set, ttl: 1, data: set.data.map((one) => Buffer.concat([one, Buffer.from([0])])) };
    expect(verifyRRset(broken, [dnskey], zone, at(when))).toEqual({ ok: false, code: 'signature-invalid' });
    // The TTL that was signed stands in the signature (RFC 4035 section 5.3.2).
    expect(verifyRRset({ ...set, ttl: 1 }, [dnskey], zone, at(when)).ok).toBe(true);
  });
});

describe('RFC 4035 appendix B', () => {
  const zsk = readDnskey(
    record(
      'example',
      'DNSKEY',
      '256 3 5 AQOy1bZVvpPqhg4j7EJoM9rI3ZmyEx2OzDBVrZy/lvI5CQePxXHZS4i8dANH4DX3tbHol61ek8EFMcsGXxKciJFHyhl94C+NwILQdzsUlSFovBZsyl/NX6yEbtw/xN9ZNcrbYvgjjZ/UVPZIySFNsgEYvh0z2542lzMKR4Dh8uZffQ==',
    ).rdata,
  );
  const when = at('20040501120000');
  const sign = (type: string, labels: number, text: string) =>
    `${type} 5 ${labels} 3600 20040509183619 20040409183619 38519 example. ${text}`;

  it('has a key of 1024 bits with exponent 3', () => {
    expect([keyTag(zsk), keyBits(zsk)]).toEqual([38519, 1024]);
  });

  const NSEC_XYW =
    'OvE6WUzN2ziieJcvKPWbCAyXyP6ef8cr6CspArVSTzKSquNwbezZmkU7E34o5lmb6CWSSSpgxw098kNUFnHcQf/LzY2zqRomubrNQhJTiDTXa0ArunJQCzPjOYq5t0SLjm6qp6McJI1AP5VrQoKqJDCLnoAlcPOPKAm/jJkn3jk=';
  it.each<[string, TypeName, string[], number, string, string | null]>([
    [
      'x.w.example',
      'MX',
      ['1 xx.example'],
      3,
      'Il2WTZ+Bkv+OytBx4LItNW5mjB4RCwhOO8y1XzPHZmZUTVYL7LaA63f6T9ysVBzJRI3KRjAPH3U1qaYnDoN1DrWqmi9RJe4FoObkbcdm7P3Ikx70ePCoFgRz1Yq+bVVXCvGuAU4xALv3W/Y1jNSlwZ2mSWKHfxFQxPtLj8s32+k=',
      null,
    ],
    [
      'example',
      'NS',
      ['ns1.example', 'ns2.example'],
      1,
      'gl13F00f2U0R+SWiXXLHwsMY+qStYy5k6zfdEuivWc+wd1fmbNCyql0Tk7lHTX6UOxc8AgNf4ISFve8XqF4q+o9qlnqIzmppU3LiNeKT4FZ8RO5urFOvoMRTbQxW3U0hXWuggE4g3ZpsHv480HjMeRaZB/FRPGfJPajngcq6Kwg=',
      null,
    ],
    [
      'xx.example',
      'A',
      ['192.0.2.10'],
      2,
      'kBF4YxMGWF0D8r0cztL+2fWWOvN1U/GYSpYP7SoKoNQ4fZKyk+weWGlKLIUM+uE1zjVTPXoa0Z6WG0oZp46rkl1EzMcdMgoaeUzzAJ2BMq+YVdxG9IK1yZkYGY9AgbTOGPoAgbJyO9EPULsxkbIDV6GPPSZVusnZU6OMgdgzHV4=',
      null,
    ],
    [
      'xx.example',
      'AAAA',
      ['2001:db8::f00:baaa'],
      2,
      'Zzj0yodDxcBLnnOIwDsuKo5WqiaK24DlKg9CaGaxDFiKgKobUj2jilYQHpGFn2poFRetZd4zulyQkssz2QHrVrPuTMS22knudCiwP4LWpVTrU4zfeA+rDz9stmSBP/4PekH/x2IoAYnwctd/xS9cL2QgW7FChw16mzlkH6/vsfs=',
      null,
    ],
    [
      'example',
      'SOA',
      ['ns1.example bugs.x.w.example 1081539377 3600 300 3600000 3600'],
      1,
      'ONx0k36rcjaxYtcNgq6iQnpNV5+drqYAsC9h7TSJaHCqbhE67Sr6aH2xDUGcqQWu/n0UVzrFvkgO9ebarZ0GWDKcuwlM6eNB5SiX2K74l5LWDA7S/Un/IbtDq4Ay8NMNLQI7Dw7n4p8/rjkBjV7j86HyQgM5e7+miRAz8V01b0I=',
      null,
    ],
    [
      'a.example',
      'DS',
      ['57855 5 1 B6DCD485719ADCA18E5F3D48A2331627FDD3636B'],
      2,
      'oXIKit/QtdG64J/CB+Gi8dOvnwRvqrto1AdQoRkAN15FP3iZ7suB7gvTBmXzCjL7XUgQVcoHkdhyCuzp8W9qJHgRUSwKKkczSyuL64nhgjuDEML8l9wlWVsl7PR2VnZduM9bLyBhaaPmRKX/Fm+v6ccF2EGNLRiY08kdkz+XHHo=',
      null,
    ],
    [
      'a.z.w.example',
      'MX',
      ['1 ai.example'],
      2,
      'OMK8rAZlepfzLWW75Dxd63jy2wswESzxDKG2f9AMN1CytCd10cYISAxfAdvXSZ7xujKAtPbctvOQ2ofO7AZJ+d01EeeQTVBPq4/6KCWhqe2XTjnkVLNvvhnc0u28aoSsG0+4InvkkOHknKxw4kX18MMR34i8lC36SR5xBni8vHI=',
      'w.example',
    ],
    [
      'b.example',
      'NSEC',
      ['ns1.example NS RRSIG NSEC'],
      2,
      'GNuxHn844wfmUhPzGWKJCPY5ttEX/RfjDoOx9ueK1PtYkOWKOOdiJ/PJKCYB3hYX+858dDWSxb2qnV/LSTCNVBnkm6owOpysY97MVj5VQEWs0lm9tFoqjcptQkmQKYPrwUnCSNwvvclSF1xZvhRXgWT7OuFXldoCG6TfVFMs9xE=',
      null,
    ],
    [
      'example',
      'NSEC',
      ['a.example NS SOA MX RRSIG NSEC DNSKEY'],
      1,
      'O0k558jHhyrC97ISHnislm4kLMW48C7U7cBmFTfhke5iVqNRVTB1STLMpgpbDIC9hcryoO0VZ9ME5xPzUEhbvGnHd5sfzgFVeGxr5Nyyq4tWSDBgIBiLQUv1ivy29vhXy7WgR62dPrZ0PWvmjfFJ5arXf4nPxp/kEowGgBRzY/U=',
      null,
    ],
    [
      'ns1.example',
      'NSEC',
      ['ns2.example A RRSIG NSEC'],
      2,
      'I4hj+Kt6+8rCcHcUdolks2S+Wzri9h3fHas81rGN/eILdJHN7JpV6lLGPIh/8fIBkfvdyWnBjjf1q3O7JgYO1UdI7FvBNWqaaEPJK3UkddBqZIaLi8Qr2XHkjq38BeQsbp8X0+6h4ETWSGT8IZaIGBLryQWGLw6Y6X8dqhlnxJM=',
      null,
    ],
    ['x.y.w.example', 'NSEC', ['xx.example MX RRSIG NSEC'], 4, NSEC_XYW, null],
    [
      '*.w.example',
      'NSEC',
      ['x.w.example MX RRSIG NSEC'],
      2,
      'r/mZnRC3I/VIcrelgIcteSxDhtsdlTDt8ng9HSBlABOlzLxQtfgTnn8f+aOwJIAFe1Ee5RvU5cVhQJNP5XpXMJHfyps8tVvfxSAXfahpYqtx91gsmcV/1V9/bZAG55CefP9cM4Z9Y9NT9XQ8s1InQ2UoIv6tJEaaKkP701j8OLA=',
      null,
    ],
  ])('%s %s', (owner, type, data, labels, signature, source) => {
    const set = setOf([
      ...data.map((one) => record(owner, type, one)),
      record(owner, 'RRSIG', sign(type, labels, signature)),
    ]);
    expect(verifyRRset(set, [zsk], 'example', when)).toMatchObject({ ok: true, source });
    expect(verifyRRset(set, [zsk], 'example', at('20040510000000'))).toEqual({ ok: false, code: 'signature-expired' });
    expect(verifyRRset(set, [zsk], 'example', at('20040409000000'))).toEqual({
      ok: false,
      code: 'signature-not-yet-valid',
    });
    expect(verifyRRset(set, [zsk], 'other', when).ok).toBe(false);
  });

  const nsec = (owner: string, text: string): NsecRecord => ({ owner, ...readNsec(record(owner, 'NSEC', text).rdata) });
  const apex = nsec('example', 'a.example NS SOA MX RRSIG NSEC DNSKEY');
  const b = nsec('b.example', 'ns1.example NS RRSIG NSEC');
  const ns1 = nsec('ns1.example', 'ns2.example A RRSIG NSEC');
  const xyw = nsec('x.y.w.example', 'xx.example MX RRSIG NSEC');
  const starW = nsec('*.w.example', 'x.w.example MX RRSIG NSEC');
  const last = nsec('xx.example', 'example A HINFO AAAA RRSIG NSEC'.replace('HINFO ', ''));

  it.each([
    ['B.2 no such name', () => provesNoName([b, apex], 'ml.example', 'example'), 'no-name'],
    ['B.2 without the wildcard', () => provesNoName([b], 'ml.example', 'example'), 'wrong'],
    ['B.3 no data', () => provesNoData([ns1], 'ns1.example', TYPE.MX, 'example'), 'no-data'],
    ['B.3 of a type that is there', () => provesNoData([ns1], 'ns1.example', TYPE.A, 'example'), 'wrong'],
    ['B.5 unsigned delegation', () => provesNoData([b], 'b.example', TYPE.DS, 'example'), 'no-data'],
    ['B.5 for another type than DS', () => provesNoData([b], 'b.example', TYPE.A, 'example'), 'wrong'],
    ['B.5 for a name below it', () => provesNoName([b, apex], 'mc.b.example', 'example'), 'wrong'],
    ['B.6 expansion', () => provesExpansion([xyw], 'a.z.w.example', 'w.example', 'example'), 'no-name'],
    ['B.6 from a wildcard too high', () => provesExpansion([xyw], 'a.z.w.example', 'example', 'example'), 'wrong'],
    ['B.7 wildcard without data', () => provesNoData([xyw, starW], 'a.z.w.example', TYPE.AAAA, 'example'), 'no-data'],
    ['B.7 of what the wildcard has', () => provesNoData([xyw, starW], 'a.z.w.example', TYPE.MX, 'example'), 'wrong'],
    ['B.8 DS asked of the zone itself', () => provesNoData([apex], 'example', TYPE.DS, 'example'), 'wrong'],
    [
      'empty non-terminal',
      () => provesNoData([nsec('ns2.example', '*.w.example A')], 'w.example', TYPE.A, 'example'),
      'no-data',
    ],
    [
      'it exists, so not as no name',
      () => provesNoName([nsec('ns2.example', '*.w.example A'), apex], 'w.example', 'example'),
      'wrong',
    ],
    ['after the last name', () => provesNoName([last, apex], 'zz.example', 'example'), 'no-name'],
    ['nothing at all', () => provesNoName([], 'zz.example', 'example'), 'missing'],
    [
      'compact denial (RFC 9824)',
      () => provesNoData([nsec('no.example', '\\000.no.example RRSIG NSEC NXNAME')], 'no.example', TYPE.A, 'example'),
      'no-name',
    ],
  ])('%s', (_, prove, expected) => {
    const proof = prove();
    expect(isDenial(proof) ? proof.kind : proof).toBe(expected);
  });
});

describe('RFC 5155 appendix A and B', () => {
  const salt = Buffer.from('aabbccdd', 'hex');
  const HASHES: [string, string][] = [
    ['example', '0p9mhaveqvm6t7vbl5lop2u3t2rp3tom'],
    ['a.example', '35mthgpgcu1qg68fab165klnsnk3dpvl'],
    ['ai.example', 'gjeqe526plbf1g8mklp59enfd789njgi'],
    ['ns1.example', '2t7b4g4vsa5smi47k61mv5bv1a22bojr'],
    ['ns2.example', 'q04jkcevqvmu85r014c7dkba38o0ji5r'],
    ['w.example', 'k8udemvp1j2f7eg6jebps17vp3n8i58h'],
    ['*.w.example', 'r53bq7cc2uvmubfu5ocmm6pers9tk9en'],
    ['x.w.example', 'b4um86eghhds6nea196smvmlo4ors995'],
    ['y.w.example', 'ji6neoaepv8b5o6k4ev33abha8ht9fgc'],
    ['x.y.w.example', '2vptu5timamqttgl4luu9kg21e0aor3s'],
  ];
  it.each(HASHES)('%s hashes to %s', (name, hash) => {
    expect(base32hex(nsec3Hash(name, salt, 12))).toBe(hash);
  });

  const types: Record<string, TypeName[]> = {
    example: ['MX', 'DNSKEY', 'NS', 'SOA', 'NSEC3PARAM', 'RRSIG'],
    'a.example': ['NS', 'DS', 'RRSIG'],
    'x.w.example': ['MX', 'RRSIG'],
    'ns1.example': ['A', 'RRSIG'],
    '*.w.example': ['MX', 'RRSIG'],
    'w.example': [],
  };
  const sorted = HASHES.map(([name, hash]) => ({ name, hash })).sort((one, other) => (one.hash < other.hash ? -1 : 1));
  const all = sorted.map(({ name, hash }, index) => ({
    owner: `${hash}.example`,
    hashAlgorithm: 1,
    flags: 1,
    iterations: 12,
    salt,
    next: nsec3Hash((sorted[(index + 1) % sorted.length] as { name: string }).name, salt, 12),
    types: new Set((types[name] ?? ['A']).map((type) => TYPE[type])),
  }));
  const proofs = new HashedDenial(all, 'example', new Work());
  it.each([
    ['B.1 no such name', () => proofs.provesNoName('a.c.x.w.example'), 'no-name opt-out'],
    ['B.2 no data', () => proofs.provesNoData('ns1.example', TYPE.MX), 'no-data'],
    ['B.2 of a type that is there', () => proofs.provesNoData('ns1.example', TYPE.A), 'wrong'],
    ['B.2.1 empty non-terminal', () => proofs.provesNoData('w.example', TYPE.A), 'no-data'],
    ['B.3 unsigned delegation left out', () => proofs.provesNoData('c.example', TYPE.DS), 'no-data opt-out'],
    ['B.3 signed delegation', () => proofs.provesNoData('a.example', TYPE.DS), 'wrong'],
    ['B.4 expansion', () => proofs.provesExpansion('a.z.w.example', 'w.example'), 'no-name opt-out'],
    ['B.4 where a name exists', () => proofs.provesExpansion('x.w.example', 'w.example'), 'wrong'],
    ['B.5 wildcard without data', () => proofs.provesNoData('a.z.w.example', TYPE.AAAA), 'no-data opt-out'],
    ['below a delegation', () => proofs.provesNoName('x.a.example'), 'wrong'],
    ['a name that exists', () => proofs.provesNoName('ai.example'), 'wrong'],
    ['another zone', () => proofs.provesNoName('x.test'), 'wrong'],
    ['without records', () => new HashedDenial([], 'example', new Work()).provesNoName('x.example'), 'missing'],
    [
      'with an unknown hash',
      () =>
        new HashedDenial(
          all.map((one) => ({ ...one, hashAlgorithm: 2 })),
          'example',
          new Work(),
        ).provesNoName('x.example'),
      'missing',
    ],
    [
      'with too many iterations',
      () =>
        new HashedDenial(
          all.map((one) => ({ ...one, iterations: 151 })),
          'example',
          new Work(),
        ).provesNoName('x.example'),
      'iterations',
    ],
  ])('%s', (_, prove, expected) => {
    const proof = prove();
    expect(isDenial(proof) ? `${proof.kind}${proof.optOut ? ' opt-out' : ''}` : proof).toBe(expected);
  });
});

it('reads what it can of records and leaves out the rest', () => {
  expect(readEach(readDs, [Buffer.from([1]), Buffer.from([0, 7, 8, 2, 9])]).map((ds) => ds.keyTag)).toEqual([7]);
});
