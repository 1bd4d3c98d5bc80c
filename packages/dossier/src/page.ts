import type { Purchase } from '@proviso/procurement';
import type { Dossier } from './dossier.ts';
import type { LiveChecks } from './live-checks.ts';
import { markup } from './markup.ts';
import { WORDS } from './words.ts';

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%;margin:1rem 0}th,td{border:1px solid #999;padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}th{background:#eee}';

/** One page that tells a purchase's life in its language, for whoever opens the dossier; no script, nothing from elsewhere, every text of others escaped. */
export function dossierPage(
  { buyer, purchase, people, suppliers, made }: Dossier,
  { consents, runs }: LiveChecks,
): string {
  const { description, notice, state } = purchase;
  const words = WORDS[description.language];
  const who = (id: string): string => people[id] ?? suppliers[id] ?? id;
  const facts: [string, string][] = [
    [words.reference, description.reference ?? '–'],
    [words.buyer, buyer],
    [words.state, state],
    [words.procedure, description.procedure],
    [words.country, description.country],
    [words.closing, notice ? `${notice.closing.local} ${notice.closing.zone}` : '–'],
    [words.demand, purchase.demand?.hash ?? '–'],
    [words.made, made],
  ];
  return `<!doctype html>
<html lang="${description.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${markup(description.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${markup(description.title)}</h1>
${table(['', ''], facts)}
<p>${markup(words.left)}</p>
${section(
  words.questions,
  [words.asked, words.question, words.answer],
  purchase.questions.map(({ at, text, answer }) => [at, answer?.wording ?? text, answer?.text ?? '–']),
)}
${section(
  words.corrections,
  [words.published, words.reason, words.what],
  purchase.corrigenda.map(({ at, reason, changed }) => [at, reason, changed.map(({ what }) => what).join(', ')]),
)}
${section(
  words.requests,
  [words.supplier, words.received, '', words.verdict, words.reason, words.hashes],
  purchase.requests.map(({ supplier, at, late, decision, hashes }) => [
    who(supplier),
    at,
    late ? words.late : '',
    decision ? words[decision.verdict] : '–',
    decision?.reason ?? '',
    hashes.join(' '),
  ]),
)}
${section(
  words.offers,
  [words.offer, words.supplier, words.lot, words.round, words.received, '', words.hashes, words.price],
  purchase.offers.map((one) => [
    one.id,
    who(one.supplier),
    one.lot,
    String(one.round),
    one.at,
    one.late ? words.late : '',
    one.hashes.join(' '),
    one.price === null ? '–' : (one.price / 100).toFixed(2),
  ]),
)}
${section(
  words.openings,
  [words.part, words.round, words.present, words.done],
  purchase.openings.map(({ part, round, present, done }) => [
    part,
    String(round),
    present.map(({ person }) => who(person)).join(', '),
    done?.at ?? '–',
  ]),
)}
${section(
  words.exclusions,
  [words.offer, words.ground, words.reason],
  purchase.evaluation.exclusions.map(({ offer, ground, reason }) => [offer, ground, reason]),
)}
${purchase.awards.map((award) => awardSection(award, purchase, who)).join('\n')}
${section(
  words.consents,
  [words.supplier, words.given, words.ended, words.names, words.signed, words.hashes],
  consents.map(({ supplier, given, ended, withdrawn, targets, signer, role, sha256 }) => [
    who(supplier),
    given,
    ended === null ? '–' : `${ended}${withdrawn ? ` (${words.withdrawn})` : ''}`,
    namesIn(targets),
    signer === null ? '–' : `${signer}, ${role ?? ''}`,
    sha256,
  ]),
)}
${section(
  words['live-checks'],
  [words.supplier, words.names, words.seen, words.profile, words.results, words.hashes],
  runs.map(({ supplier, name, at, profile, counts, bundle }) => [
    who(supplier),
    name,
    at,
    profile,
    Object.entries(counts)
      .flatMap(([verdict, n]) =>
        n > 0 ? [`${words[`verdict-${verdict}` as keyof typeof words] ?? verdict}: ${n}`] : [],
      )
      .join(', '),
    bundle,
  ]),
)}
${section(
  words.obligations,
  [words.requirement, words.owner, words.due, words.state],
  purchase.obligations.map(({ requirement, owner, due, state: now }) => [requirement, who(owner), due, now]),
)}
</main>
</body>
</html>
`;
}

/** Names of hosts, mail domains and services, however they are listed. */
function namesIn(targets: object): string {
  const {
    hosts = [],
    mail = [],
    services = [],
  } = targets as {
    hosts?: string[];
    mail?: string[];
    services?: { host: string; port: number }[];
  };
  return [...new Set([...hosts, ...mail, ...services.map(({ host, port }) => `${host}:${port}`)])].join(', ');
}

function awardSection(
  award: Purchase['awards'][number],
  { offers, description }: Purchase,
  who: (id: string) => string,
): string {
  const words = WORDS[description.language];
  const supplier = (id: string): string => who(offers.find((one) => one.id === id)?.supplier ?? id);
  const head = `${words.award.replace('{lot}', () => award.lot)}${award.withdrawn ? ` (${words.withdrawn})` : ''}`;
  const rows = award.result.offers.map(({ id, standing, rank, total }) => [
    rank === null ? '–' : String(rank),
    supplier(id),
    total ?? standing,
    award.offers.includes(id) ? words.chosen : '',
  ]);
  return `${section(head, [words.rank, words.supplier, words.points, ''], rows)}<p>${markup(award.reason)}</p>`;
}

function section(head: string, columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return rows.length === 0 ? '' : `<h2>${markup(head)}</h2>\n${table(columns, rows)}`;
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = columns.some((one) => one !== '')
    ? `<thead><tr>${columns.map((one) => `<th scope="col">${markup(one)}</th>`).join('')}</tr></thead>`
    : '';
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${markup(cell)}</td>`).join('')}</tr>`).join('\n');
  return `<table>${head}<tbody>${body}</tbody></table>`;
}
