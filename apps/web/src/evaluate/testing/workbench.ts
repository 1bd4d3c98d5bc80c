import type { Purchase, ScoreRow } from '@proviso/procurement';
import type {
  DocumentView,
  EvaluationView,
  JudgedAgain,
  OpenerKey,
  OpeningView,
  Paper,
  ProofView,
  PurchaseView,
  RankingView,
} from 'proviso-server/contract';
import type { Answers } from '../../offer/testing/built-pages.ts';
import { type FakeOffers, fakeOffers } from '../../offer/testing/fake-offers.ts';
import { smallForm } from '../../offer/testing/small-form.ts';
import { proofView } from '../../proof/testing/proof-view.ts';

export const TENANT = '11111111-1111-4111-8111-111111111111';
export const ME = 'anna';
const AT = '2026-11-26T10:00:00.000Z';

/** A purchase after its closing, as Anna sees it; what tests need and no more. */
export interface Workbench {
  offers: FakeOffers;
  purchase: Purchase;
  commands: string[];
  actions: string[];
  opening: OpeningView;
  evaluation: EvaluationView;
  ranking: RankingView;
  document: DocumentView;
  proof: ProofView;
  /** The last look, judged again. */
  again: JudgedAgain;
  /** Anna's key under her passphrase; only where a test unlocks it. */
  openerKey: OpenerKey | null;
  papers: Paper[];
  /** Commands given and other changes, in order. */
  given: { path: string; body: Record<string, unknown> }[];
  /** Answers that come once instead of the usual, by the end of the address. */
  once: Map<string, { status: number; body: unknown }>;
  answers: Answers;
}

const HOSTILE = '<img src=x onerror=alert(1)>';

