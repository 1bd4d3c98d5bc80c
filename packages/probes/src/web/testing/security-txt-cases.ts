import * as checks from '../checks.ts';
import gnupg from '../openpgp/testing/gnupg.json' with { type: 'json' };
import type { Site } from '../site.ts';
import { failure, GOOD_TXT, HOST, redirectTo, response, securityTxt, site, visit } from './site.ts';
import type { CaseTable } from './table.ts';

const http = `http://${HOST}/`;
const txt = (text: string, change = {}) => site({ securityTxt: securityTxt(text, change) });
const at = (path: string, change: Parameters<typeof response>[0] = {}) =>
  visit(response({ url: `https://${HOST}${path}`, ...change }));
const text = { headers: { 'Content-Type': 'text/plain' } };
const absent = {
  wellKnown: at('/.well-known/security.txt', { status: 404 }),
  root: at('/security.txt', { status: 404 }),
};
const signedText = (body: string) =>
  `-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA256\r\n\r\n${body}-----BEGIN PGP SIGNATURE-----\r\n\r\nabc\r\n-----END PGP SIGNATURE-----\r\n`;
/** A file that GnuPG signed, or what was made of it, and whose key was found. */
export const signed = (
  name: keyof typeof gnupg,
  { change = (body: string) => body, key = name as keyof typeof gnupg | null } = {},
): Site => ({
  ...txt(change(gnupg[name].signed)),
  keys: key === null ? [] : [visit(response({ url: `https://${HOST}/key.asc`, text: gnupg[key].key }))],
});

/** security.txt: a site, the verdict on it, and an observation that must be among those made. */
export const securityTxtCases: CaseTable = {
  'security.txt': [
    checks.securityTxtCheck,
    [
      ['good', site(), 'pass', 'security-txt.expires'],
      ['signed and valid', signed('ed'), 'pass', 'security-txt.signature-good'],
      ['signed by a subkey', signed('sub'), 'pass', 'security-txt.signature-good'],
      [
        'signature is false',
        signed('ed', { change: (body) => body.replace('security@', 'evil@') }),
        'fail',
        'security-txt.signature-false',
      ],
      ['signature is no signature', txt(signedText(GOOD_TXT)), 'fail', 'security-txt.signature-malformed'],
      ['signed with SHA-1', signed('sha1'), 'fail', 'security-txt.signature-weak'],
      ['signature has expired', signed('short'), 'fail', 'security-txt.signature-expired'],
      ['key was revoked', signed('revoked'), 'fail', 'security-txt.signature-key-revoked'],
      ['key has expired', signed('old'), 'warn', 'security-txt.signature-key-expired'],
      ['key is not there', signed('ed', { key: null }), 'pass', 'security-txt.signature-key-missing'],
      [
        'key came in the clear',
        {
          ...signed('ed'),
          keys: [
            visit(
              redirectTo(`http://${HOST}/key.asc`, `https://${HOST}/key.asc`),
              response({ url: `http://${HOST}/key.asc`, text: gnupg.ed.key }),
            ),
          ],
        },
        'pass',
        'security-txt.signature-key-missing',
      ],
      [
        'key came from whom no certificate vouches for',
        {
          ...signed('ed'),
          keys: [
            visit(
              response({
                url: `https://${HOST}/key.asc`,
                text: gnupg.ed.key,
                tls: { version: 'TLSv1.3', alpn: null, authorized: false, error: 'SELF_SIGNED_CERT' },
              }),
            ),
          ],
        },
        'pass',
        'security-txt.signature-key-missing',
      ],
      ['key is another', signed('ed', { key: 'rsa' }), 'pass', 'security-txt.signature-key-missing'],
      [
        'something before what is signed',
        signed('ed', { change: (body) => body.replace('Hash: SHA256', 'Contact: mailto:evil@a.test') }),
        'fail',
        'security-txt.fault',
      ],
      [
        'frame of a signature is broken',
        txt(signedText(GOOD_TXT).replace('-----END PGP SIGNATURE-----', '')),
        'fail',
        'security-txt.fault',
      ],
      [
        'text outside the signature',
        txt(`Contact: mailto:evil@a.test\r\n${signedText(GOOD_TXT)}`),
        'fail',
        'security-txt.fault',
      ],
      [
        'signed for another place',
        txt(signedText(`${GOOD_TXT}Canonical: https://other.test/security.txt\r\n`)),
        'fail',
        'security-txt.canonical',
      ],
      [
        'another canonical place',
        txt(`${GOOD_TXT}Canonical: https://other.test/security.txt\n`),
        'warn',
        'security-txt.canonical',
      ],
      ['expired', txt(GOOD_TXT.replace('2026-12', '2025-12')), 'fail', 'security-txt.expired'],
      ['far off', txt(GOOD_TXT.replace('2026', '2030')), 'warn', 'security-txt.far-expiry'],
      ['no contact', txt('Expires: 2026-12-31T00:00:00Z\n'), 'fail', 'security-txt.fault'],
      ['no expiry', txt('Contact: mailto:a@b.test\n'), 'fail', 'security-txt.fault'],
      ['two expiries', txt(`${GOOD_TXT}Expires: 2026-12-31T00:00:00Z\n`), 'fail', 'security-txt.fault'],
      ['no date', txt(GOOD_TXT.replace('2026-12-31T00:00:00Z', 'next year')), 'fail', 'security-txt.fault'],
      ['a day that is not', txt(GOOD_TXT.replace('2026-12-31', '2026-11-31')), 'fail', 'security-txt.fault'],
      ['contact without scheme', txt(GOOD_TXT.replace('mailto:', '')), 'fail', 'security-txt.fault'],
      [
        'contact over plain HTTP',
        txt(GOOD_TXT.replace('mailto:security@example.com', 'http://example.com/')),
        'fail',
        'security-txt.fault',
      ],
      ['an HTML page', txt('<html></html>', { headers: { 'Content-Type': 'text/html' } }), 'fail', 'security-txt.type'],
      [
        'another charset',
        txt(GOOD_TXT, { headers: { 'Content-Type': 'text/plain; charset=iso-8859-1' } }),
        'fail',
        'security-txt.charset',
      ],
      ['unknown field', txt(`${GOOD_TXT}X-Thing: 1\n`), 'warn', 'security-txt.fault'],
      [
        'in the old place',
        site({
          securityTxt: {
            wellKnown: at('/.well-known/security.txt', { status: 404 }),
            root: at('/security.txt', { ...text, text: GOOD_TXT }),
          },
        }),
        'warn',
        'security-txt.not-well-known',
      ],
      [
        'over plain HTTP',
        site({
          securityTxt: {
            wellKnown: visit(response({ url: `${http}.well-known/security.txt`, ...text, text: GOOD_TXT })),
            root: null,
          },
        }),
        'fail',
        'security-txt.not-secure',
      ],
      ['absent', site({ securityTxt: absent }), 'fail', 'security-txt.none'],
      [
        'turned away',
        site({ securityTxt: { ...absent, root: at('/security.txt', { status: 403 }) } }),
        'inconclusive',
        'security-txt.no-answer',
      ],
      ['longer than is read', txt(GOOD_TXT, { truncated: true }), 'inconclusive', 'security-txt.long'],
      [
        'time-out',
        site({ securityTxt: { wellKnown: visit(failure('timeout')), root: null } }),
        'inconclusive',
        'security-txt.no-answer',
      ],
      ['not recorded', site({ securityTxt: null }), 'inconclusive', 'security-txt.not-recorded'],
    ],
  ],
};
