import { describe, expect, it } from 'vitest';
import { chunks, planOf, SUITES_AN_OFFER } from './offers.ts';
import { gradeOf, gradeOfBits, loadTlsProfile, tlsProfile, tlsProfileIds } from './profile.ts';
import { GROUPS, OLD_SUITES, PUBLIC_SUITES, SIGNATURES, SUITES, suiteParts, TLS13_SUITES } from './registry.ts';

describe('profiles', () => {
  it.each(tlsProfileIds())('%s names registered things only, and none twice', (id) => {
    const { suites, groups, versions, id: own } = loadTlsProfile(id);
    expect(own).toBe(id);
    for (const { good, sufficient, phaseOut } of [suites, groups, versions]) {
      const all = [...good, ...sufficient, ...phaseOut];
      expect(new Set(all).size).toBe(all.length);
    }
  });

  it.each(tlsProfileIds())('%s needs four offers for all that it does not want', (id) => {
    const { old } = planOf(loadTlsProfile(id));
    expect(chunks(old.bad, SUITES_AN_OFFER).length).toBeLessThanOrEqual(4);
    expect([...old.good, ...old.bad].toSorted((a, b) => a - b)).toEqual(PUBLIC_SUITES.toSorted((a, b) => a - b));
  });

  it('has as many suites to phase out as NCSC-NL lists', () => {
    expect(loadTlsProfile('ncsc-nl-2025-05').suites.phaseOut).toHaveLength(35);
  });

  it('refuses a name that nobody registered, and an id that is not there', () => {
    const good = loadTlsProfile('strict-modern');
    const wrong = { ...good, suites: { good: ['TLS_AES_129_GCM'] } };
    expect(tlsProfile.safeParse(wrong).error?.issues[0]?.message).toMatch(/"TLS_AES_129_GCM" is not registered/);
    expect(() => loadTlsProfile('../strict-modern')).toThrow(/There are: .*strict-modern/);
  });

  it.each([
    [3072, 'good'],
    [3071, 'sufficient'],
    [2048, 'phase-out'],
    [1024, 'insufficient'],
  ])('rates %i bits %s', (bits, grade) =>
    expect(gradeOfBits({ good: 3072, sufficient: 3000, phaseOut: 2048 }, bits)).toBe(grade),
  );

  it('rates what is not listed insufficient', () => {
    expect(gradeOf({ good: ['a'], sufficient: [], phaseOut: ['b'] }, 'c')).toBe('insufficient');
  });
});

describe('the registry', () => {
  it.each([
    ['TLS_AES_128_GCM_SHA256', 0x1301, 'any', 'any'],
    ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 0xc02f, 'ECDHE', 'RSA'],
    ['TLS_RSA_EXPORT_WITH_RC4_40_MD5', 0x0003, 'RSA', 'RSA'],
    ['TLS_DH_anon_WITH_AES_256_CBC_SHA', 0x003a, 'DHE', 'anon'],
    ['TLS_ECDH_anon_WITH_NULL_SHA', 0xc015, 'ECDHE', 'anon'],
    ['TLS_DHE_PSK_WITH_AES_128_CCM', 0xc0a6, 'DHE', 'PSK'],
    ['TLS_PSK_DHE_WITH_AES_128_CCM_8', 0xc0aa, 'DHE', 'PSK'],
    ['TLS_RSA_PSK_WITH_NULL_SHA', 0x002e, 'RSA', 'PSK'],
    ['TLS_SRP_SHA_DSS_WITH_AES_256_CBC_SHA', 0xc022, 'SRP', 'SRP'],
    ['TLS_ECDH_ECDSA_WITH_CAMELLIA_256_GCM_SHA384', 0xc089, 'ECDH', 'ECDSA'],
    ['TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256', 0xccaa, 'DHE', 'RSA'],
  ])('%s', (name, code, exchange, authentication) => {
    expect(SUITES.code(name)).toBe(code);
    expect(SUITES.name(code)).toBe(name);
    expect(suiteParts(code)).toMatchObject({ exchange, authentication });
  });

  it('parts TLS 1.3 from what is older, and strangers from those who share a secret', () => {
    expect(TLS13_SUITES.length + OLD_SUITES.length).toBe(SUITES.codes.length);
    expect(new Set(SUITES.codes).size).toBe(SUITES.codes.length);
    expect(PUBLIC_SUITES.map((suite) => SUITES.name(suite)).filter((name) => /PSK|SRP|KRB5|ECCPWD/.test(name))).toEqual(
      [],
    );
    expect(SUITES.name(0x5a5a)).toBe('0x5A5A');
    expect(GROUPS.code('X25519MLKEM768')).toBe(0x11ec);
    expect(SIGNATURES.code('ed25519')).toBe(0x0807);
  });
});