/** `rows` offers and `lines` requirements, all answered. */
export async function workbench(state: Purchase['state'], rows = 2, lines = 3): Promise<Workbench> {
  const offers = await fakeOffers();
  const { keys } = offers;
  const ids = Array.from({ length: rows }, (_, i) => `offer-${i + 1}`);
  const requirements = Array.from({ length: lines }, (_, i) => `AA-${String(i + 1).padStart(2, '0')}`);
  const names = Object.fromEntries(ids.map((id, i) => [`s-${id}`, i === 0 ? `Acme ${HOSTILE}` : `Supplier ${i + 1}`]));
  const moment = { instant: AT, zone: 'Europe/Brussels', local: '2026-11-26T11:00', clock: 'plain' };
  const purchase = {
    id: keys.purchase,
    state,
    round: 1,
    description: {
      title: 'Citizens’ portal',
      procedure: 'open',
      reference: 'T-1',
      language: 'en',
      zone: 'Europe/Brussels',
    },
    lots: [{ id: 'all', title: 'Everything', requirements: null, winners: 1 }],
    cancelled: [],
    plan: {
      criteria: [
        { id: 'quality', kind: 'requirements', weight: 700 },
        { id: 'price', kind: 'price', weight: 300 },
      ],
      tieBreak: [],
      notApplicable: ['AA-01'],
      priceApart: false,
    },
    openers: ['anna', 'bert'],
    recovery: null,
    evaluators: [
      { person: 'anna', lots: null },
      { person: 'bert', lots: null },
    ],
    notice: { opening: moment, closing: moment, validityDays: 90 },
    declarations: [{ person: ME, lots: null, conflict: false, note: '', at: AT }],
    demand: { lines: requirements.map((id) => ({ id })) },
    openings: [],
    deviations: [],
    offers: ids.map((id) => ({
      id,
      lot: 'all',
      supplier: `s-${id}`,
      price: 1_000_000,
      round: 1,
      late: false,
      replacedBy: null,
      withdrawn: null,
      opened: { contents: { notApplicable: [] } },
      extended: [],
    })),
    evaluation: {
      finished: [],
      notApplicable: [],
      amounts: [],
      explanations: [],
      exclusions: [],
      frozen: [{ lot: 'all' }],
    },
    awards: [],
    contracts: [],
    obligations: [],
    dropped: [],
  } as unknown as Purchase;
  const form = smallForm();
  const made: Workbench = {
    offers,
    purchase,
    commands: [
      'opening.attend',
      'conflict.declare',
      'score.write',
      'evaluation.finish',
      'quality.freeze',
      'award.decide',
      'explanation.ask',
      'offer.exclude',
      'validity.extend',
    ],
    actions: ['purchase.read', 'offer.list', 'offer.open', 'score.read', 'award.read', 'contract.read', 'probe.read'],
    opening: {
      state,
      may: { quality: true, price: false },
      present: [],
      keys,
      shares: keys.parts.map(({ part }) => ({
        part,
        encrypted: offers.shares.find((one) => one.part === part && one.holder === ME)?.encrypted ?? '',
      })),
      passed: [],
      given: [],
      openers: offers.openers.map(({ id, recipient }) => ({
        id,
        name: id === ME ? 'Anna' : 'Bert',
        recipient,
        able: 'able',
      })),
      offers: ids.map((id) => ({
        id,
        supplier: `s-${id}`,
        name: names[`s-${id}`] ?? '',
        lot: 'all',
        at: AT,
        late: false,
        hashes: ['a'.repeat(64)],
        opened: false,
        problem: null,
      })),
      record: null,
      records: [],
    },
    evaluation: {
      lots: [{ id: 'all', title: 'Everything', revealed: false, frozen: false, finished: [] }],
      form: {
        ...form,
        questions: requirements.map((id) => ({ ...form.questions.at(-1), id, requirement: id }) as never),
      },
      lines: requirements.map((id, i) => ({
        id,
        title: `Title of ${id}`,
        sentence: `The supplier shall do ${id}.`,
        level: 'standard',
        weight: 100,
        knockout: i === 0,
        scale: [0, 1, 2, 3].map((score) => ({ score, text: `Meets step ${score}` })),
      })),
      offers: ids.map((id) => ({
        id,
        supplier: `s-${id}`,
        name: names[`s-${id}`] ?? '',
        lot: 'all',
        answers: Object.fromEntries(requirements.map((one) => [one, `Answer of ${id} to ${one} ${HOSTILE}`])),
        claimed: Object.fromEntries(requirements.map((one) => [one, 2])),
        files: [
          {
            name: `proof ${HOSTILE}.pdf`,
            sha256: 'b'.repeat(64),
            bytes: 1200,
            media: 'application/pdf',
            problem: null,
          },
        ],
        price: null,
        problem: null,
      })),
      mine: [],
      others: [],
      consensus: [],
      spreads: [],
      evaluators: ['anna', 'bert'].map((id) => ({ id, name: id, declared: true, conflict: false, done: [] })),
    },
    ranking: {
      result: {
        version: 'scoring/1',
        digits: 2,
        offers: ids.map((id, i) => ({
          id,
          standing: 'ranked',
          missed: [],
          rank: i + 1,
          total: (90 - i * 10).toFixed(2),
          exact: `${90 - i * 10}/1`,
          parts: [
            {
              id: 'quality',
              points: (63 - i * 7).toFixed(2),
              of: '70.00',
              lines: [{ id: 'AA-01', points: '20.00', of: '23.33' }],
            },
            { id: 'price', points: (27 - i * 3).toFixed(2), of: '30.00', lines: [] },
          ],
        })),
      },
      sensitivity: [
        {
          kind: 'requirement',
          id: 'AA-02',
          weight: 100,
          up: { at: '150.00', exact: '150/1', offers: [ids[1] ?? ''] },
          down: null,
        },
      ],
      lowPrices: [{ offer: ids[0] ?? '', rule: 'below-mean', percent: 34 }],
      names: Object.fromEntries(ids.map((id) => [id, names[`s-${id}`] ?? ''])),
    },
    document: documentView(),
    proof: proofView('AA-01', ids, HOSTILE),
    again: {
      profile: 'internet-nl',
      at: AT,
      differences: [{ check: 'web.csp', title: 'CSP', subject: 'www.acme.test', before: 'warn', after: 'fail' }],
    },
    openerKey: null,
    papers: [],
    given: [],
    once: new Map(),
    answers: () => null,
  };
  made.answers = answersOf(made, names);
  return made;
}

