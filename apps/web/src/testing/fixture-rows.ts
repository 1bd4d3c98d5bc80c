import type { Home, Me, Person } from 'proviso-server/contract';

export const TENANT = '0b6f7f1e-2d0c-4f5e-9d55-6f2a3f1d1a01';
export const PURCHASE = '6f0c2f0e-6f0d-4b8e-9f0a-0d6a8f2f3a11';
export const OLGA = '0b6f7f1e-2d0c-4f5e-9d55-6f2a3f1d1a02';
export const SVEN = '0b6f7f1e-2d0c-4f5e-9d55-6f2a3f1d1a03';
export const LENA = '0b6f7f1e-2d0c-4f5e-9d55-6f2a3f1d1a04';
export const ACME = '0b6f7f1e-2d0c-4f5e-9d55-6f2a3f1d1a05';
export const DOCUMENT = '0b6f7f1e-2d0c-4f5e-9d55-6f2a3f1d1a06';
export const PAPER = 'f'.repeat(64);
export const NOW = '2026-11-02T09:00:00.000Z';
/** A name that would do harm if a page took it for markup. */
export const HOSTILE = 'Acme <img src=x onerror=alert(1)> {n} =1+1';

const ROLES = ['owner', 'buyer', 'security', 'legal', 'evaluator', 'opener', 'auditor'] as const;

export const ME: Me = {
  account: { id: 'account', email: 'olga@example.org', name: 'Olga Owner', twoFactor: false },
  memberships: [
    { tenant: TENANT, name: 'Town of Aarlen', person: OLGA, roles: [...ROLES] },
    { tenant: ACME, name: 'Another town', person: ACME, roles: ['auditor'] },
  ],
  language: null,
};

export const EMPTY_HOME: Home = { waiting: [], deadlines: [], states: {}, calendar: '/calendar/x.ics' };
export const HOME: Home = {
  waiting: [{ purchase: PURCHASE, title: HOSTILE, what: 'approve-security', due: '2026-12-01T11:00:00Z', count: 1 }],
  deadlines: [{ purchase: PURCHASE, title: HOSTILE, kind: 'closing', at: '2027-01-15T11:00:00Z', count: 2 }],
  states: { drafted: 3, published: 1 },
  calendar: '/calendar/x.ics',
};

export const PEOPLE: Person[] = [
  { id: OLGA, name: 'Olga Owner', email: 'olga@example.org', roles: [...ROLES], opener: true, erased: false },
  { id: SVEN, name: 'Sven Security', email: null, roles: ['security', 'opener'], opener: false, erased: false },
  { id: LENA, name: 'Lena Legal', email: null, roles: ['legal', 'evaluator'], opener: false, erased: false },
];

export const DOCUMENT_ROW = {
  id: DOCUMENT,
  purchase: PURCHASE,
  name: 'tender.docx',
  sha256: 'a'.repeat(64),
  bytes: 34_567,
  format: 'docx',
  language: 'en',
  pages: 2,
  read: true,
  at: NOW,
};

export const FIGURES = {
  all: 5,
  read: 3,
  ict: 3,
  security: 2,
  named: 2,
  stale: 1,
  unread: 2,
  waiting: 1,
  same: 1,
  judged: { from: '2026-01-05', to: '2026-11-02' },
  standards: [
    { id: 'RFC 8446', documents: 2, demanded: 1 },
    { id: HOSTILE, documents: 1, demanded: 0 },
  ],
  languages: ['en', 'nl'],
  purchases: [{ id: PURCHASE, title: HOSTILE }],
};

export function documentView() {
  const text = 'Security\nThe system must use adequate security measures.\nThe end.';
  const quote = 'adequate security measures';
  const start = text.indexOf(quote);
  const lines = text.split('\n');
  let at = 0;
  const blocks = lines.map((line, i) => {
    const block = {
      kind: i === 0 ? 'heading' : 'paragraph',
      start: at,
      end: at + line.length,
      level: i === 0 ? 1 : null,
      page: 1,
    };
    at += line.length + 1;
    return block;
  });
  const finding = { rule: 'tender/vague', page: 1, section: 'Security', path: DOCUMENT };
  return {
    document: DOCUMENT_ROW,
    reading: null,
    findings: [
      {
        ...finding,
        level: 'warning',
        message: 'Vague.',
        fix: 'Say what is measured.',
        text: quote,
        start,
        end: start + quote.length,
      },
      { ...finding, level: 'error', message: 'No date.', fix: null, text: '', start: 0, end: 0 },
    ],
    text,
    blocks,
  };
}
