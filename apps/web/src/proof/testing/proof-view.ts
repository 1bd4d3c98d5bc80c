import type { ProofOfSupplier, ProofRun, ProofView } from 'proviso-server/contract';

const run = (id: string, at: string, fail: number, more: Partial<ProofRun> = {}): ProofRun => ({
  id,
  kind: 'host',
  name: 'www.acme.test',
  at,
  profile: 'internet-nl',
  changed: false,
  place: 'Ede',
  bundle: 'e'.repeat(64),
  counts: { pass: 40 - fail, fail, warn: 2, 'not-applicable': 5, inconclusive: 1 },
  ...more,
});

/** What is seen of one supplier whose HSTS does not hold, and of one that gave no consent. `markup` stands in every text of others. */
export function proofView(requirement: string, offers: readonly string[], markup = ''): ProofView {
  const supplier = (n: number, more: Partial<ProofOfSupplier>): ProofOfSupplier => ({
    supplier: `s-${offers[n]}`,
    name: n === 0 ? `Acme ${markup}` : `Supplier ${n + 1}`,
    offers: [offers[n] ?? ''],
    contracted: n === 0,
    consent: null,
    running: null,
    requirements: [
      { requirement, proved: 'not-probed', checks: [{ check: 'web.hsts', proved: 'not-probed', results: [] }] },
    ],
    names: [],
    changes: [],
    waivers: [],
    ...more,
  });
  return {
    checks: [{ id: 'web.hsts', title: 'HSTS', shows: 'Browsers are told to use HTTPS only.', why: null }],
    requirements: [{ id: requirement, title: `Title of ${requirement}`, checks: ['web.hsts'] }],
    plan: { profile: 'internet-nl', every: 'weekly', version: 0 },
    profiles: [
      { id: 'internet-nl', title: 'Internet.nl' },
      { id: 'strict', title: 'Strictest use' },
    ],
    may: { run: true, plan: true, waive: true },
    looks: true,
    today: '2026-11-26',
    suppliers: [
      supplier(0, {
        consent: {
          id: 'c-1',
          targets: { hosts: ['www.acme.test'], mail: [], services: [], selectors: [] },
          perMinute: 30,
          edition: 1,
          language: 'en',
          text: 'I may decide about the names listed here.',
          sha256: 'd'.repeat(64),
          signer: `Ada ${markup}`,
          role: 'Head of operations',
          given: '2026-10-01T09:00:00.000Z',
          withdrawn: null,
        },
        requirements: [
          {
            requirement,
            proved: 'refuted',
            checks: [
              {
                check: 'web.hsts',
                proved: 'refuted',
                results: [
                  {
                    name: 'www.acme.test',
                    check: 'web.hsts',
                    title: 'HSTS',
                    subject: 'www.acme.test',
                    verdict: 'fail',
                    accepted: false,
                    sentences: [`There is no Strict-Transport-Security field (IPv4). ${markup}`],
                    todo: 'Send the header with every answer over HTTPS.',
                  },
                ],
              },
            ],
          },
        ],
        names: [
          {
            kind: 'host',
            name: 'www.acme.test',
            runs: [
              run('r-3', '2026-11-25T03:20:00.000Z', 4, { changed: true }),
              run('r-2', '2026-11-18T03:20:00.000Z', 9),
              run('r-1', '2026-11-11T03:20:00.000Z', 9),
            ],
          },
        ],
        changes: [
          {
            name: 'www.acme.test',
            check: 'web.redirect',
            title: 'HTTPS is forced',
            subject: 'www.acme.test',
            before: 'fail',
            after: 'pass',
          },
        ],
        waivers: [
          {
            id: 'w-1',
            name: 'www.acme.test',
            check: 'web.csp',
            title: 'Content Security Policy',
            until: '2026-12-03',
            reason: `The old pages go in December. ${markup}`,
            by: 'Sven',
            state: 'ends-soon',
          },
        ],
      }),
      supplier(1, {}),
    ],
  };
}