function answersOf(made: Workbench, names: Record<string, string>): Answers {
  let version = 1;
  const view = (): PurchaseView => ({
    purchase: made.purchase,
    version,
    commands: made.commands,
    actions: made.actions,
    upcoming: [],
    names: { ...names, anna: 'Anna', bert: 'Bert' },
  });
  const base = `/api/t/${TENANT}`;
  const at = `${base}/purchases/${made.purchase.id}`;
  const supplier = { id: 's-1', name: `Acme ${HOSTILE}`, email: 'bids@acme.example', country: 'NL' };
  const gets: Record<string, () => unknown> = {
    '/api/me': () => ({
      account: { id: 'a', email: 'anna@ede.example', name: 'Anna', twoFactor: false },
      memberships: [{ tenant: TENANT, name: 'Ede', person: ME, roles: ['owner', 'buyer', 'evaluator', 'opener'] }],
      language: null,
    }),
    [at]: view,
    [`${at}/opening`]: () => made.opening,
    [`${at}/evaluation`]: () => made.evaluation,
    [`${at}/ranking`]: () => made.ranking,
    [`${at}/proof`]: () => made.proof,
    [`${at}/proof/runs/r-3/again`]: () => made.again,
    [`${at}/letters`]: () => [
      { offer: 'offer-1', supplier: 's-offer-1', subject: 'Award', text: `Dear Acme ${HOSTILE}` },
    ],
    [`${at}/papers`]: () => made.papers,
    [`${at}/explanations`]: () => [{ offer: 'offer-1', at: AT, text: `We own the machines ${HOSTILE}` }],
    [`${base}/opener-key`]: () => made.openerKey,
    [`${base}/people`]: () => [{ id: ME, name: 'Anna', email: null, roles: ['owner'], opener: true, erased: false }],
    [`${base}/suppliers`]: () => [supplier],
    [`${base}/suppliers/s-1`]: () => ({
      supplier,
      history: [
        { purchase: made.purchase.id, title: 'Portal', reference: 'T-1', state: 'closed', invited: AT, offers: 1 },
      ],
    }),
    [`${base}/documents`]: () => ({ rows: [made.document.document], next: null }),
    [`${base}/documents/d-1`]: () => made.document,
    [`${base}/search`]: () => ({
      rows: [
        {
          document: 'd-1',
          name: 'Tender.docx',
          page: 3,
          heading: 'Mail',
          excerpt: `Use ⟦DNSSEC⟧ ${HOSTILE}`,
          language: 'en',
        },
      ],
      next: null,
    }),
  };
  return ({ method, path, body }) => {
    const [address = ''] = path.split('?');
    const end = address.split('/').at(-1) ?? '';
    if (end === 'events') return { status: 204 };
    const once = made.once.get(end);
    if (once) {
      made.once.delete(end);
      return once;
    }
    if (method === 'GET') {
      const found = gets[address];
      return found
        ? { status: 200, body: found() }
        : { status: 404, body: { code: 'not-found', message: 'Not found.' } };
    }
    if (end === 'papers') {
      const paper = {
        sha256: 'e'.repeat(64),
        name: new URLSearchParams(path.split('?')[1]).get('name') ?? '',
        bytes: 9,
      };
      made.papers = [...made.papers, paper];
      return { status: 201, body: paper };
    }
    const sent = body ? (JSON.parse(new TextDecoder().decode(body)) as Record<string, unknown>) : {};
    made.given.push({ path: address.slice(at.length), body: sent });
    if (end === 'score.write') {
      const row = sent.input as ScoreRow;
      const { mine } = made.evaluation;
      made.evaluation.mine = [
        ...mine.filter((one) => one.offer !== row.offer || one.requirement !== row.requirement),
        { ...row, evaluator: ME, at: AT },
      ];
    } else version += 1;
    return { status: 200, body: view() };
  };
}

function documentView(): DocumentView {
  const text = 'Mail\nThe supplier should use modern encryption.';
  return {
    document: {
      id: 'd-1',
      purchase: null,
      name: 'Tender.docx',
      sha256: 'c'.repeat(64),
      bytes: 12_000,
      format: 'docx',
      language: 'en',
      pages: 3,
      read: true,
      at: AT,
    },
    reading: {
      scope: { value: 'chapter' },
      security: { value: 'requirement' },
      standards: { value: null },
      problems: [],
    } as unknown as DocumentView['reading'],
    findings: [
      {
        rule: 'vague-word',
        level: 'warning',
        message: `“modern” can be read in many ways ${HOSTILE}`,
        fix: 'Name the standard.',
        text: 'modern encryption',
        start: text.indexOf('modern'),
        end: text.indexOf('modern') + 17,
        page: null,
        section: null,
        path: 'Tender.docx',
      } as unknown as DocumentView['findings'][number],
    ],
    text,
    blocks: [
      { kind: 'heading', start: 0, end: 4, level: 1, page: 1 },
      { kind: 'paragraph', start: 5, end: text.length, level: null, page: 1 },
    ],
  };
}
